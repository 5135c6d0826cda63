// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal;

import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.Direction;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.PeerIdentity;
import io.drawbridge.api.policy.Envelope;
import io.drawbridge.api.policy.FederationRecord;
import io.drawbridge.api.policy.SourceType;
import io.drawbridge.api.policy.TrafficKind;
import io.drawbridge.api.policy.UserData;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Peers, their certificates and records, and envelopes with them. */
public final class Peers {
    private Peers() {}

    /** A certificate with DNS names; its fingerprint is the first of them. */
    public static PeerIdentity dns(String... names) {
        return certificate(List.of(), List.of(names), Optional.empty());
    }

    /** A certificate with SIP URIs, and DNS names of the same domains for those who read no URIs. */
    public static PeerIdentity uri(String domain, String... dnsNames) {
        return certificate(List.of(DomainName.of(domain)), List.of(dnsNames), Optional.empty());
    }

    /** A certificate without alternative names. */
    public static PeerIdentity commonName(String name) {
        return certificate(List.of(), List.of(), Optional.of(name));
    }

    public static PeerIdentity certificate(List<DomainName> sip, List<String> dns, Optional<String> commonName) {
        String name = Stream.concat(
                        sip.stream().map(DomainName::value), Stream.concat(dns.stream(), commonName.stream()))
                .findFirst()
                .orElse("nobody");
        return new PeerIdentity(
                sip,
                dns,
                commonName,
                !sip.isEmpty() || !dns.isEmpty(),
                "CN=" + name,
                "CN=Test CA",
                "2a",
                "fingerprint of " + name,
                "key of " + name,
                Instant.EPOCH);
    }

    /** A federation record with targets. */
    public static FederationRecord srv(String... hosts) {
        List<HostPort> targets =
                Arrays.stream(hosts).map(host -> new HostPort(host, 5061)).toList();
        return new FederationRecord(FederationRecord.Status.FOUND, targets, "SRV leads to " + String.join(", ", hosts));
    }

    public static FederationRecord noSrv() {
        return new FederationRecord(FederationRecord.Status.NONE, List.of(), "no SRV record");
    }

    public static FederationRecord failedSrv() {
        return new FederationRecord(FederationRecord.Status.FAILED, List.of(), "no answer");
    }

    public static Envelope inbound(String sender, String recipient, PeerIdentity peer) {
        return inbound(sender, recipient, TrafficKind.MESSAGE).from(peer);
    }

    public static Envelope inbound(String sender, String recipient, TrafficKind kind) {
        return Envelope.of(Direction.INBOUND, Address.of(sender), Address.of(recipient), kind);
    }

    public static Envelope outbound(String sender, String recipient) {
        return outbound(sender, recipient, TrafficKind.MESSAGE);
    }

    public static Envelope outbound(String sender, String recipient, TrafficKind kind) {
        return Envelope.of(Direction.OUTBOUND, Address.of(sender), Address.of(recipient), kind);
    }

    /** On a connection whose first request fixed its type. */
    public static Envelope later(Envelope plain, SourceType first) {
        return changed(plain, Optional.of(first), plain.userData(), plain.verifiedMark());
    }

    /** With what a trusted home says of its user. */
    public static Envelope stamped(Envelope plain, UserData userData) {
        return changed(plain, plain.connectionType(), Optional.of(userData), plain.verifiedMark());
    }

    /** With what the peer says of its verification, if anything. */
    public static Envelope marked(Envelope plain, Boolean verified) {
        return changed(plain, plain.connectionType(), plain.userData(), Optional.ofNullable(verified));
    }

    private static Envelope changed(
            Envelope plain,
            Optional<SourceType> connectionType,
            Optional<UserData> userData,
            Optional<Boolean> verifiedMark) {
        return new Envelope(
                plain.direction(),
                plain.sender(),
                plain.recipient(),
                plain.peer(),
                plain.kind(),
                plain.record(),
                connectionType,
                userData,
                verifiedMark,
                plain.offered(),
                plain.origin());
    }
}
