// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.change;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what can only be looked at again and again. */
@FunctionalInterface
interface Waiting {
    /** By the clock of the machine, twenty looks a second; an interrupt ends it. */
    Waiting REAL = (condition, patience) -> {
        long step = Duration.ofMillis(50).toNanos();
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(step);
        }
        return true;
    };

    /** Returns as soon as the condition holds, or false when patience ends. */
    boolean until(BooleanSupplier condition, Duration patience);
}
