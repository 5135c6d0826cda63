// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.Direction;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.policy.EdgeSettings;
import io.drawbridge.api.policy.Envelope;
import io.drawbridge.api.policy.FederationRecord;
import io.drawbridge.api.policy.Offered;
import io.drawbridge.api.policy.TrafficKind;
import io.drawbridge.sip.internal.codec.HeaderName;
import io.drawbridge.sip.internal.codec.SipMethod;
import io.drawbridge.sip.internal.codec.SipRequest;
import io.drawbridge.sip.internal.codec.SipSyntaxException;
import io.drawbridge.sip.internal.codec.SipUri;
import io.drawbridge.sip.internal.trust.Claims;
import java.util.Optional;
import java.util.Set;

/**
 * Reads from a request what policy judges by. The sender is From. The recipient is the Request-URI; within a dialog,
 * where the Request-URI is some device's Contact, it is To, unless the Request-URI names a user of ours.
 */
final class EnvelopeReader {
    private EnvelopeReader() {}

    /**
     * Reads the envelope of a request.
     *
     * @throws IllegalArgumentException if From or the recipient is no address of a domain
     * @throws SipSyntaxException if an address is malformed
     */
    static Envelope read(SipRequest request, Path path, Hop source, EdgeSettings edge) throws SipSyntaxException {
        Direction direction = Direction.from(source.side());
        boolean inbound = direction == Direction.INBOUND;
        Set<Offered> offered = Offers.of(request);
        return new Envelope(
                direction,
                address(request.from().uri()),
                recipient(request, path, inbound, edge),
                source.peer(),
                kind(request, offered),
                FederationRecord.NOT_ASKED,
                source.trafficType(),
                !inbound && edge.honourUserData() ? Claims.userData(request) : Optional.empty(),
                inbound ? Claims.verifiedMark(request.headers()) : Optional.empty(),
                offered,
                Optional.empty());
    }

    private static Address recipient(SipRequest request, Path path, boolean inbound, EdgeSettings edge)
            throws SipSyntaxException {
        if (!request.isInDialog()) {
            return address(path.requestUri());
        }
        Address partner = address(request.to().uri());
        if (!inbound || path.requestUri().user().isEmpty()) {
            return partner;
        }
        boolean ownUser = edge.sipDomains().stream()
                .map(DomainName::value)
                .anyMatch(path.requestUri().host()::equals);
        return ownUser ? address(path.requestUri()) : partner;
    }

    private static Address address(SipUri uri) {
        return new Address(uri.user(), DomainName.of(uri.host()));
    }

    /** Returns what kind of conversation a request belongs to. */
    private static TrafficKind kind(SipRequest request, Set<Offered> offered) {
        return switch (request.method()) {
            case MESSAGE -> TrafficKind.MESSAGE;
            case SUBSCRIBE, NOTIFY, BENOTIFY, PUBLISH -> TrafficKind.PRESENCE;
            case INVITE, UPDATE -> session(request, offered);
            default -> request.isInDialog() ? TrafficKind.IN_DIALOG : TrafficKind.OTHER;
        };
    }

    /** A call offers audio or video, an instant messaging session anything else (interworking 3.4). */
    private static TrafficKind session(SipRequest request, Set<Offered> offered) {
        if (offered.contains(Offered.AUDIO) || offered.contains(Offered.VIDEO)) {
            return TrafficKind.CALL;
        }
        if (request.isInDialog()) {
            return TrafficKind.IN_DIALOG;
        }
        boolean nothingOffered = request.method() == SipMethod.INVITE
                && request.body().isEmpty()
                && !request.headers().has(HeaderName.CONTENT_TYPE);
        return nothingOffered ? TrafficKind.CALL : TrafficKind.MESSAGE;
    }
}
