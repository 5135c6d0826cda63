// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.listener;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Lets through so many a second on average, and as many at once as gathered in a quiet second. Thread-safe. */
final class TokenBucket {
    private static final double NANOS_A_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final double perSecond;
    private final LongSupplier nanoTime;
    private double tokens;
    private long filled;

    TokenBucket(double perSecond, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
        tokens = Math.max(1, perSecond);
        filled = nanoTime.getAsLong();
    }

    synchronized boolean take() {
        long now = nanoTime.getAsLong();
        tokens = Math.min(Math.max(1, perSecond), tokens + (now - filled) / NANOS_A_SECOND * perSecond);
        filled = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
