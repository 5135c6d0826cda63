// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.msrp;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A request or response of MSRP (RFC 4975 section 7). Immutable. */
public sealed interface MsrpFrame {
    /** Returns the transaction's identifier. */
    String transaction();

    /** Returns the hops it goes to, the next one first. */
    List<MsrpUri> toPath();

    /** Returns the hops it came from, the last one first. */
    List<MsrpUri> fromPath();

    /**
     * A request.
     *
     * @param transaction identifies it and its response, 4 to 32 characters
     * @param method such as {@code SEND}
     * @param toPath the hops it goes to
     * @param fromPath the hops it came from
     * @param headers all other headers; their names are told apart without case
     * @param content the content, empty if it has none
     * @param continuation what follows
     */
    record Request(
            String transaction,
            String method,
            List<MsrpUri> toPath,
            List<MsrpUri> fromPath,
            Map<String, String> headers,
            MsrpContent content,
            Continuation continuation)
            implements MsrpFrame {
        /** Copies lists and headers. */
        public Request {
            toPath = List.copyOf(toPath);
            fromPath = List.copyOf(fromPath);
            TreeMap<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            copy.putAll(headers);
            headers = Collections.unmodifiableMap(copy);
        }

        /** Returns a header's value. */
        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }

        /** Returns the response to this, which goes one hop back (section 7.2). */
        public Response response(int status, String comment) {
            return new Response(transaction, status, comment, List.of(fromPath.get(0)), List.of(toPath.get(0)));
        }
    }

    /**
     * A response.
     *
     * @param transaction of the request
     * @param status three digits
     * @param comment for people; may be empty
     * @param toPath the hop it goes to
     * @param fromPath the hop it came from
     */
    record Response(String transaction, int status, String comment, List<MsrpUri> toPath, List<MsrpUri> fromPath)
            implements MsrpFrame {
        /** Copies the lists. */
        public Response {
            toPath = List.copyOf(toPath);
            fromPath = List.copyOf(fromPath);
        }
    }
}
