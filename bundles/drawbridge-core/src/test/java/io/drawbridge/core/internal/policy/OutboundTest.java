// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.policy;

import static io.drawbridge.core.internal.Configured.ACCESS;
import static io.drawbridge.core.internal.Configured.ALLOWED;
import static io.drawbridge.core.internal.Configured.BLOCKED;
import static io.drawbridge.core.internal.Configured.HOSTING;
import static io.drawbridge.core.internal.Configured.contoso;
import static io.drawbridge.core.internal.Configured.contosoWith;
import static io.drawbridge.core.internal.Peers.failedSrv;
import static io.drawbridge.core.internal.Peers.noSrv;
import static io.drawbridge.core.internal.Peers.outbound;
import static io.drawbridge.core.internal.Peers.srv;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.policy.Envelope;
import io.drawbridge.api.policy.NameVerification;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.policy.Route;
import io.drawbridge.api.policy.Rule;
import io.drawbridge.api.policy.RuleResult;
import io.drawbridge.api.policy.SourceType;
import io.drawbridge.api.policy.UserData;
import io.drawbridge.api.policy.Verdict;
import io.drawbridge.core.internal.Configured;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests from own users, rule by rule (lync-edge 6.6). */
final class OutboundTest {
    private static final DomainName FABRIKAM = DomainName.of("fabrikam.example");
    private static final Envelope REQUEST = outbound("bob@contoso.example", "alice@fabrikam.example");

    @Test
    void anAllowedPartnerServerIsReachedByItsNameWithoutAskingDns() {
        Snapshot edge = contoso()
                .set(ALLOWED + "fabrikam.example", "proxyFqdn", "edge.fabrikam.example:5062")
                .snapshot();
        Verdict verdict = edge.decide(REQUEST);
        assertThat(verdict.route())
                .contains(new Route.Server(
                        new HostPort("edge.fabrikam.example", 5062), FABRIKAM, NameVerification.EITHER, Set.of()));
        assertThat(verdict.rules())
                .extracting(RuleResult::rule)
                .containsExactly(
                        Rule.EDGE_CONFIGURED,
                        Rule.OWN_DOMAIN,
                        Rule.ORGANISATION_SWITCH,
                        Rule.BLOCKED_DOMAIN,
                        Rule.CLASSIFICATION,
                        Rule.ACCESS_POLICY,
                        Rule.VERIFICATION,
                        Rule.ROUTE);
    }

    @Test
    void anAllowedDomainGoesToItsSrvTargets() {
        Verdict verdict = contoso().set(ALLOWED + "fabrikam.example").snapshot().decide(REQUEST);
        assertThat(verdict.source()).contains(SourceType.ALLOWED_PARTNER);
        assertThat(verdict.route()).contains(new Route.FederationSrv(FABRIKAM, NameVerification.EITHER, Set.of()));
    }

    @Test
    void aDiscoveredDomainIsLookedUpFirst() {
        Snapshot edge = contosoWith("enablePartnerDiscovery", "true").snapshot();
        assertThat(edge.decide(REQUEST).outcome()).isEqualTo(Verdict.Outcome.LOOK_UP);
        assertThat(edge.decide(REQUEST.with(noSrv())).reason()).isEqualTo(Reason.NO_FEDERATION_RECORD);
        assertThat(edge.decide(REQUEST.with(failedSrv())).reason()).isEqualTo(Reason.DNS_FAILED);
        Verdict verdict = edge.decide(REQUEST.with(srv("sip.fabrikam.example")));
        assertThat(verdict.source()).contains(SourceType.DISCOVERED_PARTNER);
        assertThat(verdict.allowed()).isTrue();
    }

    @Test
    void anUnlistedDomainIsRefusedWithoutAskingDnsWhileDiscoveryIsOff() {
        assertThat(contoso().snapshot().decide(REQUEST).reason()).isEqualTo(Reason.DOMAIN_NOT_ALLOWED);
    }

    @Test
    void aDomainWhoseRecordLeadsToAProviderGoesThere() {
        Configured edge = contoso()
                .set(ALLOWED + "fabrikam.example")
                .set(HOSTING + "cloud", "proxyFqdn", "fed.cloud.example", "enabled", "true");
        assertThat(edge.snapshot().decide(REQUEST).outcome()).isEqualTo(Verdict.Outcome.LOOK_UP);
        Verdict verdict = edge.snapshot().decide(REQUEST.with(srv("fed.cloud.example")));
        assertThat(verdict.source()).contains(SourceType.PROVIDER);
        assertThat(verdict.route())
                .contains(new Route.Server(
                        new HostPort("fed.cloud.example", 0), FABRIKAM, NameVerification.LYNC_HOST, Set.of()));
        edge.set(HOSTING + "cloud", "proxyFqdn", "fed.cloud.example");
        assertThat(edge.snapshot()
                        .decide(REQUEST.with(srv("fed.cloud.example")))
                        .reason())
                .isEqualTo(Reason.PROVIDER_DISABLED);
    }

    @Test
    void anOwnUserHostedByTheSplitDomainProviderIsReachedThere() {
        Configured edge = contoso();
        Envelope request = outbound("bob@contoso.example", "eve@contoso.example");
        assertThat(edge.snapshot().decide(request).reason()).isEqualTo(Reason.NOT_OUR_DOMAIN);
        edge.set(
                HOSTING + "cloud",
                "proxyFqdn",
                "fed.cloud.example",
                "enabled",
                "true",
                "enabledSharedAddressSpace",
                "true");
        assertThat(edge.snapshot().decide(request).route().orElseThrow()).hasToString("server fed.cloud.example");
    }

    @Test
    void withDefaultRoutingEverythingNotBlockedGoesToTheOneServer() {
        Configured edge = contosoWith("routingMethod", "UseDefaultRouting", "defaultRouteFqdn", "up.example")
                .set(ALLOWED + "fabrikam.example", "proxyFqdn", "edge.fabrikam.example")
                .set(BLOCKED + "litware.example");
        assertThat(edge.snapshot().decide(REQUEST).route().orElseThrow()).hasToString("server up.example");
        assertThat(edge.snapshot()
                        .decide(outbound("bob@contoso.example", "x@litware.example"))
                        .reason())
                .isEqualTo(Reason.DOMAIN_BLOCKED);
    }

    @Test
    void aSenderThatIsNotOursIsRefused() {
        Snapshot edge = contoso().set(ALLOWED + "fabrikam.example").snapshot();
        assertThat(edge.decide(outbound("eve@litware.example", "alice@fabrikam.example"))
                        .reason())
                .isEqualTo(Reason.NOT_OUR_DOMAIN);
    }

    @Test
    void theRecordOfAnAllowedDomainIsWantedWhereTheHostMustStandForIt() {
        Snapshot edge = contoso()
                .set(ALLOWED + "fabrikam.example", "nameVerification", "LyncHost")
                .snapshot();
        assertThat(edge.decide(REQUEST).outcome()).isEqualTo(Verdict.Outcome.LOOK_UP);
        assertThat(edge.decide(REQUEST.with(srv("sip.hoster.example"))).reason())
                .isEqualTo(Reason.SRV_TARGET_MISMATCH);
    }

    @Test
    void aTargetOutsideTheDomainIsRefusedWhereTheHostMustStandForIt() {
        Configured edge =
                contosoWith("enablePartnerDiscovery", "true", "discoveredPartnerNameVerification", "LyncHost");
        assertThat(edge.snapshot()
                        .decide(REQUEST.with(srv("sip.hoster.example")))
                        .reason())
                .isEqualTo(Reason.SRV_TARGET_MISMATCH);
        edge = contosoWith("enablePartnerDiscovery", "true");
        assertThat(edge.snapshot()
                        .decide(REQUEST.with(srv("sip.hoster.example")))
                        .allowed())
                .as("its certificate may still name the domain itself (RFC 5922)")
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, false, false, ALLOWED",
        "true, false, true, true, USER_NOT_ENABLED",
        "false, true, true, false, USER_NOT_ENABLED",
        "false, false, true, true, ALLOWED",
    })
    void theHomesStampReplacesThePolicyOnlyWhereItIsHonoured(
            boolean honoured, boolean stamped, boolean stampedCloud, boolean granted, Reason expected) {
        Snapshot edge = contosoWith("honourUserData", String.valueOf(honoured))
                .set(ACCESS + "global", "enableFederationAccess", String.valueOf(granted))
                .set(ALLOWED + "fabrikam.example")
                .snapshot();
        assertThat(edge.decide(stamped(new UserData(stamped, stampedCloud))).reason())
                .isEqualTo(expected);
    }

    @Test
    void withoutAStampTheUsersPolicyHoldsEvenForATrustedHome() {
        Snapshot edge = contosoWith("honourUserData", "true")
                .set(ACCESS + "global", "enableFederationAccess", "false")
                .set(ALLOWED + "fabrikam.example")
                .snapshot();
        assertThat(edge.decide(REQUEST).reason()).isEqualTo(Reason.USER_NOT_ENABLED);
    }

    @Test
    void publicTrafficNeedsThePublicStamp() {
        Snapshot edge = contosoWith(
                        "honourUserData",
                        "true",
                        "routingMethod",
                        "UseDefaultRouting",
                        "defaultRouteFqdn",
                        "up.example",
                        "isPublicProvider",
                        "true")
                .snapshot();
        assertThat(edge.decide(stamped(new UserData(true, false))).reason())
                .isEqualTo(Reason.USER_NOT_ENABLED_FOR_PUBLIC_CLOUD);
        assertThat(edge.decide(stamped(new UserData(false, true))).allowed()).isTrue();
    }

    @Test
    void ownMessagesClaimAVerifiedSenderUnlessTheAdministratorSaysOtherwise() {
        assertThat(contoso()
                        .set(ALLOWED + "fabrikam.example")
                        .snapshot()
                        .decide(REQUEST)
                        .verified())
                .isTrue();
        assertThat(contosoWith("markSourceVerifiableOnOutgoingMessages", "false")
                        .set(ALLOWED + "fabrikam.example")
                        .snapshot()
                        .decide(REQUEST)
                        .verified())
                .isFalse();
    }

    private static Envelope stamped(UserData stamp) {
        return new Envelope(
                REQUEST.direction(),
                REQUEST.sender(),
                REQUEST.recipient(),
                REQUEST.peer(),
                REQUEST.kind(),
                REQUEST.record(),
                REQUEST.connectionType(),
                Optional.of(stamp),
                REQUEST.verifiedMark(),
                REQUEST.offered(),
                REQUEST.origin());
    }
}
