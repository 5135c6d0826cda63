// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.drawbridge.api.model.Address;
import io.drawbridge.api.policy.Envelope;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Keeps the requests of one to another in their order while names are searched, however the searches end. On one event
 * loop only; holds as many as there are transactions at most.
 */
final class SearchOrder {
    private final Map<Pair, Queue<Entry>> waiting = new HashMap<>();

    /** Whose requests keep their order. */
    private record Pair(Address sender, Address recipient) {}

    /** A request whose turn it is when those before it had theirs. */
    private static final class Entry {
        private final Consumer<NameSearch.Found> next;
        private NameSearch.Found found;

        Entry(Consumer<NameSearch.Found> next) {
            this.next = next;
        }
    }

    /**
     * Goes on with a request when its search has ended, and when all before it have gone on.
     *
     * @param loop runs what it is given on the loop of this object, on which this is called too
     */
    void await(
            Consumer<Runnable> loop,
            Envelope envelope,
            CompletionStage<NameSearch.Found> search,
            Consumer<NameSearch.Found> next) {
        Pair pair = new Pair(envelope.sender(), envelope.recipient());
        Entry entry = new Entry(next);
        waiting.computeIfAbsent(pair, none -> new ArrayDeque<>()).add(entry);
        search.thenAccept(found -> loop.accept(() -> {
            entry.found = found;
            goOn(pair);
        }));
    }

    private void goOn(Pair pair) {
        Queue<Entry> entries = waiting.get(pair);
        while (entries != null && !entries.isEmpty() && entries.peek().found != null) {
            Entry first = entries.remove();
            if (entries.isEmpty()) {
                waiting.remove(pair);
            }
            first.next.accept(first.found);
        }
    }
}
