// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * Stanzas that wait for a stream, in their order. What bounds them is the memory they take and not their number, so that
 * thousands of short ones may come while nothing can be written for a moment. Not thread-safe.
 */
final class Backlog {
    /** The most characters that wait. */
    static final int MOST_CHARACTERS = 4 << 20;

    private final Queue<Sending> waiting = new PriorityQueue<>(Comparator.comparingLong(Sending::number));
    private int characters;

    /** Adds a new stanza; returns false if too much waits. */
    boolean add(Sending sending) {
        if (!waiting.isEmpty() && characters + size(sending) > MOST_CHARACTERS) {
            return false;
        }
        characters += size(sending);
        return waiting.add(sending);
    }

    /** Puts back a stanza that was here before, however much waits. */
    void restore(Sending sending) {
        characters += size(sending);
        waiting.add(sending);
    }

    /** Takes the first stanza; null if there is none. */
    Sending poll() {
        Sending first = waiting.poll();
        characters -= first == null ? 0 : size(first);
        return first;
    }

    /** Takes all that waited too long. */
    List<Sending> pollLate(Instant now) {
        List<Sending> late = new ArrayList<>();
        while (!waiting.isEmpty() && waiting.element().isLate(now)) {
            late.add(poll());
        }
        return late;
    }

    /** Takes everything. */
    List<Sending> pollAll() {
        List<Sending> all = new ArrayList<>(waiting.size());
        while (!waiting.isEmpty()) {
            all.add(poll());
        }
        return all;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    int size() {
        return waiting.size();
    }

    private static int size(Sending sending) {
        return sending.stanza().xml().length();
    }
}
