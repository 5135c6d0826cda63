// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.codec;

import java.util.Map;

/**
 * How a peer opened a stream (RFC 6120 section 4.7); an empty text where an attribute is missing.
 *
 * @param from who it says it is
 * @param to whom it wants
 * @param id the stream's identifier, given by who answers
 * @param version the version of XMPP
 * @param language the default {@code xml:lang}
 * @param prefixes the namespaces it declared for the whole stream, by prefix, without the default one
 */
public record StreamHeader(
        String from, String to, String id, String version, String language, Map<String, String> prefixes) {
    /** Copies the prefixes. */
    public StreamHeader {
        prefixes = Map.copyOf(prefixes);
    }

    /** Returns whether the peer speaks XMPP 1.0, with features; otherwise it knows dialback only. */
    public boolean hasFeatures() {
        return version.startsWith("1.");
    }
}
