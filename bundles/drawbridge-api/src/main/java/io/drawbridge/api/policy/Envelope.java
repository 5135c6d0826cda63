// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.policy;

import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.Direction;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.PeerIdentity;
import io.drawbridge.api.model.Trust;
import java.util.Optional;
import java.util.Set;

/**
 * Everything about a request that may influence whether it crosses, and nothing else.
 *
 * @param direction which way it goes
 * @param sender the asserted sender (the From address)
 * @param recipient whom it is for (the address of the Request-URI)
 * @param peer what TLS proved of the peer it came from; empty only for what the embedded home sends
 * @param kind what it belongs to
 * @param record the federation record of the {@linkplain #foreignDomain() foreign domain}, if it was looked up
 * @param connectionType the kind of peer the connection's first request fixed; empty for the first
 * @param userData the home's stamp, only if the administrator trusts that next hop with it
 * @param verifiedMark the peer's own mark of the sender: true verified, false unverified, empty without a mark
 * @param offered what it offers besides text
 * @param origin the link that brought it, and the proof it has; empty for what SIP itself carries
 */
public record Envelope(
        Direction direction,
        Address sender,
        Address recipient,
        Optional<PeerIdentity> peer,
        TrafficKind kind,
        FederationRecord record,
        Optional<SourceType> connectionType,
        Optional<UserData> userData,
        Optional<Boolean> verifiedMark,
        Set<Offered> offered,
        Optional<Origin> origin) {
    /** Copies the set. */
    public Envelope {
        offered = Set.copyOf(offered);
    }

    /** Starts with what every request has; the rest is unknown. */
    public static Envelope of(Direction direction, Address sender, Address recipient, TrafficKind kind) {
        return new Envelope(
                direction,
                sender,
                recipient,
                Optional.empty(),
                kind,
                FederationRecord.NOT_ASKED,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Optional.empty());
    }

    /** Returns the domain at the outside end: the sender's if inbound, the recipient's if outbound. */
    public DomainName foreignDomain() {
        return direction == Direction.INBOUND ? sender.domain() : recipient.domain();
    }

    /** Returns whoever is at the outside end: the sender if inbound, the recipient if outbound. */
    public Address stranger() {
        return direction == Direction.INBOUND ? sender : recipient;
    }

    /** Returns the user at the inside end: the recipient if inbound, the sender if outbound. */
    public Address ownUser() {
        return direction == Direction.INBOUND ? recipient : sender;
    }

    /** Returns this envelope with the peer's identity. */
    public Envelope from(PeerIdentity identity) {
        return new Envelope(
                direction,
                sender,
                recipient,
                Optional.of(identity),
                kind,
                record,
                connectionType,
                userData,
                verifiedMark,
                offered,
                origin);
    }

    /** Returns this envelope with what it offers besides text. */
    public Envelope offering(Set<Offered> what) {
        return new Envelope(
                direction, sender, recipient, peer, kind, record, connectionType, userData, verifiedMark, what, origin);
    }

    /** Returns this envelope as a link brought it. */
    public Envelope by(String link, Trust trust) {
        return new Envelope(
                direction,
                sender,
                recipient,
                peer,
                kind,
                record,
                connectionType,
                userData,
                verifiedMark,
                offered,
                Optional.of(new Origin(link, trust)));
    }

    /** Returns this envelope with the foreign domain's federation record. */
    public Envelope with(FederationRecord found) {
        return new Envelope(
                direction,
                sender,
                recipient,
                peer,
                kind,
                found,
                connectionType,
                userData,
                verifiedMark,
                offered,
                origin);
    }

    /**
     * How a request came that SIP did not carry from end to end.
     *
     * @param link the {@linkplain io.drawbridge.api.link.Link#ID identifier} of the link that brought it
     * @param trust how sure that link is of the sender's domain
     */
    public record Origin(String link, Trust trust) {}
}
