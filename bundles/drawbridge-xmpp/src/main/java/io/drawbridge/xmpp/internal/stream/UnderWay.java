// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How much was begun and has not ended yet, so that an orderly end can wait for it. Thread-safe. */
public final class UnderWay {
    private int begun;

    /** One more has begun. */
    public synchronized void begin() {
        begun++;
    }

    /** One that had begun has ended. */
    public synchronized void end() {
        begun--;
        if (begun == 0) {
            notifyAll();
        }
    }

    /**
     * Waits until everything that had begun has ended. Blocks; not for event loops.
     *
     * @return how much is left when the time is up, or when the thread is interrupted
     */
    public synchronized int await(Duration longest) {
        long deadline = System.nanoTime() + longest.toNanos();
        try {
            for (long left = longest.toNanos(); begun > 0 && left > 0; left = deadline - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        return begun;
    }
}
