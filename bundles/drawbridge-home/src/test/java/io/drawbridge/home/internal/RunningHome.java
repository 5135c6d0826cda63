// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.metrics.MetricSink;
import io.drawbridge.api.sip.SipElement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** A home on its own thread and the real clock, with the users of the scene. */
public final class RunningHome implements AutoCloseable {
    private final HomeLoop loop = new HomeLoop();
    private final Home home;

    public RunningHome() {
        home = new Scene().home(loop, loop, InstantSource.system());
    }

    public SipElement element() {
        return home;
    }

    /** Waits until one of the home's numbers is at least so high. */
    public void awaits(String metric, int least) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (value(metric) < least) {
            assertThat(System.nanoTime()).as("time left for " + metric).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private double value(String metric) {
        Map<String, Double> values = new HashMap<>();
        home.collect(new MetricSink() {
            @Override
            public void counter(String name, String help, double value, String... labels) {
                values.put(name, value);
            }

            @Override
            public void gauge(String name, String help, double value, String... labels) {
                values.put(name, value);
            }
        });
        return values.get(metric);
    }

    @Override
    public void close() {
        home.close();
        loop.close();
    }
}
