// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.netty.util.concurrent.EventExecutor;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The timers of the transactions of one event loop. Timers of one kind run equally long, so each kind is a queue in the
 * order of setting: setting and clearing cost the same however many run, nothing is allocated, and one coarse tick
 * serves all. A timer is late by at most one {@link #TICK_MILLIS tick}.
 */
final class Deadlines {
    static final long TICK_MILLIS = 100;

    /** How long transactions may stay in the states that share a timer (RFC 3261 table 4). */
    enum Timer {
        /** Without a final answer to a request other than INVITE: shorter than 64·T1, see {@link Exchange}. */
        F,
        /** Without any answer to an INVITE. */
        B,
        /** Without a final answer to an INVITE that rings. */
        C,
        /** 64·T1: for the ACK (H), for repeated 2xx (L, M of RFC 6026), for the answer to a CANCEL. */
        H
    }

    private final EventExecutor loop;
    private final Map<Timer, Queue> queues = new EnumMap<>(Timer.class);
    private boolean ticking;

    Deadlines(EventExecutor loop) {
        this.loop = loop;
        for (Timer timer : Timer.values()) {
            queues.put(timer, new Queue());
        }
    }

    /** Starts or restarts the timer of {@code entry}, which has one at a time. */
    void set(Entry entry, Timer timer, long durationNanos) {
        clear(entry);
        entry.expires = loop.ticker().nanoTime() + durationNanos;
        queues.get(timer).append(entry);
        if (!ticking) {
            ticking = true;
            scheduleTick();
        }
    }

    void clear(Entry entry) {
        if (entry.queue != null) {
            entry.queue.remove(entry);
        }
    }

    private void scheduleTick() {
        loop.schedule(this::tick, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        long now = loop.ticker().nanoTime();
        boolean waiting = false;
        for (Queue queue : queues.values()) {
            queue.expire(now);
            waiting |= queue.first != null;
        }
        ticking = waiting;
        if (waiting) {
            scheduleTick();
        }
    }

    /** What can have a deadline; a link of the queue it waits in. */
    abstract static class Entry {
        private Queue queue;
        private Entry previous;
        private Entry next;
        private long expires;

        /** The time is over. Called on the loop. */
        abstract void expired();
    }

    /** Entries in the order in which they expire. */
    private static final class Queue {
        private Entry first;
        private Entry last;

        private void append(Entry entry) {
            entry.queue = this;
            entry.previous = last;
            // A changed configuration may shorten the timer: the later entry then waits for the earlier one.
            if (last == null) {
                first = entry;
            } else {
                last.next = entry;
            }
            last = entry;
        }

        private void remove(Entry entry) {
            if (entry.previous == null) {
                first = entry.next;
            } else {
                entry.previous.next = entry.next;
            }
            if (entry.next == null) {
                last = entry.previous;
            } else {
                entry.next.previous = entry.previous;
            }
            entry.previous = null;
            entry.next = null;
            entry.queue = null;
        }

        private void expire(long now) {
            while (first != null && first.expires - now <= 0) {
                Entry entry = first;
                remove(entry);
                entry.expired();
            }
        }
    }
}
