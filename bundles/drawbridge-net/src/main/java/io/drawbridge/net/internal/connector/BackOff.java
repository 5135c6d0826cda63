// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.connector;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * A wait that doubles with each failure in a row. Up to a quarter is taken off by chance, so that many who failed
 * together do not come back together (RFC 5626 section 4.5).
 *
 * @param first after one failure
 * @param longest however many there were
 */
record BackOff(Duration first, Duration longest) {
    private static final int MOST_DOUBLINGS = 20;
    private static final double JITTER = 0.25;

    Duration after(int failures, RandomGenerator random) {
        Duration doubled = first.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        Duration base = doubled.compareTo(longest) > 0 ? longest : doubled;
        return Duration.ofMillis(Math.round(base.toMillis() * (1 - JITTER * random.nextDouble())));
    }
}
