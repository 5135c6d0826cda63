// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a person wrote to another.
 *
 * @param id the sender's identifier of it, by which receipts speak of it; unique within the conversation
 * @param conversation the identifier of the conversation it belongs to; empty if it stands alone
 * @param style whether it belongs to a talk or stands alone
 * @param subject the subject, empty if there is none
 * @param bodies the same content in several forms or languages, the simplest first; at least one
 * @param wanted the receipts its sender asked for
 * @param replaces the identifier of the message it corrects
 * @param sent when it was written, if that was not just now
 */
public record Message(
        String id,
        String conversation,
        Style style,
        String subject,
        List<Body> bodies,
        Set<Receipt.Kind> wanted,
        Optional<String> replaces,
        Optional<Instant> sent) {
    /**
     * Copies the collections.
     *
     * @throws IllegalArgumentException without a body
     */
    public Message {
        bodies = List.copyOf(bodies);
        wanted = Set.copyOf(wanted);
        if (bodies.isEmpty()) {
            throw new IllegalArgumentException("a message has a body");
        }
    }

    /** Returns a line of a talk in plain text that asks for no receipt. */
    public static Message chat(String id, String conversation, String text) {
        return new Message(
                id,
                conversation,
                Style.CHAT,
                "",
                List.of(Body.plain(text)),
                Set.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** How its sender means it to be shown. */
    public enum Style {
        /** One line of a talk between two. */
        CHAT,
        /** It stands alone, like a letter. */
        SINGLE,
        /** News that nobody answers. */
        HEADLINE
    }
}
