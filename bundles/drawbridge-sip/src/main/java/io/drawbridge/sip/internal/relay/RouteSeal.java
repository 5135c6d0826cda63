// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.drawbridge.api.model.Direction;
import io.drawbridge.sip.internal.codec.Octets;
import io.drawbridge.sip.internal.codec.SipRequest;
import io.drawbridge.sip.internal.codec.SipSyntaxException;
import io.drawbridge.sip.internal.codec.SipUri;
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
    String of(SipRequest request, Direction direction, Optional<Names> names) throws SipSyntaxException {
        return of(request.callId(), foreignDomain(request, direction, names), names);
    }

    /** Outside is known by the name the network has for it, which is what a request from there will state. */
    private static String foreignDomain(SipRequest request, Direction direction, Optional<Names> names)
            throws SipSyntaxException {
        if (direction == Direction.INBOUND) {
            return request.from().uri().host();
        }
        return names.isPresent()
                ? names.get().there().domain().value()
                : request.to().uri().host();
    }

    String of(String callId, String foreignDomain, Optional<Names> names) {
        mac.update(callId.getBytes(StandardCharsets.UTF_8));
        mac.update(SEPARATOR);
        mac.update(foreignDomain.getBytes(StandardCharsets.UTF_8));
        names.ifPresent(pair -> {
            mac.update(SEPARATOR);
            mac.update(pair.sealed().getBytes(StandardCharsets.US_ASCII));
        });
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(mac.doFinal(), KEPT_OCTETS));
    }

    /** Returns whether a request carries the seal of its dialog, and of the names beside it. */
    boolean fits(SipUri sealed, SipRequest request, Direction direction) throws SipSyntaxException {
        Optional<Octets> seal = sealed.parameters().first(PARAMETER);
        return seal.isPresent()
                && MessageDigest.isEqual(
                        seal.get().toBytes(),
                        of(request, direction, names(sealed)).getBytes(StandardCharsets.US_ASCII));
    }

    /** Returns the names beside a seal; to be believed if that fits. */
    static Optional<Names> names(SipUri sealed) {
        return sealed.parameters().first(Names.PARAMETER).flatMap(Names::of);
    }
}
