// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.policy;

import static io.drawbridge.core.internal.Configured.ALLOWED;
import static io.drawbridge.core.internal.Configured.BLOCKED;
import static io.drawbridge.core.internal.Configured.HOSTING;
import static io.drawbridge.core.internal.Configured.contoso;
import static io.drawbridge.core.internal.Configured.contosoWith;
import static io.drawbridge.core.internal.Peers.dns;
import static io.drawbridge.core.internal.Peers.failedSrv;
import static io.drawbridge.core.internal.Peers.inbound;
import static io.drawbridge.core.internal.Peers.later;
import static io.drawbridge.core.internal.Peers.marked;
import static io.drawbridge.core.internal.Peers.noSrv;
import static io.drawbridge.core.internal.Peers.srv;
import static io.drawbridge.core.internal.Peers.uri;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.policy.Envelope;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.policy.Route;
import io.drawbridge.api.policy.Rule;
import io.drawbridge.api.policy.SourceType;
import io.drawbridge.api.policy.TrafficKind;
import io.drawbridge.api.policy.Verdict;
import io.drawbridge.core.internal.Configured;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests from outside, rule by rule (lync-edge 6.6). */
final class InboundTest {
    private static final String US = "bob@contoso.example";
    private static final String THEM = "alice@fabrikam.example";
    private static final String EDGE_HOST = "sip.fabrikam.example";

    @Test
    void nothingPassesAnEdgeThatIsNotConfigured() {
        Verdict verdict = new Configured().snapshot().decide(inbound(THEM, US, dns(EDGE_HOST)));
        assertThat(verdict.reason()).isEqualTo(Reason.NOT_CONFIGURED);
        assertThat(verdict.rules()).singleElement().satisfies(rule -> assertThat(rule.rule())
                .isEqualTo(Rule.EDGE_CONFIGURED));
    }

    @Test
    void outsideNeverReachesOutside() {
        Verdict verdict = partner().decide(inbound(THEM, "carol@litware.example", dns(EDGE_HOST)));
        assertThat(verdict.reason()).isEqualTo(Reason.NOT_OUR_DOMAIN);
    }

    @Test
    void anOwnDomainCannotSendFromOutside() {
        Verdict verdict = partner().decide(inbound("eve@contoso.example", US, dns(EDGE_HOST)));
        assertThat(verdict.reason()).isEqualTo(Reason.OWN_DOMAIN_FROM_OUTSIDE);
    }

    @Test
    void aSplitDomainProviderMaySendForTheOwnDomain() {
        Snapshot edge = contoso()
                .set(
                        HOSTING + "cloud",
                        "proxyFqdn",
                        "fed.cloud.example",
                        "enabled",
                        "true",
                        "enabledSharedAddressSpace",
                        "true")
                .snapshot();
        Verdict hosted = edge.decide(inbound("eve@contoso.example", US, dns("fed.cloud.example")));
        assertThat(hosted.allowed()).isTrue();
        assertThat(hosted.source()).contains(SourceType.PROVIDER);
        assertThat(edge.decide(inbound("eve@contoso.example", US, dns("other.cloud.example")))
                        .reason())
                .isEqualTo(Reason.OWN_DOMAIN_FROM_OUTSIDE);
    }

    @Test
    void aBlockedDomainIsRefusedByItsExactName() {
        Snapshot edge = contosoWith("enablePartnerDiscovery", "true")
                .set(BLOCKED + "fabrikam.example")
                .snapshot();
        Verdict verdict = edge.decide(inbound(THEM, US, dns(EDGE_HOST)));
        assertThat(verdict.reason()).isEqualTo(Reason.DOMAIN_BLOCKED);
        assertThat(verdict.rules().get(3).detail())
                .isEqualTo("fabrikam.example is blocked (io.drawbridge.federation.blocked~fabrikam.example)");
        assertThat(edge.decide(inbound("alice@it.fabrikam.example", US, dns("sip.it.fabrikam.example")))
                        .outcome())
                .isEqualTo(Verdict.Outcome.LOOK_UP);
    }

    @Test
    void aPeerWithoutACertificateIsRefused() {
        assertThat(partner().decide(inbound(THEM, US, TrafficKind.MESSAGE)).reason())
                .isEqualTo(Reason.PEER_NOT_AUTHORIZED);
    }

    @Test
    void onlyTheConfiguredServerSpeaksForItsDomain() {
        Snapshot edge = contoso()
                .set(ALLOWED + "fabrikam.example", "proxyFqdn", EDGE_HOST, "nameVerification", "LyncHost")
                .snapshot();
        Verdict right = edge.decide(inbound(THEM, US, dns(EDGE_HOST)));
        assertThat(right.source()).contains(SourceType.DIRECT_PARTNER);
        assertThat(right.route()).contains(new Route.Home(Optional.of(new HostPort("home.contoso.example", 0))));
        Verdict wrong =
                edge.decide(inbound(THEM, US, dns("other.fabrikam.example")).with(srv("other.fabrikam.example")));
        assertThat(wrong.reason()).isEqualTo(Reason.PEER_NOT_AUTHORIZED);
    }

    @Test
    void aConfiguredServerMayLieOutsideItsDomain() {
        Snapshot edge = contoso()
                .set(ALLOWED + "fabrikam.example", "proxyFqdn", "sip.hoster.example")
                .snapshot();
        assertThat(edge.decide(inbound(THEM, US, dns("sip.hoster.example"))).allowed())
                .isTrue();
    }

    @Test
    void anUnlistedDomainIsRefusedWithoutAskingDnsWhileDiscoveryIsOff() {
        Verdict verdict = contoso().snapshot().decide(inbound(THEM, US, dns(EDGE_HOST)));
        assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.REFUSE);
        assertThat(verdict.reason()).isEqualTo(Reason.DOMAIN_NOT_ALLOWED);
    }

    @Test
    void aDiscoveredPartnerNeedsARecordEvenIfItsCertificateNamesTheDomain() {
        Snapshot edge = contosoWith("enablePartnerDiscovery", "true").snapshot();
        Envelope request = inbound(THEM, US, uri("fabrikam.example"));
        assertThat(edge.decide(request).outcome()).isEqualTo(Verdict.Outcome.LOOK_UP);
        assertThat(edge.decide(request.with(noSrv())).reason()).isEqualTo(Reason.NO_FEDERATION_RECORD);
        assertThat(edge.decide(request.with(failedSrv())).reason()).isEqualTo(Reason.DNS_FAILED);
        Verdict verdict = edge.decide(request.with(srv(EDGE_HOST)));
        assertThat(verdict.allowed()).isTrue();
        assertThat(verdict.source()).contains(SourceType.DISCOVERED_PARTNER);
    }

    @Test
    void anAllowedDomainWhoseCertificateNamesItNeedsNoRecord() {
        Verdict verdict = partner().decide(inbound(THEM, US, uri("fabrikam.example")));
        assertThat(verdict.allowed()).isTrue();
        assertThat(verdict.source()).contains(SourceType.ALLOWED_PARTNER);
    }

    @Test
    void aProviderSpeaksForTheDomainsWhoseRecordLeadsToIt() {
        Configured configured = contoso()
                .set(ALLOWED + "fabrikam.example")
                .set(HOSTING + "cloud", "proxyFqdn", "fed.cloud.example", "enabled", "true");
        Envelope request = inbound(THEM, US, dns("fed.cloud.example", "www.cloud.example"));
        assertThat(configured.snapshot().decide(request).outcome()).isEqualTo(Verdict.Outcome.LOOK_UP);
        Verdict served = configured.snapshot().decide(request.with(srv("fed.cloud.example")));
        assertThat(served.source()).contains(SourceType.PROVIDER);
        assertThat(served.verified())
                .as("hosting providers default to AlwaysVerifiable")
                .isTrue();
        assertThat(configured.snapshot().decide(request.with(srv(EDGE_HOST))).reason())
                .isEqualTo(Reason.PEER_NOT_AUTHORIZED);
        configured.set(HOSTING + "cloud", "proxyFqdn", "fed.cloud.example", "enabled", "false");
        assertThat(configured
                        .snapshot()
                        .decide(request.with(srv("fed.cloud.example")))
                        .reason())
                .isEqualTo(Reason.PROVIDER_DISABLED);
        configured.delete(ALLOWED + "fabrikam.example");
        assertThat(configured
                        .snapshot()
                        .decide(request.with(srv("fed.cloud.example")))
                        .reason())
                .as("hosted domains are subject to the allowed list too")
                .isEqualTo(Reason.DOMAIN_NOT_ALLOWED);
    }

    @Test
    void withDefaultRoutingOnlyTheDefaultRouteSpeaksForOutside() {
        Snapshot edge = contosoWith("routingMethod", "UseDefaultRouting", "defaultRouteFqdn", "up.example")
                .set(ALLOWED + "fabrikam.example", "proxyFqdn", EDGE_HOST)
                .snapshot();
        Verdict verdict = edge.decide(inbound("any@litware.example", US, dns("up.example")));
        assertThat(verdict.source()).contains(SourceType.DEFAULT_ROUTE);
        assertThat(verdict.allowed()).isTrue();
        assertThat(edge.decide(inbound(THEM, US, dns(EDGE_HOST))).reason()).isEqualTo(Reason.PEER_NOT_AUTHORIZED);
    }

    @ParameterizedTest
    @EnumSource(SourceType.class)
    void aConnectionKeepsTheTypeItsFirstRequestFixed(SourceType first) {
        Envelope later = later(inbound(THEM, US, dns(EDGE_HOST)).with(srv(EDGE_HOST)), first);
        boolean sameType = first == SourceType.ALLOWED_PARTNER || first == SourceType.DISCOVERED_PARTNER;
        assertThat(partner().decide(later).reason())
                .as("ms-source-type of %s is %s", first, first.headerValue())
                .isEqualTo(sameType ? Reason.ALLOWED : Reason.INCOMPATIBLE_TRAFFIC);
    }

    @ParameterizedTest(name = "{0}, marked {1}: verified {2}")
    @CsvSource({
        "AlwaysVerifiable, , true",
        "AlwaysVerifiable, false, true",
        "AlwaysUnverifiable, true, false",
        "UseSourceVerification, true, true",
        "UseSourceVerification, false, false",
        "UseSourceVerification, , false",
    })
    void theVerificationLevelSaysHowFarTheMarkCounts(String level, Boolean mark, boolean verified) {
        Snapshot edge = contoso()
                .set(ALLOWED + "fabrikam.example", "verificationLevel", level)
                .snapshot();
        Verdict verdict = edge.decide(marked(inbound(THEM, US, uri("fabrikam.example")), mark));
        assertThat(verdict.allowed()).isTrue();
        assertThat(verdict.verified()).isEqualTo(verified);
    }

    @Test
    void aTrustedHomeAppliesItsOwnPoliciesToTheRecipient() {
        Snapshot edge = contosoWith("honourUserData", "true")
                .set(ALLOWED + "fabrikam.example")
                .delete(Configured.ACCESS + "global")
                .snapshot();
        assertThat(edge.decide(inbound(THEM, US, uri("fabrikam.example"))).allowed())
                .isTrue();
    }

    private static Snapshot partner() {
        return contoso().set(ALLOWED + "fabrikam.example").snapshot();
    }
}
