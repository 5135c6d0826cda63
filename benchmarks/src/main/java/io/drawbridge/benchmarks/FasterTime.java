// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.benchmarks;

import io.drawbridge.providers.internal.HostTime;
import io.drawbridge.providers.internal.plugin.Time;
import java.time.Duration;
import java.time.Instant;

/** The real time of the host of providers, some times as fast, so that minutes of waiting take seconds. */
final class FasterTime implements Time, AutoCloseable {
    private final HostTime real = new HostTime();
    private final Instant start = real.instant();
    private final int times;

    FasterTime(int times) {
        this.times = times;
    }

    @Override
    public Runnable after(Duration delay, Runnable task) {
        return real.after(delay.dividedBy(times), task);
    }

    @Override
    public Instant instant() {
        return start.plus(Duration.between(start, real.instant()).multipliedBy(times));
    }

    @Override
    public void close() {
        real.close();
    }
}
