// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.plugin;

import java.util.concurrent.CountDownLatch;

/** Code that does not mind being interrupted, as a vendor's may. */
public final class Uninterrupted {
    private Uninterrupted() {}

    /** Waits, whoever interrupts. */
    public static void await(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException none) {
                // It goes on.
            }
        }
    }
}
