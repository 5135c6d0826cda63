// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.tls;

import java.time.Duration;

/** A moment by which several waits must be over together. Follows the time that passes, not the clock on the wall. */
final class Deadline {
    private final long end;

    private Deadline(long end) {
        this.end = end;
    }

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** Returns what is left, zero if it has passed. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }
}
