// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.policy;

import static io.drawbridge.core.internal.Configured.ACCESS;
import static io.drawbridge.core.internal.Configured.ALLOWED;
import static io.drawbridge.core.internal.Configured.HOSTING;
import static io.drawbridge.core.internal.Configured.XMPP;
import static io.drawbridge.core.internal.Configured.contoso;
import static io.drawbridge.core.internal.Configured.contosoWith;
import static io.drawbridge.core.internal.Peers.dns;
import static io.drawbridge.core.internal.Peers.inbound;
import static io.drawbridge.core.internal.Peers.marked;
import static io.drawbridge.core.internal.Peers.outbound;
import static io.drawbridge.core.internal.Peers.srv;
import static io.drawbridge.core.internal.Peers.stamped;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.VerificationLevel;
import io.drawbridge.api.partner.PublicProvider;
import io.drawbridge.api.partner.PublicProvider.State;
import io.drawbridge.api.partner.SipGateway;
import io.drawbridge.api.policy.Envelope;
import io.drawbridge.api.policy.Naming;
import io.drawbridge.api.policy.Offered;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.policy.Route;
import io.drawbridge.api.policy.Rule;
import io.drawbridge.api.policy.RuleResult;
import io.drawbridge.api.policy.SourceType;
import io.drawbridge.api.policy.TrafficKind;
import io.drawbridge.api.policy.UserData;
import io.drawbridge.api.policy.Verdict;
import io.drawbridge.api.provider.Capability;
import io.drawbridge.api.provider.Decoration;
import io.drawbridge.core.internal.Configured;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Public providers with a SIP gateway: two locks, state, who may speak for them, what they carry (lync-edge 2.3, 6.4, 7). */
final class PublicGatewayTest {
    private static final String PID = "io.drawbridge.provider~msn";
    private static final String PROXY = "gateway.msn.example";
    private static final String US = "bob@contoso.example";
    private static final String THEM = "ann@msn.example";

    @Test
    void aRequestToAProviderGoesToItsGatewayAndCountsAsPublicIm() {
        Verdict verdict = open().snapshot().decide(outbound(US, THEM));
        assertThat(verdict.route()).hasValueSatisfying(route -> assertThat(((Route.Server) route).server())
                .isEqualTo(new HostPort(PROXY, 5061)));
        assertThat(verdict.source()).contains(SourceType.PROVIDER);
        assertThat(verdict.publicCloud()).isTrue();
        assertThat(verdict.naming().map(Naming::provider)).contains("msn");
    }

    @Test
    void allDomainsOfAProviderShareTheConnectionsToItsGateway() {
        Snapshot edge = open().snapshot();
        assertThat(edge.decide(outbound(US, "ann@live.example")).route())
                .isEqualTo(edge.decide(outbound(US, THEM)).route());
    }

    @Test
    void theGatewaySpeaksForItsDomainsByTheNameOfItsServer() {
        Verdict verdict = open().snapshot().decide(inbound(THEM, US, dns(PROXY)));
        assertThat(verdict.allowed()).isTrue();
        assertThat(verdict.publicCloud()).isTrue();
        assertThat(verdict.source()).contains(SourceType.PROVIDER);
    }

    @Test
    void nobodyElseSpeaksForAProvidersDomain() {
        Snapshot edge = openWith("enablePartnerDiscovery", "true").snapshot();
        Envelope honest = inbound(THEM, US, dns("sip.msn.example", "msn.example"));
        assertThat(edge.decide(honest.with(srv("sip.msn.example"))).reason()).isEqualTo(Reason.PEER_NOT_AUTHORIZED);
    }

    @Test
    void theGatewaySpeaksForNoDomainButItsOwn() {
        Configured edge = openWith("enablePartnerDiscovery", "true").set(ALLOWED + "fabrikam.example");
        for (String sender : new String[] {"eve@fabrikam.example", "eve@unknown.example"}) {
            Envelope foreign = inbound(sender, US, dns(PROXY, "fabrikam.example"));
            assertThat(edge.snapshot().decide(foreign.with(srv(PROXY))).reason())
                    .as(sender)
                    .isEqualTo(Reason.PEER_NOT_AUTHORIZED);
        }
    }

    @Test
    void anOwnDomainIsNotAProvidersWhateverItSays() {
        assertThat(open().snapshot()
                        .decide(inbound("eve@contoso.example", US, dns(PROXY)))
                        .reason())
                .isEqualTo(Reason.OWN_DOMAIN_FROM_OUTSIDE);
    }

    @Test
    void aDomainWhoseRecordLeadsToTheGatewayIsTheProvidersOnlyIfItIsListed() {
        Verdict verdict = openWith("enablePartnerDiscovery", "true")
                .snapshot()
                .decide(outbound(US, "ann@other.example").with(srv(PROXY)));
        assertThat(verdict.reason()).isEqualTo(Reason.DOMAIN_NOT_ALLOWED);
        assertThat(last(verdict).detail()).contains("leads to the gateway of Messenger");
    }

    @ParameterizedTest
    @CsvSource({"DISABLED, PROVIDER_DISABLED", "ENDED, PROVIDER_ENDED"})
    void nothingPassesAProviderThatTakesNoPart(State state, Reason reason) {
        Snapshot edge = open().offering(msn(state, VerificationLevel.ALWAYS_VERIFIABLE, "msn.example"))
                .snapshot();
        assertThat(edge.decide(outbound(US, THEM)).reason()).isEqualTo(reason);
        assertThat(edge.decide(inbound(THEM, US, dns(PROXY))).reason()).isEqualTo(reason);
    }

    @Test
    void theFirstLockIsTheOrganisationsAndTheSecondTheUsers() {
        PublicProvider msn = msn(State.ENABLED, VerificationLevel.ALWAYS_VERIFIABLE, "msn.example");
        Snapshot off = contosoWith("allowFederatedUsers", "false").offering(msn).snapshot();
        assertThat(off.decide(outbound(US, THEM)).reason()).isEqualTo(Reason.FEDERATION_OFF);
        Snapshot notForUser = contoso().offering(msn).snapshot();
        assertThat(notForUser.decide(outbound(US, THEM)).reason()).isEqualTo(Reason.USER_NOT_ENABLED_FOR_PUBLIC_CLOUD);
        assertThat(notForUser.decide(inbound(THEM, US, dns(PROXY))).reason())
                .isEqualTo(Reason.USER_NOT_ENABLED_FOR_PUBLIC_CLOUD);
    }

    @Test
    void callsHaveALockOfTheirOwn() {
        Envelope call = outbound(US, THEM, TrafficKind.CALL).offering(Set.of(Offered.AUDIO));
        assertThat(open().snapshot().decide(call).reason()).isEqualTo(Reason.USER_NOT_ENABLED_FOR_PUBLIC_CALLS);
        assertThat(openForCalls().snapshot().decide(call).allowed()).isTrue();
        Envelope in = inbound(THEM, US, TrafficKind.CALL).from(dns(PROXY)).offering(Set.of(Offered.VIDEO));
        assertThat(open().snapshot().decide(in).reason()).isEqualTo(Reason.USER_NOT_ENABLED_FOR_PUBLIC_CALLS);
        assertThat(openForCalls().snapshot().decide(in).allowed()).isTrue();
    }

    @Test
    void theStampOfTheHomeSaysNothingOfCallsSoTheEdgesPolicyDecidesOnThem() {
        Configured edge = contosoWith("honourUserData", "true")
                .offering(msn(State.ENABLED, VerificationLevel.ALWAYS_VERIFIABLE, "msn.example"));
        Envelope text = stamped(outbound(US, THEM), new UserData(true, true));
        Envelope call =
                stamped(outbound(US, THEM, TrafficKind.CALL).offering(Set.of(Offered.AUDIO)), new UserData(true, true));
        assertThat(edge.snapshot().decide(text).allowed()).isTrue();
        assertThat(edge.snapshot().decide(call).reason()).isEqualTo(Reason.USER_NOT_ENABLED_FOR_PUBLIC_CALLS);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "AUDIO, MEDIA_UNKNOWN_THERE",
        "VIDEO, MEDIA_UNKNOWN_THERE",
        "FILE, MEDIA_UNKNOWN_THERE",
        "OTHER_MEDIA, MEDIA_UNKNOWN_THERE",
        "THIRD_PERSON, TWO_PERSONS_ONLY",
    })
    void whatANetworkWithTextOnlyDoesNotCarryIsRefusedInBothDirections(Offered what, Reason reason) {
        Snapshot edge = openForCalls()
                .offering(gateway(
                        State.ENABLED,
                        VerificationLevel.ALWAYS_VERIFIABLE,
                        new SipGateway(new HostPort(PROXY, 5061), Optional.empty(), Set.of(Capability.MESSAGES), false),
                        "msn.example"))
                .snapshot();
        assertThat(edge.decide(outbound(US, THEM).offering(Set.of(what))).reason())
                .isEqualTo(reason);
        assertThat(edge.decide(inbound(THEM, US, dns(PROXY)).offering(Set.of(what)))
                        .reason())
                .isEqualTo(reason);
        assertThat(edge.decide(outbound(US, THEM, TrafficKind.CALL)).reason()).isEqualTo(Reason.MEDIA_UNKNOWN_THERE);
    }

    @ParameterizedTest
    @EnumSource(
            value = Offered.class,
            names = {"TYPING", "RECEIPT"})
    void whatANetworkDoesNotShowIsNotSentToIt(Offered signal) {
        Snapshot silent = showing(Capability.MESSAGES);
        assertThat(silent.decide(outbound(US, THEM).offering(Set.of(signal))).reason())
                .isEqualTo(Reason.SIGNAL_UNKNOWN_THERE);
        assertThat(silent.decide(inbound(THEM, US, dns(PROXY)).offering(Set.of(signal)))
                        .allowed())
                .as("what it sends all the same harms nobody")
                .isTrue();
        Snapshot showing = showing(Capability.MESSAGES, Capability.TYPING, Capability.RECEIPTS);
        assertThat(showing.decide(outbound(US, THEM).offering(Set.of(signal))).allowed())
                .isTrue();
    }

    private Snapshot showing(Capability... capabilities) {
        return open().offering(gateway(
                        State.ENABLED,
                        VerificationLevel.ALWAYS_VERIFIABLE,
                        new SipGateway(new HostPort(PROXY, 5061), Optional.empty(), Set.of(capabilities), false),
                        "msn.example"))
                .snapshot();
    }

    @ParameterizedTest
    @CsvSource({"FILE, MEDIA_UNKNOWN_THERE", "THIRD_PERSON, TWO_PERSONS_ONLY", "OTHER_MEDIA, MEDIA_UNKNOWN_THERE"})
    void filesAndAThirdPersonAreRefusedByEveryNetwork(Offered what, Reason reason) {
        Envelope offer = outbound(US, THEM).offering(Set.of(what));
        assertThat(openForCalls().snapshot().decide(offer).reason()).isEqualTo(reason);
    }

    @ParameterizedTest(name = "{0}, marked {1}: verified {2}")
    @CsvSource({
        "ALWAYS_VERIFIABLE, false, true",
        "ALWAYS_UNVERIFIABLE, true, false",
        "USE_SOURCE_VERIFICATION, true, true",
        "USE_SOURCE_VERIFICATION, false, false",
        "USE_SOURCE_VERIFICATION, , false",
    })
    void theVerificationLevelSaysHowFarTheNetworksMarkCounts(VerificationLevel level, Boolean mark, boolean verified) {
        Snapshot edge =
                open().offering(msn(State.ENABLED, level, "msn.example")).snapshot();
        Verdict verdict = edge.decide(marked(inbound(THEM, US, dns(PROXY)), mark));
        assertThat(verdict.allowed()).isTrue();
        assertThat(verdict.verified()).isEqualTo(verified);
    }

    @Test
    void aVerdictTellsUnderWhichNameARecipientIsKnownOnTheNetwork() {
        Verdict verdict = withCorp().snapshot().decide(outbound(US, "bob@corp.example"));
        assertThat(address(verdict).detail())
                .startsWith("bob(corp.example)@msn.example on the network")
                .contains(PID);
    }

    @ParameterizedTest
    @CsvSource({"b(o)b@corp.example", "bob()@msn.example"})
    void anAddressWithoutAFormOnTheNetworkIsRefusedWithTheRule(String address) {
        Verdict verdict = withCorp().snapshot().decide(outbound(US, address));
        assertThat(verdict.reason()).isEqualTo(Reason.ADDRESS_UNKNOWN_THERE);
        assertThat(last(verdict).detail()).isEqualTo(Decoration.RULE);
    }

    @Test
    void aDecoratedSenderIsJudgedByItsNameOnTheNetworkAndNamesAPersonOnlyAtTheProvidersOwnDomains() {
        Snapshot edge = withCorp().snapshot();
        Verdict listed = edge.decide(inbound("bob(corp.example)@msn.example", US, dns(PROXY)));
        assertThat(address(listed).detail()).startsWith("bob@corp.example to own users");
        Naming naming = listed.naming().orElseThrow();
        for (String domain : new String[] {"contoso.example", "fabrikam.example"}) {
            Address lookAlike = Address.of("bob(" + domain + ")@msn.example");
            Verdict verdict = edge.decide(inbound(lookAlike.toString(), US, dns(PROXY)));
            assertThat(verdict.allowed()).isTrue();
            assertThat(naming.here(lookAlike)).contains(lookAlike);
        }
    }

    @Test
    void aDomainThatIsOursOrAnothersIsNotTheProvidersHoweverItIsConfigured() {
        Configured edge = open().set(ALLOWED + "fabrikam.example")
                .offering(msn(
                        State.ENABLED,
                        VerificationLevel.ALWAYS_VERIFIABLE,
                        "msn.example",
                        "contoso.example",
                        "fabrikam.example"));
        assertThat(edge.problems()).hasSize(2);
        Naming naming = edge.snapshot().decide(outbound(US, THEM)).naming().orElseThrow();
        assertThat(naming.domains())
                .doesNotContain(DomainName.of("contoso.example"), DomainName.of("fabrikam.example"));
        Address lookAlike = Address.of("bob(contoso.example)@msn.example");
        assertThat(naming.here(lookAlike)).contains(lookAlike);
    }

    @Test
    void aServerHasOneRole() {
        Configured hosting = open().set(HOSTING + "other", "proxyFqdn", PROXY);
        assertThat(hosting.problems()).singleElement().satisfies(problem -> assertThat(problem.getMessage())
                .startsWith(PID + ": proxyFqdn=" + PROXY + ":5061: is the server of the provider"));
        Configured partner = open().set(ALLOWED + "fabrikam.example", "proxyFqdn", PROXY);
        assertThat(partner.problems()).singleElement().satisfies(problem -> assertThat(problem.getMessage())
                .contains("is the server of the partner"));
        assertThat(partner.snapshot().gateways()).isEmpty();
    }

    @Test
    void aDomainIsOnOneListOnly() {
        assertThat(open().set(XMPP + "msn.example").problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.getMessage()).startsWith(PID + ": domains=msn.example"));
    }

    private static RuleResult last(Verdict verdict) {
        return verdict.rules().get(verdict.rules().size() - 1);
    }

    private static RuleResult address(Verdict verdict) {
        return verdict.rules().stream()
                .filter(rule -> rule.rule() == Rule.ADDRESS)
                .findFirst()
                .orElseThrow();
    }

    private static Configured open() {
        return enabled(contoso(), "false");
    }

    private static Configured openForCalls() {
        return enabled(contoso(), "true");
    }

    private static Configured openWith(String... edge) {
        return enabled(contosoWith(edge), "false");
    }

    private static Configured withCorp() {
        return open().offering(msn(
                State.ENABLED, VerificationLevel.ALWAYS_VERIFIABLE, "msn.example", "live.example", "corp.example"));
    }

    private static Configured enabled(Configured edge, String calls) {
        return edge.set(
                        ACCESS + "global",
                        "enablePublicCloudAccess",
                        "true",
                        "enablePublicCloudAudioVideoAccess",
                        calls,
                        "enableFederationAccess",
                        "true")
                .offering(msn(State.ENABLED, VerificationLevel.ALWAYS_VERIFIABLE, "msn.example", "live.example"));
    }

    private static PublicProvider msn(State state, VerificationLevel level, String... domains) {
        SipGateway gateway = new SipGateway(
                new HostPort(PROXY, 5061),
                Optional.of(Decoration.at("msn.example", "live.example")),
                Set.of(Capability.MESSAGES, Capability.AUDIO, Capability.VIDEO),
                false);
        return gateway(state, level, gateway, domains);
    }

    private static PublicProvider gateway(State state, VerificationLevel level, SipGateway gateway, String... domains) {
        Set<DomainName> names = Arrays.stream(domains).map(DomainName::of).collect(Collectors.toSet());
        return new PublicProvider(PID, "msn", "Messenger", names, state, level, Optional.of(gateway));
    }
}
