// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.policy;

import static io.drawbridge.core.internal.Configured.ACCESS;
import static io.drawbridge.core.internal.Configured.BLOCKED;
import static io.drawbridge.core.internal.Configured.EDGE;
import static io.drawbridge.core.internal.Configured.XMPP;
import static io.drawbridge.core.internal.Configured.contoso;
import static io.drawbridge.core.internal.Peers.dns;
import static io.drawbridge.core.internal.Peers.inbound;
import static io.drawbridge.core.internal.Peers.outbound;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.Direction;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.Trust;
import io.drawbridge.api.policy.Envelope;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.policy.Route;
import io.drawbridge.api.policy.Rule;
import io.drawbridge.api.policy.RuleResult;
import io.drawbridge.api.policy.TrafficKind;
import io.drawbridge.api.policy.Verdict;
import io.drawbridge.core.internal.Configured;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** XMPP crossings obey the same snapshot as SIP federation (lync-edge 2.3, 8, 9). */
final class TranslationTest {
    private static final String US = "bob@contoso.example";
    private static final String THEM = "alice@chat.example";
    private static final String PARTNER = XMPP + "chat.example";

    @Test
    void aMessageToAPartnerGoesToTheXmppLinkByTheRulesInOrder() {
        Verdict verdict = edge().snapshot().decide(outbound(US, THEM));
        assertThat(verdict.route()).contains(new Route.Link("xmpp", DomainName.of("chat.example")));
        assertThat(verdict.rules())
                .extracting(RuleResult::rule)
                .containsExactly(
                        Rule.EDGE_CONFIGURED,
                        Rule.OWN_DOMAIN,
                        Rule.ORGANISATION_SWITCH,
                        Rule.BLOCKED_DOMAIN,
                        Rule.CLASSIFICATION,
                        Rule.PERSON_TO_PERSON,
                        Rule.ACCESS_POLICY,
                        Rule.ROUTE);
        assertThat(verdict.rules().get(4).detail()).contains(PARTNER);
    }

    @Test
    void aMessageFromAPartnerGoesHomeByTheRulesInOrder() {
        Verdict verdict = edge().snapshot().decide(fromLink(THEM, US, Trust.STRONG));
        assertThat(verdict.route()).contains(new Route.Home(Optional.of(HostPort.of("home.contoso.example"))));
        assertThat(verdict.rules())
                .extracting(RuleResult::rule)
                .containsExactly(
                        Rule.EDGE_CONFIGURED,
                        Rule.OWN_DOMAIN,
                        Rule.ORGANISATION_SWITCH,
                        Rule.BLOCKED_DOMAIN,
                        Rule.CLASSIFICATION,
                        Rule.PERSON_TO_PERSON,
                        Rule.PROOF,
                        Rule.ACCESS_POLICY,
                        Rule.VERIFICATION,
                        Rule.ROUTE);
    }

    @ParameterizedTest
    @CsvSource({
        "MESSAGE, ALLOWED",
        "PRESENCE, ALLOWED",
        "IN_DIALOG, ALLOWED",
        "CALL, NOT_PERSON_TO_PERSON",
        "OTHER, NOT_PERSON_TO_PERSON"
    })
    void onlyMessagesAndPresenceCross(TrafficKind kind, Reason reason) {
        assertThat(edge().snapshot().decide(outbound(US, THEM, kind)).reason()).isEqualTo(reason);
        assertThat(edge().snapshot()
                        .decide(inbound(THEM, US, kind).by("xmpp", Trust.STRONG))
                        .reason())
                .isEqualTo(reason);
    }

    @Test
    void aDomainIsNoPerson() {
        Envelope toDomain = Envelope.of(
                Direction.OUTBOUND,
                Address.of(US),
                new Address("", DomainName.of("chat.example")),
                TrafficKind.MESSAGE);
        assertThat(edge().snapshot().decide(toDomain).reason()).isEqualTo(Reason.NOT_PERSON_TO_PERSON);
    }

    @ParameterizedTest(name = "organisation {0}, federation {1}, XMPP {2}: {3}")
    @CsvSource({
        "true,  true,  true,  ALLOWED",
        "false, true,  true,  FEDERATION_OFF",
        "true,  false, true,  USER_NOT_ENABLED",
        "true,  true,  false, USER_NOT_ENABLED_FOR_XMPP",
        "true,  false, false, USER_NOT_ENABLED"
    })
    void bothLocksAndBothFlagsMustBeOpen(String organisation, String federation, String xmpp, Reason reason) {
        Snapshot edge = contoso()
                .set(EDGE, "sipDomains", "contoso.example", "allowFederatedUsers", organisation)
                .set(ACCESS + "global", "enableFederationAccess", federation, "enableXmppAccess", xmpp)
                .set(PARTNER)
                .snapshot();
        assertThat(edge.decide(outbound(US, THEM)).reason()).isEqualTo(reason);
        assertThat(edge.decide(fromLink(THEM, US, Trust.STRONG)).reason()).isEqualTo(reason);
    }

    @Test
    void aStampOfTheHomeOpensNothingBecauseItSaysNothingOfXmpp() {
        Snapshot edge = contoso()
                .set(EDGE, "sipDomains", "contoso.example", "allowFederatedUsers", "true", "honourUserData", "true")
                .set(ACCESS + "global", "enableFederationAccess", "true")
                .set(PARTNER)
                .snapshot();
        assertThat(edge.decide(fromLink(THEM, US, Trust.STRONG)).reason()).isEqualTo(Reason.USER_NOT_ENABLED_FOR_XMPP);
    }

    @ParameterizedTest(name = "TLS {0}, SASL {1}: {2} is {3}")
    @CsvSource({
        "Required, Required, STRONG,    ALLOWED",
        "Required, Required, WEAK,      PROOF_TOO_WEAK",
        "Required, Optional, WEAK,      ALLOWED",
        "Required, Optional, SPOOFABLE, PROOF_TOO_WEAK",
        "Optional, Optional, SPOOFABLE, ALLOWED",
        "Optional, Optional, NONE,      PROOF_TOO_WEAK"
    })
    void theSendersDomainIsProvenAsStronglyAsAgreed(String tls, String sasl, Trust trust, Reason reason) {
        Snapshot edge = edge().set(PARTNER, "tlsNegotiation", tls, "saslNegotiation", sasl, "allowUnencrypted", "true")
                .snapshot();
        assertThat(edge.decide(fromLink(THEM, US, trust)).reason()).isEqualTo(reason);
    }

    @Test
    void whoIsNoPartnerDoesNotCross() {
        Snapshot edge = edge().snapshot();
        assertThat(edge.decide(fromLink("eve@elsewhere.example", US, Trust.STRONG))
                        .reason())
                .isEqualTo(Reason.DOMAIN_NOT_ALLOWED);
        assertThat(edge.decide(outbound(US, "eve@elsewhere.example")).reason()).isEqualTo(Reason.DOMAIN_NOT_ALLOWED);
        assertThat(edge.decide(inbound(THEM, US, TrafficKind.MESSAGE).by("other", Trust.STRONG))
                        .reason())
                .as("a partner of XMPP is none of another network")
                .isEqualTo(Reason.DOMAIN_NOT_ALLOWED);
    }

    @Test
    void outsideNeverReachesOutsideAndNeverSpeaksForUs() {
        Snapshot edge = edge().snapshot();
        assertThat(edge.decide(fromLink(THEM, "carl@fabrikam.example", Trust.STRONG))
                        .reason())
                .isEqualTo(Reason.NOT_OUR_DOMAIN);
        assertThat(edge.decide(fromLink("alice@contoso.example", US, Trust.STRONG))
                        .reason())
                .isEqualTo(Reason.OWN_DOMAIN_FROM_OUTSIDE);
        assertThat(edge.decide(outbound("carl@fabrikam.example", THEM)).reason())
                .isEqualTo(Reason.NOT_OUR_DOMAIN);
    }

    @Test
    void aBlockedDomainIsNoPartner() {
        Snapshot edge = edge().set(BLOCKED + "chat.example").snapshot();
        assertThat(edge.decide(outbound(US, THEM)).reason()).isEqualTo(Reason.DOMAIN_BLOCKED);
        assertThat(edge.decide(fromLink(THEM, US, Trust.STRONG)).reason()).isEqualTo(Reason.DOMAIN_BLOCKED);
    }

    @Test
    void sipFromTheDomainOfAnXmppPartnerIsNotTakenEvenByDiscovery() {
        Snapshot edge = edge().set(
                        EDGE,
                        "sipDomains",
                        "contoso.example",
                        "allowFederatedUsers",
                        "true",
                        "enablePartnerDiscovery",
                        "true")
                .snapshot();
        assertThat(edge.decide(inbound(THEM, US, dns("chat.example"))).reason()).isEqualTo(Reason.DOMAIN_NOT_ALLOWED);
    }

    @Test
    void aPartnerGoesByXmppEvenWhereEverythingElseGoesByTheDefaultRoute() {
        Snapshot edge = edge().set(
                        EDGE,
                        "sipDomains",
                        "contoso.example",
                        "allowFederatedUsers",
                        "true",
                        "routingMethod",
                        "UseDefaultRouting",
                        "defaultRouteFqdn",
                        "edge.hub.example")
                .snapshot();
        assertThat(edge.decide(outbound(US, THEM)).route()).get().isInstanceOf(Route.Link.class);
        assertThat(edge.decide(outbound(US, "carl@fabrikam.example")).route())
                .get()
                .isInstanceOf(Route.Server.class);
    }

    @ParameterizedTest
    @CsvSource({"Federated, true", "PublicVerified, true", "PublicUnverified, false"})
    void thePartnerTypeSaysWhetherItsUsersCountAsVerified(String type, boolean verified) {
        Snapshot edge = edge().set(PARTNER, "partnerType", type).snapshot();
        assertThat(edge.decide(fromLink(THEM, US, Trust.STRONG)).verified()).isEqualTo(verified);
    }

    @Test
    void everyDomainOfAPartnerIsThePartner() {
        Snapshot edge = edge().set(PARTNER, "additionalDomains", "more.example").snapshot();
        for (String domain : List.of("chat.example", "more.example")) {
            assertThat(edge.decide(outbound(US, "alice@" + domain)).route())
                    .contains(new Route.Link("xmpp", DomainName.of(domain)));
        }
    }

    private static Configured edge() {
        return contoso()
                .set(ACCESS + "global", "enableFederationAccess", "true", "enableXmppAccess", "true")
                .set(PARTNER);
    }

    private static Envelope fromLink(String sender, String recipient, Trust trust) {
        return inbound(sender, recipient, TrafficKind.MESSAGE).by("xmpp", trust);
    }
}
