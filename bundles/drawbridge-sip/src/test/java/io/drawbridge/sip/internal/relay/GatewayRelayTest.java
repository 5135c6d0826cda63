// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import static io.drawbridge.sip.internal.relay.TestPeer.header;
import static io.drawbridge.sip.internal.relay.TestPeer.headers;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.Side;
import io.drawbridge.api.partner.NetworkAddresses;
import io.drawbridge.api.policy.Naming;
import io.drawbridge.api.policy.Offered;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.policy.Rule;
import io.drawbridge.api.provider.Decoration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A public provider's gateway: people have one name on the network and another here, and dialogs hold (lync-edge 7.2). */
class GatewayRelayTest {
    private static final String INVITE =
            """
            INVITE sip:bob@corp.example SIP/2.0
            Via: SIP/2.0/TLS pool.contoso.example:5061;branch=z9hG4bKcall1
            Max-Forwards: 70
            From: <sip:ann@contoso.example>;tag=a1
            To: "Bob" <sip:bob@corp.example>
            Call-ID: c1@contoso.example
            CSeq: 7 INVITE
            Contact: <sip:ann@pool.contoso.example:5061;transport=tls>
            """;

    private static final String FROM_NETWORK =
            """
            MESSAGE sip:ann@contoso.example SIP/2.0
            Via: SIP/2.0/TLS gateway.msn.example:5061;branch=z9hG4bKin1
            Max-Forwards: 70
            From: "Bob" <sip:bob(corp.example)@msn.example>;tag=b1
            To: <sip:ann@contoso.example>
            Call-ID: in1@msn.example
            CSeq: 1 MESSAGE
            """;

    private final RelayHarness harness = new RelayHarness();
    private final TestPeer home = harness.accepted(Side.INSIDE, "pool.contoso.example");
    private final TestPeer homeServer = harness.opened(Side.INSIDE, "pool.contoso.example");
    private final TestPeer gateway = harness.opened(Side.OUTSIDE, "gateway.msn.example");
    private final TestPeer network = harness.accepted(Side.OUTSIDE, "gateway.msn.example");

    @BeforeEach
    void msnIsReachedByItsGateway() {
        gateway("msn.example", "live.example", "corp.example");
        harness.networkAddresses = Optional.of(RelayHarness.AS_WRITTEN);
    }

    private void gateway(String... domains) {
        Set<DomainName> names = List.of(domains).stream().map(DomainName::of).collect(Collectors.toSet());
        Naming naming = new Naming("msn", names, Optional.of(Decoration.at("msn.example", "live.example")));
        names.forEach(name -> harness.gateways.put(name, naming));
    }

    private String invited() {
        home.sends(INVITE);
        home.gets("SIP/2.0 100 Trying");
        return gateway.gets("INVITE");
    }

    @Test
    void outwardsRequestUriAndToNameThePersonAsTheNetworkDoes() {
        String sent = invited();

        assertThat(sent).startsWith("INVITE sip:bob(corp.example)@msn.example SIP/2.0\r\n");
        assertThat(header(sent, "To")).isEqualTo("\"Bob\" <sip:bob(corp.example)@msn.example>");
        assertThat(header(sent, "From")).isEqualTo("<sip:ann@contoso.example>;tag=a1");
    }

    @Test
    void answersNameThePersonAsTheSenderDid_rfc3261_8_2_6_2() {
        String sent = invited();
        gateway.answers(sent, 180, "Ringing");
        assertThat(header(home.gets("SIP/2.0 180"), "To")).startsWith("\"Bob\" <sip:bob@corp.example>");
        gateway.answers(sent, 486, "Busy Here");

        String answer = home.gets("SIP/2.0 486");
        assertThat(header(answer, "To")).startsWith("\"Bob\" <sip:bob@corp.example>");
        assertThat(header(gateway.gets("ACK sip:bob(corp.example)@msn.example SIP/2.0"), "To"))
                .startsWith("\"Bob\" <sip:bob(corp.example)@msn.example>");
    }

    @Test
    void theCancelNamesThePersonAsTheInviteDid_rfc3261_9_1() {
        gateway.answers(invited(), 180, "Ringing");
        home.gets("SIP/2.0 180");
        home.sends(INVITE.replace("INVITE", "CANCEL"));
        home.gets("SIP/2.0 200");

        String cancel = gateway.gets("CANCEL sip:bob(corp.example)@msn.example SIP/2.0");
        assertThat(header(cancel, "To")).isEqualTo("\"Bob\" <sip:bob(corp.example)@msn.example>");
    }

    @Test
    void aDialogKeepsBothNamesInBothDirectionsAlsoWithoutThePlugIn() {
        String sent = invited();
        List<String> route = headers(sent, "Record-Route");
        harness.networkAddresses = Optional.empty();
        home.sends(inDialog("ACK sip:device@10.0.0.1;transport=tls", reversed(route), "CSeq: 7 ACK"));

        String ack = gateway.gets("ACK sip:device@10.0.0.1;transport=tls SIP/2.0");
        assertThat(header(ack, "To")).isEqualTo("\"Bob\" <sip:bob(corp.example)@msn.example>;tag=b1");

        network.sends(bye("sip:bob(corp.example)@msn.example", route));
        String bye = homeServer.gets("BYE");
        assertThat(header(bye, "From")).isEqualTo("\"Bob\" <sip:bob@corp.example>;tag=b1");
        homeServer.answers(bye, 200, "OK");
        assertThat(header(network.gets("SIP/2.0 200"), "From"))
                .isEqualTo("\"Bob\" <sip:bob(corp.example)@msn.example>;tag=b1");
    }

    @Test
    void namesInARouteThatTheSealDoesNotCoverAreNobodys() {
        List<String> route = headers(invited(), "Record-Route");
        String mark = ";as=";
        List<String> forged = route.stream()
                .map(value -> value.contains(mark)
                        ? value.substring(0, value.indexOf(mark))
                                + mark
                                + new Names(
                                                Address.of("eve@contoso.example"),
                                                Address.of("bob(corp.example)@msn.example"))
                                        .sealed()
                                + ">"
                        : value)
                .toList();
        network.sends(bye("sip:bob(corp.example)@msn.example", forged));

        network.gets("SIP/2.0 403");
        homeServer.getsNothing();
    }

    @Test
    void aRequestInADialogThatBringsNoSealOfOursIsNamedLikeAnyOther() {
        List<String> route = headers(invited(), "Record-Route").stream()
                .map(value -> value.replaceAll(";(seal|as)=[^;>]*", ""))
                .toList();
        home.sends(inDialog("INFO sip:bob@corp.example", reversed(route), "CSeq: 8 INFO"));
        String out = gateway.gets("INFO sip:bob(corp.example)@msn.example SIP/2.0");
        assertThat(header(out, "To")).isEqualTo("\"Bob\" <sip:bob(corp.example)@msn.example>;tag=b1");

        network.sends(bye("sip:bob(corp.example)@msn.example", route)
                .replace("sip:ann@pool.contoso.example:5061;transport=tls", "sip:ann@contoso.example"));
        assertThat(header(homeServer.gets("BYE"), "From")).isEqualTo("\"Bob\" <sip:bob@corp.example>;tag=b1");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "INFO, application/xml, <KeyboardActivity><status status=\"type\"/></KeyboardActivity>",
        "MESSAGE, application/im-iscomposing+xml, <isComposing><state>active</state></isComposing>",
        "MESSAGE, message/imdn+xml, <imdn/>",
        "MESSAGE, application/ms-imdn+xml, <imdn/>",
    })
    void whoIsWritingIsAnsweredHereForANetworkThatDoesNotShowIt(String method, String type, String body) {
        harness.shown = Set.of();
        home.sends(signal(method, type, body));

        home.gets("SIP/2.0 200 OK");
        gateway.getsNothing();
        assertThat(harness.onlyCrossing().reason()).isEqualTo(Reason.SIGNAL_UNKNOWN_THERE);
    }

    @Test
    void aReceiptInAnEnvelopeIsAnsweredHereAndATextInOneGoesOn_rfc3862() {
        harness.shown = Set.of();
        String envelope = "From: <im:ann@contoso.example>\nTo: <im:bob@msn.example>\n\nContent-Type: ";
        home.sends(signal("MESSAGE", "message/cpim", envelope + "message/imdn+xml\n\n<imdn/>"));
        home.gets("SIP/2.0 200 OK");
        gateway.getsNothing();

        home.sends(signal("MESSAGE", "message/cpim", envelope + "text/plain\n\nContent-Type: message/imdn+xml"));
        gateway.gets("MESSAGE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From: <im:ann@contoso.example>\n\nContent-ID: <1@contoso.example>\n\nHi\nContent-Type: message/imdn+xml",
                "From: <im:ann@contoso.example>\n\n\nContent-Type: message/imdn+xml",
                "Content-Type: message/imdn+xml\n\nContent-Type: text/plain\n\nHi",
                "Content-Type: message/imdn+xml"
            })
    void onlyTheHeaderFieldsOfTheContentSayWhatAnEnvelopeHolds_rfc3862(String body) {
        harness.shown = Set.of();
        home.sends(signal("MESSAGE", "message/cpim", body));
        gateway.gets("MESSAGE");
    }

    @Test
    void aDocumentCrossesAsItCameWithTheNetworksNameInIt_rfc3261_16_6() {
        String document = "<presence entity=\"sip:bob(corp.example)@msn.example\"/>";
        network.sends(FROM_NETWORK.replace("MESSAGE", "NOTIFY") + "Event: presence\n"
                + "Subscription-State: active\nContact: <sip:gateway.msn.example:5061;transport=tls>\n"
                + "Content-Type: application/pidf+xml\nContent-Length: " + document.length() + "\n\n" + document);
        String arrived = homeServer.gets("NOTIFY");
        assertThat(header(arrived, "From")).isEqualTo("\"Bob\" <sip:bob@corp.example>;tag=b1");
        assertThat(arrived).endsWith("\r\n\r\n" + document);
    }

    @Test
    void whoIsWritingGoesToANetworkThatShowsIt() {
        harness.shown = Set.of(Offered.TYPING);
        home.sends(signal("MESSAGE", "application/im-iscomposing+xml", "<isComposing/>"));
        gateway.gets("MESSAGE");
    }

    private static String signal(String method, String type, String body) {
        return INVITE.replace("INVITE", method)
                        .replace("bob@corp.example", "bob@live.example")
                        .replace("call1", "call" + body.hashCode())
                + "Content-Type: " + type + "\nContent-Length: "
                + body.replace("\n", "\r\n").length() + "\n\n" + body;
    }

    @Test
    void aNameThatIsTheSameOnBothSidesChangesNothing() {
        home.sends(INVITE.replace("bob@corp.example", "bob@live.example"));
        home.gets("SIP/2.0 100 Trying");
        String sent = gateway.gets("INVITE sip:bob@live.example SIP/2.0");

        assertThat(headers(sent, "Record-Route")).noneMatch(value -> value.contains(";as="));
        assertThat(header(sent, "To")).isEqualTo("\"Bob\" <sip:bob@live.example>");
    }

    @Test
    void inwardsAPersonAtADomainOfTheProvidersIsNamedAsOwnUsersDo() {
        network.sends(FROM_NETWORK);
        String arrived = homeServer.gets("MESSAGE");
        assertThat(header(arrived, "From")).isEqualTo("\"Bob\" <sip:bob@corp.example>;tag=b1");
        assertThat(header(arrived, "ms-edge-proxy-message-trust"))
                .contains("ms-source-type=AuthorizedServer", "ms-source-network=publiccloud")
                .contains("ms-remote-fqdn=gateway.msn.example");
        homeServer.answers(arrived, 200, "OK");

        assertThat(header(network.gets("SIP/2.0 200"), "From"))
                .isEqualTo("\"Bob\" <sip:bob(corp.example)@msn.example>;tag=b1");
        assertThat(harness.onlyCrossing().sender())
                .as("what the trace knows is the name on the network (interworking 8.2)")
                .isEqualTo(Address.of("bob(corp.example)@msn.example"));
    }

    @Test
    void aLookAlikeOfSomebodyOfOursOrOfAnotherPartnerStaysWhoItIs() {
        for (String domain : List.of("contoso.example", "fabrikam.example")) {
            network.sends(FROM_NETWORK.replace("corp.example", domain).replace("in1", "in1-" + domain));
            assertThat(header(homeServer.gets("MESSAGE"), "From"))
                    .isEqualTo("\"Bob\" <sip:bob(" + domain + ")@msn.example>;tag=b1");
        }
    }

    @Test
    void aDialogThatTheNetworkBeganKeepsTheNetworksOwnSpelling() {
        String invite = FROM_NETWORK.replace("MESSAGE", "INVITE").replace("bob(corp.example)", "bob(CORP.example)")
                + "Contact: <sip:gateway.msn.example:5061;transport=tls>\n";
        network.sends(invite);
        String arrived = homeServer.gets("INVITE");
        assertThat(header(arrived, "From")).isEqualTo("\"Bob\" <sip:bob@corp.example>;tag=b1");

        home.sends(inDialog(
                        "BYE sip:gateway.msn.example:5061;transport=tls",
                        headers(arrived, "Record-Route"),
                        "CSeq: 2 BYE")
                .replace("c1@contoso.example", "in1@msn.example"));
        assertThat(header(gateway.gets("BYE"), "To")).isEqualTo("\"Bob\" <sip:bob(CORP.example)@msn.example>;tag=b1");
    }

    @Test
    void whatThePlugInSaysComesBeforeDecorationAndIsWaitedFor() {
        Slow slow = new Slow();
        harness.networkAddresses = Optional.of(slow);
        home.sends(INVITE);
        home.gets("SIP/2.0 100 Trying");
        gateway.getsNothing();
        slow.answer.complete(NetworkAddresses.Answer.of(Address.of("robert@corp.example")));
        harness.settle();

        String sent = gateway.gets("INVITE sip:robert(corp.example)@msn.example SIP/2.0");
        gateway.answers(sent, 180, "Ringing");
        assertThat(header(home.gets("SIP/2.0 180"), "To")).startsWith("\"Bob\" <sip:bob@corp.example>");
    }

    @Test
    void anAddressThePlugInRefusesIsRefusedWithItsRule() {
        refused(NetworkAddresses.Answer.refused(Reason.ADDRESS_UNKNOWN_THERE, "a screen name begins with a letter"));

        String answer = home.gets("SIP/2.0 404");
        assertThat(header(answer, "ms-diagnostics")).startsWith("1003;");
        assertThat(harness.onlyCrossing().rules())
                .last()
                .satisfies(rule -> assertThat(rule.rule()).isEqualTo(Rule.ADDRESS))
                .satisfies(rule -> assertThat(rule.detail()).isEqualTo("a screen name begins with a letter"));
    }

    @Test
    void aPlugInCannotMakeSomebodyOfOursOutOfAStranger() {
        refused(NetworkAddresses.Answer.of(Address.of("ceo@contoso.example")));
        home.gets("SIP/2.0 504");
        assertThat(harness.onlyCrossing().reason()).isEqualTo(Reason.PROVIDER_FAILED);
    }

    @Test
    void aPlugInCannotBreakOutOfAnAddress() {
        refused(NetworkAddresses.Answer.of(Address.of("bob>;tag=1@live.example")));
        home.gets("SIP/2.0 504");
        assertThat(harness.onlyCrossing().reason()).isEqualTo(Reason.PROVIDER_FAILED);
    }

    @Test
    void withoutTheHostOfProvidersARequestIsToldToComeBackLater() {
        harness.networkAddresses = Optional.empty();
        home.sends(INVITE);
        home.gets("SIP/2.0 100 Trying");
        home.gets("SIP/2.0 504");
        assertThat(harness.onlyCrossing().reason()).isEqualTo(Reason.PROVIDER_ABSENT);
    }

    private void refused(NetworkAddresses.Answer answer) {
        Slow slow = new Slow();
        slow.answer.complete(answer);
        harness.networkAddresses = Optional.of(slow);
        home.sends(INVITE);
        home.gets("SIP/2.0 100 Trying");
        harness.settle();
        gateway.getsNothing();
    }

    private static List<String> reversed(List<String> values) {
        List<String> route = new ArrayList<>(values);
        Collections.reverse(route);
        return route;
    }

    private static String inDialog(String start, List<String> route, String cSeq) {
        return start + " SIP/2.0\n"
                + "Via: SIP/2.0/TLS pool.contoso.example:5061;branch=z9hG4bK" + cSeq.hashCode() + "\n"
                + "Max-Forwards: 70\n"
                + "Route: " + String.join(", ", route) + "\n"
                + "From: <sip:ann@contoso.example>;tag=a1\n"
                + "To: \"Bob\" <sip:bob@corp.example>;tag=b1\n"
                + "Call-ID: c1@contoso.example\n"
                + cSeq + "\n";
    }

    private static String bye(String sender, List<String> route) {
        return "BYE sip:ann@pool.contoso.example:5061;transport=tls SIP/2.0\n"
                + "Via: SIP/2.0/TLS gateway.msn.example:5061;branch=z9hG4bKbye\n"
                + "Max-Forwards: 70\n"
                + "Route: " + String.join(", ", route) + "\n"
                + "From: \"Bob\" <" + sender + ">;tag=b1\n"
                + "To: <sip:ann@contoso.example>;tag=a1\n"
                + "Call-ID: c1@contoso.example\n"
                + "CSeq: 1 BYE\n";
    }

    /** A plug-in that answers when the test wants it to. */
    private static final class Slow implements NetworkAddresses {
        private final CompletableFuture<Answer> answer = new CompletableFuture<>();

        @Override
        public CompletionStage<Answer> toNetwork(String provider, Address written) {
            return answer;
        }

        @Override
        public CompletionStage<Answer> fromNetwork(String provider, Address known) {
            return answer;
        }
    }
}
