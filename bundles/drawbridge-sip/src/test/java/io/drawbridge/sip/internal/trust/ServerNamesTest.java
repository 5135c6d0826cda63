// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.PeerIdentity;
import io.drawbridge.api.policy.NameVerification;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServerNamesTest {
    private static final DomainName PARTNER = DomainName.of("partner.example");

    private static Optional<String> refusal(
            NameVerification verification, boolean configured, String host, String... names) {
        PeerIdentity identity = new PeerIdentity(
                List.of(), List.of(names), Optional.empty(), true, "CN=x", "CN=ca", "1", "aa", "bb", Instant.MAX);
        return new ServerNames(PARTNER, verification, Set.of("bb"), configured).refusal(identity, host);
    }

    @Test
    void anSrvTargetOutsideTheDomainFitsOnlyIfConfigured_c11() {
        String host = "sip.hoster.example";
        assertThat(refusal(NameVerification.LYNC_HOST, false, host, host)).isPresent();
        assertThat(refusal(NameVerification.LYNC_HOST, true, host, host)).isEmpty();
    }

    @Test
    void eitherNameSuffices() {
        assertThat(refusal(NameVerification.EITHER, false, "sip.partner.example", "sip.partner.example"))
                .isEmpty();
        assertThat(refusal(NameVerification.EITHER, false, "sip.partner.example", "partner.example"))
                .isEmpty();
        assertThat(refusal(NameVerification.EITHER, false, "sip.partner.example", "other.example"))
                .hasValueSatisfying(text -> assertThat(text).contains("sip.partner.example"));
    }

    @Test
    void aPinnedKeyDoesNotReplaceTheName() {
        assertThat(refusal(NameVerification.PINNED, true, "a.partner.example", "a.partner.example"))
                .isEmpty();
        assertThat(refusal(NameVerification.PINNED, true, "a.partner.example", "b.partner.example"))
                .isPresent();
    }

    @Test
    void aPeerInsideNamesOneOfTheHomesServers() {
        PeerIdentity pool = new PeerIdentity(
                List.of(),
                List.of("pool.corp.example"),
                Optional.empty(),
                true,
                "CN=x",
                "",
                "1",
                "a",
                "b",
                Instant.MAX);
        assertThat(new InsideNames(Set.of("pool.corp.example", "fe1.corp.example")).refusal(pool, "x"))
                .isEmpty();
        assertThat(new InsideNames(Set.of("fe1.corp.example")).refusal(pool, "x"))
                .isPresent();
    }
}
