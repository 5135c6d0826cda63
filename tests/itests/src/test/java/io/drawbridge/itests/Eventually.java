// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.itests;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waiting for what the appliance does in its own time, and tells nobody. */
final class Eventually {
    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private Eventually() {}

    /**
     * Returns as soon as the condition holds.
     *
     * @param what the condition, as the end of the sentence "waited in vain for ..."
     * @throws AssertionError if it does not hold within seconds
     */
    static void await(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("waited in vain for " + what);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
