// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.codec;

/**
 * What a peer may send (interworking 4.13, 9.4).
 *
 * @param stanza octets of a stanza, at least 10,000 (RFC 6120 section 13.12)
 * @param element octets of any other element, and of the stream's header
 * @param depth how deep elements may nest within one
 * @param attributes how many one may have, namespace declarations included
 * @param attribute characters of an attribute
 * @param name characters of a name
 */
public record Limits(int stanza, int element, int depth, int attributes, int attribute, int name) {
    /** What is allowed to somebody who proved nothing yet. */
    public static final Limits STRANGER = of(10_000);

    /** Returns the limits with this many octets for a stanza. */
    public static Limits of(int stanza) {
        return new Limits(stanza, 10_000, 64, 256, 8_192, 1_024);
    }
}
