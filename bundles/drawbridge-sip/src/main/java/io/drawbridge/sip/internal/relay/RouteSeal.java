// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.drawbridge.api.model.Direction;
import io.drawbridge.sip.internal.codec.Octets;
import io.drawbridge.sip.internal.codec.SipRequest;
import io.drawbridge.sip.internal.codec.SipSyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * The seal on this edge's Record-Route value towards outside: who brings it back in a Route is in the dialog that this
 * edge let through, of this Call-ID and with this foreign domain. Without it nobody outside tells the home where to send
 * a request. An HMAC (RFC 2104) of which 96 bits are kept. Not thread-safe: each loop has its own.
 */
final class RouteSeal {
    /** The URI parameter that holds it. */
    static final String PARAMETER = "seal";

    static final String ALGORITHM = "HmacSHA256";

    private static final int KEPT_OCTETS = 12;
    private static final byte SEPARATOR = 0;

    private final Mac mac;

    RouteSeal(SecretKey key) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, impossible);
        }
    }

    /** Returns the seal for the dialog that a request begins or belongs to. */
    String of(SipRequest request, Direction direction) throws SipSyntaxException {
        boolean inbound = direction == Direction.INBOUND;
        return of(
                request.callId(),
                (inbound ? request.from() : request.to()).uri().host());
    }

    String of(String callId, String foreignDomain) {
        mac.update(callId.getBytes(StandardCharsets.UTF_8));
        mac.update(SEPARATOR);
        byte[] whole = mac.doFinal(foreignDomain.getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(whole, KEPT_OCTETS));
    }

    /** Returns whether a request carries the seal of its dialog. */
    boolean fits(Optional<Octets> seal, SipRequest request, Direction direction) throws SipSyntaxException {
        return seal.isPresent()
                && MessageDigest.isEqual(
                        seal.get().toBytes(), of(request, direction).getBytes(StandardCharsets.US_ASCII));
    }
}
