// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.configuration;

import static io.drawbridge.core.internal.Configured.ACCESS;
import static io.drawbridge.core.internal.Configured.ALLOWED;
import static io.drawbridge.core.internal.Configured.BLOCKED;
import static io.drawbridge.core.internal.Configured.EDGE;
import static io.drawbridge.core.internal.Configured.HOSTING;
import static io.drawbridge.core.internal.Configured.RULING;
import static io.drawbridge.core.internal.Configured.contoso;
import static io.drawbridge.core.internal.Configured.contosoWith;
import static io.drawbridge.core.internal.Configured.properties;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.core.internal.Configured;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that contradict each other or themselves (lync-edge 6.2, 6.3): refused with PID, key, value and rule. */
final class ContradictionsTest {
    @Test
    void aDomainIsAllowedOrBlockedAndBlockedWins() {
        Configured edge = contoso()
                .set(ALLOWED + "bulk", "domain", "a.example, b.example")
                .set(BLOCKED + "b.example");
        refused(edge, ALLOWED + "bulk", "domain", "b.example", "is blocked already, by " + BLOCKED + "b.example");
        assertThat(edge.snapshot().allowed()).containsOnlyKeys(DomainName.of("a.example"));
        assertThat(edge.snapshot().blocked()).containsOnlyKeys(DomainName.of("b.example"));
    }

    @Test
    void aDomainIsListedOnce() {
        refused(
                contoso().set(ALLOWED + "a.example").set(ALLOWED + "bulk", "domain", "a.example"),
                ALLOWED + "bulk",
                "domain",
                "a.example",
                "is allowed already, by " + ALLOWED + "a.example");
        refused(
                contoso().set(BLOCKED + "a.example").set(BLOCKED + "bulk", "domain", "a.example"),
                BLOCKED + "bulk",
                "domain",
                "a.example",
                "is blocked already, by " + BLOCKED + "a.example");
    }

    @Test
    void anOwnDomainIsNeitherPartnerNorBlocked() {
        refused(
                contoso().set(ALLOWED + "contoso.example"),
                ALLOWED + "contoso.example",
                "domain",
                "contoso.example",
                "is an own domain, in sipDomains of " + EDGE);
        Configured edge = contoso().set(BLOCKED + "contoso.example");
        refused(edge, BLOCKED + "contoso.example", "domain", "contoso.example", "is an own domain");
        assertThat(edge.snapshot().edge().settings().sipDomains()).isNotEmpty();
    }

    @Test
    void aPartnersServerIsNoProvidersServer() {
        Configured edge = contoso()
                .set(HOSTING + "cloud", "proxyFqdn", "fed.cloud.example")
                .set(ALLOWED + "a.example", "proxyFqdn", "FED.cloud.example:5061");
        refused(edge, ALLOWED + "a.example", "proxyFqdn", "fed.cloud.example:5061", HOSTING + "cloud");
        assertThat(edge.snapshot().allowed()).isEmpty();
    }

    @Test
    void theNextHopIsNobodyElsesServer() {
        refused(
                contoso().set(ALLOWED + "a.example", "proxyFqdn", "home.contoso.example"),
                ALLOWED + "a.example",
                "proxyFqdn",
                "home.contoso.example",
                "is the next hop of " + EDGE);
        refused(
                contoso().set(HOSTING + "cloud", "proxyFqdn", "home.contoso.example"),
                HOSTING + "cloud",
                "proxyFqdn",
                "home.contoso.example",
                "is the next hop of " + EDGE);
        refused(
                contosoWith("routingMethod", "UseDefaultRouting", "defaultRouteFqdn", "home.contoso.example"),
                EDGE,
                "defaultRouteFqdn",
                "home.contoso.example",
                "is the next hop");
    }

    @Test
    void providersHaveDifferentServers() {
        refused(
                contoso()
                        .set(HOSTING + "one", "proxyFqdn", "fed.cloud.example")
                        .set(HOSTING + "two", "proxyFqdn", "fed.cloud.example"),
                HOSTING + "two",
                "proxyFqdn",
                "fed.cloud.example",
                "is the server of the provider " + HOSTING + "one");
    }

    @Test
    void oneProviderSharesTheOwnDomains() {
        String[] shared = {"proxyFqdn", "a.cloud.example", "enabled", "true", "enabledSharedAddressSpace", "true"};
        Configured edge = contoso().set(HOSTING + "one", shared);
        shared[1] = "b.cloud.example";
        refused(
                edge.set(HOSTING + "two", shared),
                HOSTING + "two",
                "enabledSharedAddressSpace",
                "true",
                "is so for " + HOSTING + "one already");
    }

    @Test
    void defaultRoutingHasNoProvidersBesideIt() {
        Configured edge = contosoWith("routingMethod", "UseDefaultRouting", "defaultRouteFqdn", "up.example")
                .set(HOSTING + "cloud", "proxyFqdn", "fed.cloud.example");
        refused(edge, HOSTING + "cloud", "proxyFqdn", "fed.cloud.example", "UseDefaultRouting of " + EDGE);
        assertThat(edge.snapshot().providers()).isEmpty();
    }

    @Test
    void discoveryNeedsDnsSrvRouting() {
        refused(
                contosoWith(
                        "routingMethod",
                        "UseDefaultRouting",
                        "defaultRouteFqdn",
                        "up.example",
                        "enablePartnerDiscovery",
                        "true"),
                EDGE,
                "enablePartnerDiscovery",
                "true",
                "needs routingMethod=UseDnsSrvRouting");
    }

    @Test
    void defaultRoutingNeedsARoute() {
        refused(contosoWith("routingMethod", "UseDefaultRouting"), EDGE, "defaultRouteFqdn", "", "is required");
    }

    @Test
    void anAddressAsNextHopNeedsANameToProve() {
        refused(contosoWith("nextHop", "10.0.0.5:5061"), EDGE, "nextHopNames", "", "is required");
        Configured edge = contosoWith("nextHop", "10.0.0.5:5061", "nextHopNames", "home.contoso.example");
        assertThat(edge.problems()).isEmpty();
        assertThat(edge.snapshot().edge().settings().nextHopNames()).containsExactly("home.contoso.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.7", "*.fabrikam.example", "*", "fabrikam..example", "-x.example", "a b.example"})
    void aDomainIsNeitherAnAddressNorAPatternNorGarbage(String value) {
        for (String list : List.of(ALLOWED, BLOCKED)) {
            assertThat(contoso().set(list + "x", "domain", value).problems())
                    .singleElement()
                    .satisfies(problem -> {
                        assertThat(problem.pid()).isEqualTo(list + "x");
                        assertThat(problem.key()).isEqualTo("domain");
                        assertThat(problem.value()).isEqualTo(value);
                    });
        }
        assertThat(contoso().set(HOSTING + "x", "proxyFqdn", value).problems()).hasSize(1);
        assertThat(contoso().set(ALLOWED + "a.example", "proxyFqdn", value).problems())
                .hasSize(1);
        assertThat(contosoWith("sipDomains", value).problems()).hasSize(1);
    }

    @Test
    void aNameIsNoLongerThanDnsAllows() {
        String longName = "a".repeat(60) + "." + ("b".repeat(60) + ".").repeat(4) + "example";
        assertThat(contoso().set(BLOCKED + "x", "domain", longName).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.rule()).isEqualTo("a domain name has 1 to 253 characters"));
    }

    @Test
    void aScopeHasOnePolicyAndNobodyHasTwo() {
        refused(
                contoso().set(ACCESS + "other", "scope", "global"),
                ACCESS + "other",
                "scope",
                "global",
                "has a policy already, " + ACCESS + "global");
        refused(
                contoso()
                        .set(ACCESS + "a", "members", "bob@contoso.example")
                        .set(ACCESS + "b", "members", "BOB@contoso.example, carol@contoso.example"),
                ACCESS + "b",
                "members",
                "bob@contoso.example",
                "has tag:a already, by " + ACCESS + "a");
        refused(
                contoso()
                        .set(ACCESS + "a", "scope", "site:a", "members", "contoso.example")
                        .set(ACCESS + "b", "scope", "site:b", "members", "contoso.example"),
                ACCESS + "b",
                "members",
                "contoso.example",
                "has site:a already, by " + ACCESS + "a");
    }

    @Test
    void membersAreOurs() {
        refused(
                contoso().set(ACCESS + "a", "members", "bob@fabrikam.example"),
                ACCESS + "a",
                "members",
                "bob@fabrikam.example",
                "is not an own domain");
        refused(
                contoso().set(ACCESS + "global", "members", "bob@contoso.example"),
                ACCESS + "global",
                "members",
                "bob@contoso.example",
                "is empty for scope global");
        refused(contoso().set(ACCESS + "a", "scope", "site:"), ACCESS + "a", "scope", "site:", "site:NAME");
    }

    @Test
    void pinningNeedsPinsAndPinsAreFingerprints() {
        refused(
                contoso().set(ALLOWED + "a.example", "nameVerification", "Pinned"),
                ALLOWED + "a.example",
                "pins",
                "",
                "is required");
        refused(
                contoso().set(ALLOWED + "a.example", "pins", "abc"),
                ALLOWED + "a.example",
                "pins",
                "abc",
                "is a SHA-256 fingerprint");
        refused(
                contosoWith("enablePartnerDiscovery", "true", "discoveredPartnerNameVerification", "Pinned"),
                EDGE,
                "discoveredPartnerNameVerification",
                "PINNED",
                "needs pins");
    }

    @Test
    void aCertificateHasOneRuling() {
        String certificate = "0a".repeat(32);
        refused(
                contoso()
                        .set(RULING + certificate, "ruling", "Block")
                        .set(
                                RULING + "x",
                                "certificate",
                                certificate.toUpperCase(java.util.Locale.ROOT),
                                "ruling",
                                "Allow"),
                RULING + "x",
                "certificate",
                certificate,
                "has a ruling already, " + RULING + certificate);
    }

    @ParameterizedTest
    @CsvSource({
        "outgoingTlsCountForFederatedPartners, 5",
        "outgoingTlsCountForFederatedPartners, 0",
        "discoveredPartnerStandardRate, 0",
        "certificatesDeletedPercentage, 101",
        "allowFederatedUsers, yes",
        "routingMethod, UseCarrierPigeon",
    })
    void aValueOutOfRangeIsRefused(String key, String value) {
        assertThat(contosoWith(key, value).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.key()).isEqualTo(key);
            assertThat(problem.value()).isEqualTo(value);
        });
    }

    @Test
    void anUnknownKeyIsToldAndDoesNoHarm() {
        Configured edge = contosoWith("beClearingHouse", "true").set(ALLOWED + "a.example");
        assertThat(edge.problems()).singleElement().satisfies(problem -> assertThat(problem.key())
                .isEqualTo("beClearingHouse"));
        assertThat(edge.snapshot().allowed()).hasSize(1);
    }

    @Test
    void aBadValueDoesNotHideAnUnknownKeyOfTheSameFile() {
        Configured edge = new Configured()
                .set(ALLOWED + "a", "domain", "a.example", "verificationLevel", "Perhaps", "comnent", "x");
        assertThat(edge.problems())
                .extracting(InvalidSetting::key)
                .containsExactlyInAnyOrder("verificationLevel", "comnent");
    }

    @Test
    void theOutcomeDoesNotDependOnTheOrderOfArrival() {
        Map<String, Optional<Map<String, Object>>> files = Map.of(
                EDGE,
                Optional.of(properties("sipDomains", "contoso.example", "allowFederatedUsers", "true")),
                BLOCKED + "b",
                Optional.of(properties("domain", "b.example, contoso.example")),
                HOSTING + "one",
                Optional.of(properties("proxyFqdn", "fed.cloud.example")),
                HOSTING + "two",
                Optional.of(properties("proxyFqdn", "fed.cloud.example")),
                ALLOWED + "a",
                Optional.of(properties("domain", "a.example, b.example")),
                ALLOWED + "c",
                Optional.of(properties("domain", "a.example, c.example")),
                ALLOWED + "d",
                Optional.of(properties("domain", "d.example", "proxyFqdn", "fed.cloud.example")),
                ACCESS + "x",
                Optional.of(properties("members", "bob@contoso.example, eve@fabrikam.example")),
                ACCESS + "y",
                Optional.of(properties("members", "bob@contoso.example")));
        Configured together = new Configured().apply(files);
        List<String> expected = messages(together);
        assertThat(expected).hasSize(7);
        Random random = new Random(7);
        List<String> pids = new ArrayList<>(files.keySet());
        for (int round = 0; round < 50; round++) {
            Collections.shuffle(pids, random);
            Configured oneByOne = new Configured();
            pids.forEach(pid -> oneByOne.apply(Map.of(pid, files.get(pid))));
            assertThat(messages(oneByOne)).as("%s", pids).isEqualTo(expected);
            assertThat(oneByOne.snapshot().blocked())
                    .isEqualTo(together.snapshot().blocked());
            assertThat(oneByOne.snapshot().providers())
                    .isEqualTo(together.snapshot().providers());
        }
    }

    private static List<String> messages(Configured edge) {
        return edge.problems().stream().map(InvalidSetting::getMessage).toList();
    }

    private static void refused(Configured edge, String pid, String key, String value, String rule) {
        assertThat(edge.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.pid()).isEqualTo(pid);
            assertThat(problem.key()).isEqualTo(key);
            assertThat(problem.value()).isEqualTo(value);
            assertThat(problem.rule()).contains(rule);
        });
    }
}
