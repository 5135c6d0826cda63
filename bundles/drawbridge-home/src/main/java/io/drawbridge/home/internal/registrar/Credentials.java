// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.registrar;

import gov.nist.javax.sip.header.AuthenticationHeader;
import io.drawbridge.home.internal.users.DigestAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * What a client proves its password with (RFC 7616 section 3.4).
 *
 * @param username as the client wrote it
 * @param realm the realm it answers for
 * @param algorithm the hash function
 * @param nonce of the challenge
 * @param count how often the client has used the nonce, and how it wrote that
 * @param clientNonce the client's own chance
 * @param uri the request's target, as the client wrote it
 * @param response the proof
 */
record Credentials(
        String username,
        String realm,
        DigestAlgorithm algorithm,
        String nonce,
        String count,
        String clientNonce,
        String uri,
        String response) {
    private static final String QOP = "auth";

    /** Reads a header; empty if it is not digest with quality of protection {@code auth}, or lacks a part. */
    static Optional<Credentials> of(AuthenticationHeader header) {
        Optional<DigestAlgorithm> algorithm = DigestAlgorithm.of(header.getParameter("algorithm"));
        String count = header.getParameter("nc");
        boolean complete = "Digest".equalsIgnoreCase(header.getScheme())
                && algorithm.isPresent()
                && header.getParameter("username") != null
                && header.getParameter("realm") != null
                && header.getParameter("nonce") != null
                && header.getParameter("cnonce") != null
                && header.getParameter("uri") != null
                && header.getParameter("response") != null
                && QOP.equals(header.getParameter("qop"))
                && count != null
                && count.matches("[0-9a-fA-F]{8}");
        if (!complete) {
            return Optional.empty();
        }
        return Optional.of(new Credentials(
                header.getParameter("username"),
                header.getParameter("realm"),
                algorithm.get(),
                header.getParameter("nonce"),
                count,
                header.getParameter("cnonce"),
                header.getParameter("uri"),
                header.getParameter("response")));
    }

    /** Returns the count as a number; counts beyond what an int holds are as good as the highest. */
    int counted() {
        return (int) Math.min(Integer.MAX_VALUE, Long.parseLong(count, 16));
    }

    /** Returns whether the proof is the one that knowing {@code ha1} gives; takes the same time in any case. */
    boolean prove(String ha1, String method) {
        return MessageDigest.isEqual(
                expected(ha1, method).getBytes(StandardCharsets.UTF_8), response.getBytes(StandardCharsets.UTF_8));
    }

    /** RFC 7616 section 3.4.1. */
    String expected(String ha1, String method) {
        String ha2 = algorithm.hash(method + ":" + uri);
        return algorithm.hash(ha1 + ":" + nonce + ":" + count + ":" + clientNonce + ":" + QOP + ":" + ha2);
    }
}
