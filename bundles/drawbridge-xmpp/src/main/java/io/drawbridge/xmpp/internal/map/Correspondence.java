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

/** The messages of the last day in one direction, for the receipts and errors that speak of them later. Thread-safe. */
final class Correspondence {
    private static final int MOST_CHARACTERS = 8 << 20;
    private static final Duration REMEMBERED = Duration.ofHours(24);

    /** By writer, reader and identifier, which is unique for the two only, as one text: there are many. */
    private final RecentTable<String, Letter> letters;

    Correspondence(InstantSource clock) {
        letters = new RecentTable<>(
                MOST_CHARACTERS,
                REMEMBERED,
                clock,
                (key, letter) -> key.length() + letter.device.length() + letter.conversation.length());
    }

    /** Remembers a message that somebody brought. */
    Letter sent(Instance writer, Instance reader, Message message) {
        return sent(writer, reader, message, null);
    }

    /**
     * Remembers a message that is delivered.
     *
     * @param outcome completes with what becomes of it
     */
    Letter sent(Instance writer, Instance reader, Message message, CompletableFuture<DeliveryOutcome> outcome) {
        Letter letter = new Letter(writer.id(), message.conversation(), outcome);
        letters.put(key(writer.principal(), reader.principal(), message.id()), letter);
        return letter;
    }

    /** Returns the message of a writer to a reader by the writer's identifier. */
    Optional<Letter> find(Principal writer, Principal reader, String id) {
        return letters.find(key(writer, reader, id));
    }

    private static String key(Principal writer, Principal reader, String id) {
        return writer + "\n" + reader + "\n" + id;
    }

    /** A message under way or delivered, and what its writer was told. */
    static final class Letter {
        private final String device;
        private final String conversation;
        private CompletableFuture<DeliveryOutcome> outcome;
        private boolean received;
        private boolean failed;

        private Letter(String device, String conversation, CompletableFuture<DeliveryOutcome> outcome) {
            this.device = device;
            this.conversation = conversation;
            this.outcome = outcome;
        }

        /** Returns on which device its writer wrote it. */
        Instance writer(Principal principal) {
            return new Instance(principal, device);
        }

        /** Returns the conversation it belongs to. */
        String conversation() {
            return conversation;
        }

        /** Says what became of it; returns whether that was not known. */
        boolean settle(DeliveryOutcome result) {
            CompletableFuture<DeliveryOutcome> open;
            synchronized (this) {
                open = outcome;
                outcome = null;
            }
            return open != null && open.complete(result);
        }

        /** Its writer is told that it was delivered; returns whether for the first time. */
        synchronized boolean noteReceipt() {
            boolean first = !received;
            received = true;
            return first;
        }

        /** Its writer is told that it was not delivered; returns whether for the first time. */
        synchronized boolean noteFailure() {
            boolean first = !failed;
            failed = true;
            return first;
        }
    }
}
