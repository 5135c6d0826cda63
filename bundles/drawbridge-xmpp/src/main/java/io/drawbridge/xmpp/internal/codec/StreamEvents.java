// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.codec;

/** What a {@link StreamReader} tells of a stream, in its order. */
public interface StreamEvents {
    /** The peer opened the stream. */
    void opened(StreamHeader header) throws StreamViolation;

    /** An element that is no stanza came. */
    void element(Element element) throws StreamViolation;

    /** A stanza came. */
    void stanza(Stanza stanza) throws StreamViolation;

    /** The peer closed the stream. */
    void closed();
}
