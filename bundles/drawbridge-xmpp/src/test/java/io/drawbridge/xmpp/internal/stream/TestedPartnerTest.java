// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import static io.drawbridge.xmpp.internal.stream.Edge.outcomeOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.diagnosis.Explanation;
import io.drawbridge.api.diagnosis.Step;
import io.drawbridge.api.directory.PeerStatus;
import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.Direction;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.Trust;
import io.drawbridge.api.partner.XmppPartner.Negotiation;
import io.drawbridge.api.policy.Envelope;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.policy.Route;
import io.drawbridge.api.policy.TrafficKind;
import io.drawbridge.api.policy.Verdict;
import io.drawbridge.testbed.DnsServer;
import io.drawbridge.testbed.FreePorts;
import io.drawbridge.testbed.XmppComponentLink;
import io.drawbridge.xmpp.internal.diagnosis.XmppDiagnosis;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an administrator is told of an XMPP partner, tried with a real Prosody where one answers. */
@Timeout(120)
final class TestedPartnerTest {
    private static final Address ALICE = Address.of("alice@corp.example");
    private static final Address BOB = Address.of("bob@chat.example");

    @RegisterExtension
    final EdgeBesideProsody chat = new EdgeBesideProsody();

    private final List<Envelope> judged = new ArrayList<>();
    private XmppDiagnosis diagnosis;

    @BeforeEach
    void everythingIsAllowed() {
        chat.edge.decision = envelope -> {
            judged.add(envelope);
            return allowed(
                    envelope.direction() == Direction.OUTBOUND
                            ? new Route.Link("xmpp", Edge.CHAT)
                            : new Route.Home(Optional.empty()));
        };
        diagnosis = new XmppDiagnosis(chat.edge.gateway, chat.edge);
    }

    private static Verdict allowed(Route route) {
        return new Verdict(
                Verdict.Outcome.ALLOW, Reason.ALLOWED, List.of(), Optional.empty(), true, false, Optional.of(route));
    }

    private List<Step> tested() throws Exception {
        return diagnosis.testPartner(Edge.CHAT).toCompletableFuture().get(40, TimeUnit.SECONDS).stream()
                .filter(step -> !isIncoming(step))
                .toList();
    }

    private static boolean isIncoming(Step step) {
        return step.name().startsWith("incoming");
    }

    private Explanation why(Address sender, Address recipient) throws Exception {
        return diagnosis
                .why(sender, recipient, TrafficKind.MESSAGE)
                .toCompletableFuture()
                .get(40, TimeUnit.SECONDS);
    }

    private static void fails(List<Step> steps, String name, String detail, String remedy) {
        assertThat(steps).last().satisfies(step -> {
            assertThat(step.result()).isEqualTo(Step.Result.FAILED);
            assertThat(step.name()).contains(name);
            assertThat(step.detail()).contains(detail);
            assertThat(step.remedy()).contains(remedy);
        });
        assertThat(steps.subList(0, steps.size() - 1)).noneMatch(step -> step.result() == Step.Result.FAILED);
    }

    @Test
    void everyStepOfAPartnerThatAnswersIsTold() throws Exception {
        chat.starts(chat.trusted().certificatesOnly());

        List<Step> steps = tested();

        assertThat(steps).allMatch(step -> step.result() == Step.Result.OK);
        assertThat(steps)
                .extracting(Step::name)
                .containsSubsequence(
                        "policy", "features", "TLS", "certificate", "features", "authentication", "features", "ping");
        assertThat(steps).extracting(Step::name).anyMatch(name -> name.contains("_xmpp-server._tcp.chat.example"));
        assertThat(steps).extracting(Step::name).anyMatch(name -> name.startsWith("TCP 127.0.0.1"));
        assertThat(steps).last().extracting(Step::detail).asString().contains("proven STRONG");
        assertThat(chat.edge.received).isEmpty();
    }

    @Test
    void howThePartnersOwnStreamsWentIsToldBesides() throws Exception {
        chat.starts(chat.trusted().certificatesOnly());
        assertThat(diagnosis.testPartner(Edge.CHAT).toCompletableFuture().get(40, TimeUnit.SECONDS))
                .last()
                .satisfies(step -> {
                    assertThat(step.name()).startsWith("incoming at ");
                    assertThat(step.result()).isEqualTo(Step.Result.OK);
                    assertThat(step.detail()).startsWith("from 127.0.0.1").endsWith("authenticated by external");
                });
    }

    @Test
    void dialbackIsNamedAsTheProofWhereItIs() throws Exception {
        chat.edge.partner = Edge.partner(Negotiation.REQUIRED, Negotiation.OPTIONAL, true, false);
        chat.starts(chat.untrusted());

        List<Step> steps = tested();

        assertThat(steps).allMatch(step -> step.result() == Step.Result.OK);
        assertThat(steps)
                .filteredOn(step -> step.name().equals("authentication"))
                .extracting(Step::detail)
                .allMatch(detail -> detail.startsWith("dialback"));
        assertThat(steps).last().extracting(Step::detail).asString().contains("proven WEAK");
    }

    @Test
    void aCertificateOfAnotherAuthorityIsThePartnersFault() throws Exception {
        chat.starts(chat.untrusted());

        fails(tested(), "certificate", "(the partner's side)", "trust anchors");
    }

    @Test
    void aCertificateForAnotherDomainIsThePartnersFault() throws Exception {
        chat.starts(chat.settings(chat.authority, "other.example", chat.authority));

        fails(tested(), "certificate", "is not one for chat.example (the partner's side)", "names chat.example");
    }

    @Test
    void aPartnerThatDoesNotTrustThisAppliancesCertificateFailsAtAuthentication() throws Exception {
        chat.starts(
                chat.settings(chat.authority, "chat.example", chat.stranger()).certificatesOnly());

        fails(tested(), "authentication", "(the partner's side)", "trust its certificate");
    }

    @Test
    void aPartnerThatCannotReachThisApplianceFailsAtThePing() throws Exception {
        chat.starts(chat.trusted().certificatesOnly(), FreePorts.next());

        fails(tested(), "ping", "did not answer in time", "_xmpp-server._tcp.corp.example");
    }

    @Test
    void nothingThatListensFailsAtTcp() throws Exception {
        chat.dns.replace(
                DnsServer.host("xmpp.chat.example"),
                DnsServer.xmpp("chat.example", "xmpp.chat.example", FreePorts.next()));

        fails(tested(), "TCP 127.0.0.1", "(the partner's side)", "check that the server there runs");
    }

    @Test
    void aServerThatSaysNothingFailsAtItsFeatures() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            chat.dns.replace(
                    DnsServer.host("xmpp.chat.example"),
                    DnsServer.xmpp("chat.example", "xmpp.chat.example", mute.getLocalPort()));

            fails(tested(), "features", "did not answer in time", "proxyFqdn");
        }
    }

    @Test
    void aDomainWithoutRecordsFailsAtDns() throws Exception {
        fails(tested(), "chat.example", "(the partner's side)", "publish _xmpp-server._tcp.chat.example");
    }

    @Test
    void aDomainThatPolicyRefusesIsNotTried() throws Exception {
        chat.edge.decision = envelope -> Verdict.refused(Reason.DOMAIN_BLOCKED);

        assertThat(tested()).hasSize(1);
        fails(tested(), "policy", "blocked (this appliance's configuration)", "remove");
    }

    @Test
    void whyOfAMessageToAPartnerShowsTheLinkAndTheStream() throws Exception {
        chat.starts(chat.trusted().certificatesOnly());

        Explanation why = why(ALICE, BOB);

        assertThat(why.verdict().route()).map(Object::toString).contains("link xmpp");
        assertThat(why.steps()).last().extracting(Step::name).isEqualTo("ping");
        assertThat(judged).singleElement().satisfies(envelope -> assertThat(envelope.origin())
                .isEmpty());
    }

    @Test
    void whyOfAMessageFromAPartnerIsJudgedByTheProofItGives() throws Exception {
        chat.edge.partner = Edge.partner(Negotiation.REQUIRED, Negotiation.OPTIONAL, true, false);
        chat.starts(chat.trusted().certificatesOnly());

        Explanation why = why(BOB, ALICE);

        assertThat(why.verdict().allowed()).isTrue();
        assertThat(judged)
                .extracting(envelope -> envelope.origin().orElseThrow())
                .containsExactly(new Envelope.Origin("xmpp", Trust.WEAK), new Envelope.Origin("xmpp", Trust.STRONG));
    }

    @Test
    void whyOfAMessageFromAPartnerThatDoesNotAnswerAssumesWhatTheSettingsAskFor() throws Exception {
        Explanation why = why(BOB, ALICE);

        assertThat(judged)
                .extracting(envelope -> envelope.origin().orElseThrow())
                .containsExactly(new Envelope.Origin("xmpp", Trust.STRONG));
        assertThat(why.steps()).anyMatch(step -> step.result() == Step.Result.FAILED);
        assertThat(why.steps()).last().satisfies(step -> assertThat(step.detail())
                .contains("assumed to be STRONG"));
    }

    @Test
    void onlyPartnersAreServed() {
        assertThat(diagnosis.serves(Edge.CHAT)).isTrue();
        assertThat(diagnosis.serves(DomainName.of("fabrikam.example"))).isFalse();
    }

    @Test
    void aPartnerWithAStreamIsAPeerThatIsUp() throws Exception {
        chat.starts(chat.trusted().certificatesOnly());
        try (XmppComponentLink users = chat.prosody.component()) {
            outcomeOf(chat.edge.sends("m1"));
            assertThat(users.next(Duration.ofSeconds(10))).contains("hello");
        }

        assertThat(chat.edge.gateway.outgoing()).singleElement().satisfies(peer -> {
            assertThat(peer.name()).isEqualTo("chat.example (XMPP)");
            assertThat(peer.state()).isEqualTo(PeerStatus.State.UP);
            assertThat(peer.outgoing()).isTrue();
            assertThat(peer.why()).contains("as corp.example", "proven STRONG");
            assertThat(peer.connections()).isEqualTo(1);
            assertThat(peer.tls()).contains("TLSv1.3");
            assertThat(peer.certificateExpires()).isPresent();
        });
    }

    @Test
    void aPartnerThatCannotBeReachedIsAPeerThatIsDown() throws Exception {
        outcomeOf(chat.edge.sends("m1"));

        assertThat(chat.edge.gateway.outgoing()).singleElement().satisfies(peer -> {
            assertThat(peer.state()).isEqualTo(PeerStatus.State.DOWN);
            assertThat(peer.why()).contains("next attempt", "drawbridge:test-partner chat.example");
            assertThat(peer.connections()).isZero();
        });
    }
}
