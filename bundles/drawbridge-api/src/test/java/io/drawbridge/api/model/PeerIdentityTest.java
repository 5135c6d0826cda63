// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PeerIdentityTest {
    private static final DomainName PARTNER = DomainName.of("partner.example");

    @Test
    void aSipUriNamesTheDomainAndSilencesDnsNames() {
        assertThat(identity(List.of("partner.example"), List.of(), Optional.empty(), true)
                        .namesDomain(PARTNER))
                .isTrue();
        assertThat(identity(List.of("other.example"), List.of("partner.example"), Optional.empty(), true)
                        .namesDomain(PARTNER))
                .isFalse();
    }

    @Test
    void aDnsNameIsComparedWholeAndWildcardsNameNothing() {
        assertThat(identity(List.of(), List.of("partner.example"), Optional.empty(), true)
                        .namesDomain(PARTNER))
                .isTrue();
        assertThat(identity(List.of(), List.of("sip.partner.example", "*.example"), Optional.empty(), true)
                        .namesDomain(PARTNER))
                .isFalse();
    }

    @Test
    void theCommonNameCountsOnlyWithoutAlternativeNames() {
        assertThat(identity(List.of(), List.of(), Optional.of("partner.example"), false)
                        .namesDomain(PARTNER))
                .isTrue();
        assertThat(identity(List.of(), List.of("mail.partner.example"), Optional.of("partner.example"), true)
                        .namesDomain(PARTNER))
                .isFalse();
    }

    private static PeerIdentity identity(
            List<String> sip, List<String> dns, Optional<String> commonName, boolean alternativeNames) {
        return new PeerIdentity(
                sip.stream().map(DomainName::of).toList(),
                dns,
                commonName,
                alternativeNames,
                "CN=x",
                "CN=ca",
                "1",
                "00",
                "00",
                Instant.EPOCH);
    }
}
