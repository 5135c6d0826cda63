// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.command;

import io.drawbridge.api.crossing.Crossing;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Hands crossings from the event loops to a terminal, which may be slower: then some are left out, and counted. */
final class CrossingFeed {
    private static final int WAITING = 1_000;

    private final BlockingQueue<Crossing> waiting = new ArrayBlockingQueue<>(WAITING);
    private final LongAdder leftOut = new LongAdder();

    /** Takes a crossing; never waits. */
    void offer(Crossing crossing) {
        if (!waiting.offer(crossing)) {
            leftOut.increment();
        }
    }

    /** Returns the next crossing, or empty if none comes for so long. */
    Optional<Crossing> next(Duration patience) throws InterruptedException {
        return Optional.ofNullable(waiting.poll(patience.toNanos(), TimeUnit.NANOSECONDS));
    }

    long leftOut() {
        return leftOut.sum();
    }
}
