// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.policy;

import static io.drawbridge.core.internal.Configured.ALLOWED;
import static io.drawbridge.core.internal.Configured.contoso;
import static io.drawbridge.core.internal.Configured.contosoWith;
import static io.drawbridge.core.internal.Peers.inbound;
import static io.drawbridge.core.internal.Peers.srv;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.PeerIdentity;
import io.drawbridge.api.policy.Envelope;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.policy.Verdict;
import io.drawbridge.core.internal.Configured;
import io.drawbridge.core.internal.Peers;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The certificate vectors C1 to C11 of interworking 1.9: a peer claims {@code partner.example}, whose SRV target is
 * {@code sip.partner.example}. C8 and C9 give no SIP identity, since a URI with a user part or another scheme is none;
 * C12 to C14 end in the handshake.
 */
final class CertificateVectorsTest {
    private static final String TARGET = "sip.partner.example";

    static Stream<Arguments> vectors() {
        return Stream.of(
                Arguments.of("C1 URI:sip:partner.example", identity("partner.example", "", ""), true, false),
                Arguments.of("C2 DNS:partner.example", identity("", "partner.example", ""), true, false),
                Arguments.of("C3 DNS:sip.partner.example", identity("", "sip.partner.example", ""), false, true),
                Arguments.of(
                        "C4 URI of another hides DNS", identity("other.example", "partner.example", ""), false, false),
                Arguments.of("C5 DNS:*.partner.example", identity("", "*.partner.example", ""), false, false),
                Arguments.of("C6 CN=partner.example alone", identity("", "", "partner.example"), true, false),
                Arguments.of(
                        "C7 DNS:mail hides CN", identity("", "mail.partner.example", "partner.example"), false, false),
                Arguments.of("C8, C9 no usable name", noUsableName(), false, false),
                Arguments.of("C10 DNS:PARTNER.EXAMPLE", identity("", "partner.example", ""), true, false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void aCertificateTiesThePeerToTheDomainAsTheModeSays(
            String vector, PeerIdentity peer, boolean rfc5922, boolean lyncHost) {
        assertThat(passes("Rfc5922", peer)).as("rfc5922").isEqualTo(rfc5922);
        assertThat(passes("LyncHost", peer)).as("lync-host").isEqualTo(lyncHost);
        assertThat(passes("Either", peer)).as("either").isEqualTo(rfc5922 || lyncHost);
    }

    @Test
    void anSrvTargetOutsideTheDomainTiesNobody() {
        Snapshot edge = contoso().set(ALLOWED + "partner.example").snapshot();
        Envelope request = request(identity("", "sip.hoster.example", "")).with(srv("sip.hoster.example"));
        assertThat(edge.decide(request).reason()).isEqualTo(Reason.SRV_TARGET_MISMATCH);
    }

    @Test
    void c11TheCertificateOfAHostThatIsNotTheTargetTiesNobody() {
        Snapshot edge = contoso().set(ALLOWED + "partner.example").snapshot();
        Envelope request = request(identity("", TARGET, "")).with(srv("sip.hoster.example"));
        assertThat(edge.decide(request).reason()).isEqualTo(Reason.PEER_NOT_AUTHORIZED);
    }

    @Test
    void aLookAlikeSuffixIsNotWithinTheDomain() {
        Snapshot edge = contosoWith("enablePartnerDiscovery", "true").snapshot();
        Envelope request = request(identity("", "evilpartner.example", "")).with(srv("evilpartner.example"));
        assertThat(edge.decide(request).reason()).isEqualTo(Reason.SRV_TARGET_MISMATCH);
    }

    @Test
    void pinnedWantsThePinBesidesTheName() {
        String pin = "ab".repeat(32);
        Snapshot edge = contoso()
                .set(ALLOWED + "partner.example", "nameVerification", "Pinned", "pins", pin)
                .snapshot();
        PeerIdentity right = identity("", TARGET, "");
        PeerIdentity pinned = new PeerIdentity(
                right.sipDomains(),
                right.dnsNames(),
                right.commonName(),
                true,
                right.subject(),
                right.issuer(),
                "1",
                "00",
                pin,
                right.notAfter());
        PeerIdentity pinnedStranger = new PeerIdentity(
                List.of(),
                List.of("x.example"),
                Optional.empty(),
                true,
                "CN=x",
                "CN=ca",
                "1",
                pin,
                pin,
                right.notAfter());
        assertThat(edge.decide(request(right).with(srv(TARGET))).reason()).isEqualTo(Reason.PEER_NOT_AUTHORIZED);
        assertThat(edge.decide(request(pinned).with(srv(TARGET))).allowed()).isTrue();
        assertThat(edge.decide(request(pinnedStranger).with(srv(TARGET))).allowed())
                .isFalse();
    }

    @Test
    void namesOfAStrangeCertificateAreShownWithoutControlCharacters() {
        Snapshot edge =
                contoso().set(ALLOWED + "partner.example", "proxyFqdn", TARGET).snapshot();
        Verdict verdict = edge.decide(request(identity("", "evil\r\nforged log line", "")));
        assertThat(verdict.rules().get(verdict.rules().size() - 1).detail())
                .doesNotContain("\r", "\n")
                .contains("evil??forged");
    }

    private static boolean passes(String mode, PeerIdentity peer) {
        Configured edge = contoso().set(ALLOWED + "partner.example", "nameVerification", mode);
        assertThat(edge.problems()).isEmpty();
        return edge.snapshot().decide(request(peer).with(srv(TARGET))).allowed();
    }

    private static Envelope request(PeerIdentity peer) {
        return inbound("alice@partner.example", "bob@contoso.example", peer);
    }

    private static PeerIdentity noUsableName() {
        return new PeerIdentity(
                List.of(),
                List.of(),
                Optional.empty(),
                true,
                "CN=x",
                "CN=ca",
                "1",
                "00",
                "00",
                java.time.Instant.EPOCH);
    }

    private static PeerIdentity identity(String uri, String dns, String commonName) {
        return Peers.certificate(
                uri.isEmpty() ? List.of() : List.of(DomainName.of(uri)),
                dns.isEmpty() ? List.of() : List.of(dns),
                commonName.isEmpty() ? Optional.empty() : Optional.of(commonName));
    }
}
