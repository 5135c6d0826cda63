// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.codec;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A stanza as it came off a stream: well-formed, within the limits, its payload untouched. Whether its attributes make
 * sense was not judged, apart from what the stream itself needs.
 */
public final class Stanza {
    private final Kind kind;
    private final Attributes attributes;
    private final byte[] octets;

    /**
     * The attributes of the stanza's own element (RFC 6120 section 8.1), unescaped; an empty text where one is missing.
     *
     * @param from who sent it
     * @param to whom it is for
     * @param id the sender's identifier
     * @param type its type
     * @param language its {@code xml:lang}, else that of the stream
     */
    public record Attributes(String from, String to, String id, String type, String language) {}

    /**
     * Takes over the octets.
     *
     * @param octets a document of its own in UTF-8: every namespace declared, the content namespace written as {@code
     *     jabber:client}, as libraries for clients expect it
     */
    Stanza(Kind kind, Attributes attributes, byte[] octets) {
        this.kind = kind;
        this.attributes = attributes;
        this.octets = octets;
    }

    /** Returns what it is. */
    public Kind kind() {
        return kind;
    }

    /** Returns its attributes. */
    public Attributes attributes() {
        return attributes;
    }

    /**
     * Returns the stanza as a document of its own in UTF-8 without XML declaration: every namespace is declared in it, and
     * the content namespace is {@code jabber:client}, as libraries for clients expect it.
     */
    public InputStream document() {
        return new ByteArrayInputStream(octets);
    }

    /** Returns the {@linkplain #document() document} as text. */
    public String text() {
        return new String(octets, StandardCharsets.UTF_8);
    }

    /** Returns its size in octets. */
    public int size() {
        return octets.length;
    }

    /** Says what it is, never what it says. */
    @Override
    public String toString() {
        return kind.element() + "(" + size() + " octets)";
    }

    /** The three kinds (RFC 6120 section 8.2). */
    public enum Kind {
        /** Something for somebody. */
        MESSAGE,
        /** News of somebody. */
        PRESENCE,
        /** A question and its answer. */
        IQ;

        private final String element = name().toLowerCase(Locale.ROOT);

        /** Returns the element's local name. */
        public String element() {
            return element;
        }

        /** Returns the kind of an element. */
        public static Optional<Kind> of(String element) {
            for (Kind kind : values()) {
                if (kind.element.equals(element)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }
}
