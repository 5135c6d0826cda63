// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.lib.jainsip;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An answer made from a request's lines alone: for what cannot be parsed, and for what must not cost a parse because
 * the element is overloaded. Cheap enough for an event loop.
 */
public final class RawReply {
    private static final List<String> COPIED = List.of("Via", "From", "Call-ID", "CSeq");

    private RawReply() {}

    /**
     * Makes the final response to a request.
     *
     * @param status 400 to 699
     * @param headers further header lines without line breaks
     * @return empty if nothing may be answered: a response, an ACK, or a request without what an answer needs
     */
    public static Optional<byte[]> to(byte[] message, int status, String reason, String... headers) {
        SipText request;
        try {
            request = SipText.of(message);
        } catch (MalformedMessage hopeless) {
            return Optional.empty();
        }
        String start = request.startLine();
        if (start.startsWith("SIP/") || start.startsWith("ACK ") || request.count("To") != 1) {
            return Optional.empty();
        }
        for (String name : COPIED) {
            if (request.count(name) == 0) {
                return Optional.empty();
            }
        }
        return Optional.of(
                request.answer(status, reason, tag(request.lines("To").get(0)), headers));
    }

    /** RFC 3261 section 8.2.6.2: a response carries a tag in To; a stateless one derives it from the request. */
    private static String tag(String to) {
        return to.toLowerCase(Locale.ROOT).contains(";tag=") ? "" : Integer.toHexString(to.hashCode());
    }
}
