// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.lib.jainsip;

import java.time.Duration;

/** Runs work later, on the one thread that owns the element. */
public interface Timers {
    /** Runs {@code work} once after {@code delay} unless it is cancelled before. */
    Timer after(Duration delay, Runnable work);

    /** Work that waits. */
    interface Timer {
        /** A timer that never fires. */
        Timer NONE = () -> {};

        /** Forgets the work; without effect once it ran. */
        void cancel();
    }
}
