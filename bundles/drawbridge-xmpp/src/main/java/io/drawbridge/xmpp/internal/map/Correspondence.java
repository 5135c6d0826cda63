// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.map;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.Principal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** The messages of the last day in one direction, for the receipts and errors that speak of them later. Thread-safe. */
final class Correspondence {
    private static final int MOST = 100_000;
    private static final Duration REMEMBERED = Duration.ofHours(24);

    private final RecentTable<Key, Letter> letters;

    Correspondence(InstantSource clock) {
        letters = new RecentTable<>(MOST, REMEMBERED, clock);
    }

    /** Remembers a message. */
    Letter sent(Instance writer, Instance reader, Message message) {
        Letter letter = new Letter(
                writer, message.conversation(), new CompletableFuture<>(), new AtomicBoolean(), new AtomicBoolean());
        letters.put(new Key(writer.principal(), reader.principal(), message.id()), letter);
        return letter;
    }

    /** Returns the message of a writer to a reader by the writer's identifier. */
    Optional<Letter> find(Principal writer, Principal reader, String id) {
        return letters.find(new Key(writer, reader, id));
    }

    /**
     * A message under way or delivered.
     *
     * @param writer who wrote it, on which device
     * @param conversation the conversation it belongs to
     * @param outcome what became of it, once that is known
     * @param received whether its writer was told that it was delivered
     * @param failed whether its writer was told that it was not
     */
    record Letter(
            Instance writer,
            String conversation,
            CompletableFuture<DeliveryOutcome> outcome,
            AtomicBoolean received,
            AtomicBoolean failed) {}

    /** By what a message is found: identifiers are unique for a writer and a reader only. */
    private record Key(Principal writer, Principal reader, String id) {}
}
