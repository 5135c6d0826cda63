// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.PeerIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The certificate vectors: a peer claims {@code partner.example}, its SRV target is {@code sip.partner.example}. */
final class NameVerificationTest {
    private static final DomainName DOMAIN = DomainName.of("partner.example");
    private static final String TARGET = "sip.partner.example";

    @ParameterizedTest(name = "{0}: URI {1}, DNS {2}, CN {3}")
    @CsvSource({
        "C1, partner.example, , , true, false",
        "C2, , partner.example, , true, false",
        "C3, , sip.partner.example, , false, true",
        "C4, other.example, partner.example, , false, false",
        "C5, , *.partner.example, , false, false",
        "C6, , , partner.example, true, false",
        "C7, , mail.partner.example, partner.example, false, false",
        "CN of the target, , , sip.partner.example, false, true",
    })
    void aCertificateTiesItsHolderByTheNamesTheModeAsksFor(
            String vector, String uri, String dns, String commonName, boolean rfc5922, boolean lyncHost) {
        PeerIdentity peer = peer(uri, dns, commonName);
        boolean namesHost = peer.namesHost(TARGET);
        assertThat(NameVerification.RFC5922.accepts(peer, DOMAIN, namesHost, Set.of()))
                .as(vector)
                .isEqualTo(rfc5922);
        assertThat(NameVerification.LYNC_HOST.accepts(peer, DOMAIN, namesHost, Set.of()))
                .as(vector)
                .isEqualTo(lyncHost);
        assertThat(NameVerification.EITHER.accepts(peer, DOMAIN, namesHost, Set.of()))
                .as(vector)
                .isEqualTo(rfc5922 || lyncHost);
        assertThat(NameVerification.PINNED.accepts(peer, DOMAIN, namesHost, Set.of("other")))
                .as(vector)
                .isFalse();
        assertThat(NameVerification.PINNED.accepts(peer, DOMAIN, namesHost, Set.of("key")))
                .as(vector)
                .isEqualTo(rfc5922 || lyncHost);
    }

    private static PeerIdentity peer(String uri, String dns, String commonName) {
        return new PeerIdentity(
                uri == null ? List.of() : List.of(DomainName.of(uri)),
                dns == null ? List.of() : List.of(dns),
                Optional.ofNullable(commonName),
                uri != null || dns != null,
                "CN=peer",
                "CN=authority",
                "1",
                "certificate",
                "key",
                Instant.EPOCH);
    }
}
