// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.exchange;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Keeps what is between two principals in order: one thing at a time, in the order it came. A lane that nobody uses does
 * not exist. Work runs on the thread that brings it unless other work is before it; a lane takes a bounded number.
 */
final class Lanes {
    private static final int MOST_WAITING = 256;

    private final ConcurrentMap<Pair, Lane> lanes = new ConcurrentHashMap<>();

    /** One thing to do. It throws nothing. */
    interface Work {
        /** Starts; the next in the lane starts when the stage completes, however it does. */
        CompletionStage<?> start();
    }

    /** Starts work in its turn; returns false, and forgets it, if too much waits already. */
    boolean enter(Pair pair, Work work) {
        while (true) {
            Lane lane = lanes.computeIfAbsent(pair, Lane::new);
            switch (lane.offer(work)) {
                case START -> {
                    lane.run();
                    return true;
                }
                case WAITING -> {
                    return true;
                }
                case FULL -> {
                    return false;
                }
                case GONE -> lanes.remove(pair, lane);
            }
        }
    }

    /** Returns how many lanes are in use. */
    int used() {
        return lanes.size();
    }

    private enum Place {
        START,
        WAITING,
        FULL,
        GONE
    }

    /** The work between one pair. */
    private final class Lane {
        private final Pair pair;
        private final Queue<Work> waiting = new ArrayDeque<>(2);
        private boolean busy;
        private boolean gone;

        Lane(Pair pair) {
            this.pair = pair;
        }

        synchronized Place offer(Work work) {
            if (gone) {
                return Place.GONE;
            }
            if (waiting.size() >= MOST_WAITING) {
                return Place.FULL;
            }
            waiting.add(work);
            if (busy) {
                return Place.WAITING;
            }
            busy = true;
            return Place.START;
        }

        private void run() {
            for (Work work = next(); work != null; work = next()) {
                CompletableFuture<?> done = work.start().toCompletableFuture();
                if (!done.isDone()) {
                    done.whenComplete((result, failure) -> run());
                    return;
                }
            }
        }

        private synchronized Work next() {
            Work work = waiting.poll();
            if (work == null) {
                busy = false;
                gone = true;
                lanes.remove(pair, this);
            }
            return work;
        }
    }
}
