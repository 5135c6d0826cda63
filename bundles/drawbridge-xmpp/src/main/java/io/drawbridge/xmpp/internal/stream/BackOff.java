// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/** When a partner that could not be reached is tried again: a random part of a growing time (RFC 6120 section 3.3). */
final class BackOff {
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final RandomGenerator random;
    private int failures;
    private Instant until = Instant.MIN;

    BackOff(RandomGenerator random) {
        this.random = random;
    }

    /** Counts a failure; the next attempt waits at least so long. */
    void failed(Instant now, Duration atLeast) {
        long longest = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(failures, 20));
        failures++;
        until = now.plus(atLeast).plus(LEAST).plusMillis(random.nextLong(longest + 1));
    }

    /** Another attempt may be made at once; if it fails too, the next wait is a longer one all the same. */
    void interrupt() {
        until = Instant.MIN;
    }

    void succeeded() {
        failures = 0;
        interrupt();
    }

    /** Returns how long to wait still; zero if an attempt may be made. */
    Duration rest(Instant now) {
        return now.isBefore(until) ? Duration.between(now, until) : Duration.ZERO;
    }
}
