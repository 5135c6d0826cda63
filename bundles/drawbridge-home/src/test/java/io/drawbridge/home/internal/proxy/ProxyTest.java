// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.proxy;

import static io.drawbridge.home.internal.Scene.ALICE;
import static io.drawbridge.home.internal.Scene.BOB;
import static io.drawbridge.home.internal.Scene.EVE;
import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.drawbridge.home.internal.Scene;
import io.drawbridge.home.internal.TestClient;
import io.drawbridge.home.internal.users.DigestAlgorithm;
import io.drawbridge.lib.jainsip.SipParser;
import io.drawbridge.lib.jainsip.SipText;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3261 section 16 with forking, as users and partners see it. */
final class ProxyTest {
    private static final String TEXT = "Content-Type: text/plain";
    private final Scene scene = new Scene();
    private final TestClient alice = scene.client(ALICE);

    @Test
    void aMessageReachesEveryClientAndIsAnsweredOnce() {
        TestClient desk = scene.client(BOB);
        TestClient mobile = scene.client(BOB);
        message(alice, ALICE, BOB);
        SIPRequest atDesk = desk.request();
        assertThat(atDesk.getRequestURI().toString()).isEqualTo(desk.contact("bob"));
        assertThat(new String(atDesk.getRawContent(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("hi");
        assertThat(alice.pending()).isEmpty();
        desk.answer(atDesk, 486);
        assertThat(alice.pending()).isEmpty();
        mobile.answer(mobile.request(), 200);
        SIPResponse answer = alice.response();
        assertThat(answer.getStatusCode()).isEqualTo(200);
        assertThat(answer.getViaHeaders()).hasSize(1);
        scene.time.advance(Duration.ofMinutes(5));
        assertThat(alice.pending()).isEmpty();
    }

    @Test
    void whoIsNotThereIsUnavailableAndWhoDoesNotExistIsNotFound() {
        message(alice, ALICE, BOB);
        assertThat(alice.response().getStatusCode()).isEqualTo(480);
        message(alice, ALICE, "nobody@contoso.example");
        assertThat(alice.response().getStatusCode()).isEqualTo(404);
        alice.request("MESSAGE", "tel:+49123", ALICE, BOB, "hi", TEXT);
        assertThat(alice.response().getStatusCode()).isEqualTo(416);
    }

    @Test
    void aSilentClientCostsTheSenderLessThanItsOwnTimeout() {
        TestClient bob = scene.client(BOB);
        message(alice, ALICE, BOB);
        scene.time.advance(Duration.ofSeconds(27));
        assertThat(alice.pending()).isEmpty();
        scene.time.advance(Duration.ofSeconds(1));
        assertThat(alice.response().getStatusCode()).isEqualTo(480);
        bob.answer(bob.request(), 200);
        assertThat(alice.pending()).isEmpty();
    }

    @Test
    void aLostConnectionIsToldAtOnce() {
        TestClient bob = scene.client(BOB);
        message(alice, ALICE, BOB);
        bob.close();
        assertThat(alice.response().getStatusCode()).isEqualTo(480);
        TestClient deaf = scene.client(BOB);
        deaf.stopReading();
        message(alice, ALICE, BOB);
        scene.time.advance(Duration.ZERO);
        assertThat(alice.response().getStatusCode()).isEqualTo(480);
    }

    @Test
    void aCallRingsEverywhereAndTheFirstToAnswerWins() {
        TestClient desk = scene.client(BOB);
        TestClient mobile = scene.client(BOB);
        invite(alice, ALICE, BOB);
        assertThat(alice.response().getStatusCode()).isEqualTo(100);
        SIPRequest atDesk = desk.request();
        SIPRequest atMobile = mobile.request();
        desk.answer(atDesk, 180);
        mobile.answer(atMobile, 180);
        assertThat(alice.response().getStatusCode()).isEqualTo(180);
        assertThat(alice.response().getStatusCode()).isEqualTo(180);
        mobile.answer(atMobile, 200, "Contact: <sip:bob@10.0.0.2>");
        assertThat(alice.response().getStatusCode()).isEqualTo(200);
        SIPRequest cancel = desk.request();
        assertThat(cancel.getMethod()).isEqualTo("CANCEL");
        assertThat(cancel.getTopmostVia().getBranch())
                .isEqualTo(atDesk.getTopmostVia().getBranch());
        desk.answer(cancel, 200);
        desk.answer(atDesk, 487);
        assertThat(desk.request().getMethod()).isEqualTo("ACK");
        assertThat(alice.pending()).isEmpty();
    }

    @Test
    void theRestOfACallFollowsTheRecordedRouteOverTheConnectionsThatMadeIt() {
        TestClient bob = scene.client(BOB);
        invite(alice, ALICE, BOB);
        alice.response();
        SIPRequest invite = bob.request();
        List<String> recorded = SipParser.text(invite).lines("Record-Route");
        assertThat(recorded).hasSize(2).allMatch(line -> line.contains(";lr;flow="));
        bob.answer(invite, 200, "Contact: <sip:bob@10.0.0.2>");
        SIPResponse ok = alice.response();
        String routes = String.join("\r\n", reversed(SipParser.text(ok).lines("Record-Route")));
        String to = "<sip:" + BOB + ">;tag=" + ok.getToTag();
        alice.request("ACK", "sip:bob@10.0.0.2", ALICE, to, "", routes);
        SIPRequest ack = bob.request();
        assertThat(ack.getMethod()).isEqualTo("ACK");
        assertThat(ack.getRouteHeaders()).isNull();
        bob.request(
                "BYE",
                alice.contact("alice"),
                BOB,
                "<sip:" + ALICE + ">;tag=f" + alice.id(),
                "",
                String.join("\r\n", recorded).replace("Record-Route", "Route"));
        SIPRequest bye = alice.request();
        assertThat(bye.getMethod()).isEqualTo("BYE");
        alice.answer(bye, 200);
        assertThat(bob.response().getStatusCode()).isEqualTo(200);
        bob.close();
        alice.request("INFO", "sip:bob@10.0.0.2", ALICE, to, "", routes);
        assertThat(alice.response().getStatusCode()).isEqualTo(430);
    }

    @Test
    void aRouteNobodyRecordedLeadsNowhere() {
        scene.client(BOB);
        alice.request(
                "INFO",
                "sip:bob@10.0.0.2",
                ALICE,
                BOB,
                "",
                "Route: <sip:sip.contoso.example:5061;lr;flow=Zm9yZ2VkZm9yZ2Vk>");
        assertThat(alice.response().getStatusCode()).isEqualTo(403);
    }

    @Test
    void aCancelledCallEndsEverywhereWith487() {
        TestClient bob = scene.client(BOB);
        String branch = invite(alice, ALICE, BOB);
        alice.response();
        SIPRequest invite = bob.request();
        bob.answer(invite, 180);
        alice.response();
        alice.request("CANCEL", "sip:" + BOB, ALICE, BOB, branch, sequence(invite), "");
        SIPResponse ok = alice.response();
        assertThat(ok.getCSeq().getMethod()).isEqualTo("CANCEL");
        SIPRequest cancel = bob.request();
        assertThat(cancel.getMethod()).isEqualTo("CANCEL");
        bob.answer(cancel, 200);
        bob.answer(invite, 487);
        SIPResponse terminated = alice.response();
        assertThat(terminated.getStatusCode()).isEqualTo(487);
        assertThat(terminated.getCSeq().getMethod()).isEqualTo("INVITE");
    }

    @Test
    void aCallerWhoIsGoneRingsNobodyAnyMore() {
        TestClient bob = scene.client(BOB);
        invite(alice, ALICE, BOB);
        bob.answer(bob.request(), 180);
        alice.close();
        assertThat(bob.request().getMethod()).isEqualTo("CANCEL");
    }

    @Test
    void aCallThatNobodyTakesIsGivenUpByTimerC() {
        TestClient bob = scene.client(BOB);
        invite(alice, ALICE, BOB);
        alice.response();
        SIPRequest invite = bob.request();
        bob.answer(invite, 180);
        alice.response();
        scene.time.advance(Duration.ofMinutes(4));
        assertThat(bob.request().getMethod()).isEqualTo("CANCEL");
        scene.time.advance(Duration.ofSeconds(32));
        assertThat(alice.response().getStatusCode()).isEqualTo(480);
    }

    @Test
    void aRefusalForAllEndsTheOtherBranchesAndWins() {
        TestClient desk = scene.client(BOB);
        TestClient mobile = scene.client(BOB);
        invite(alice, ALICE, BOB);
        alice.response();
        SIPRequest atDesk = desk.request();
        desk.answer(atDesk, 180);
        alice.response();
        mobile.answer(mobile.request(), 603);
        assertThat(alice.pending()).isEmpty();
        desk.answer(desk.request(), 200);
        desk.answer(atDesk, 487);
        assertThat(alice.response().getStatusCode()).isEqualTo(603);
    }

    @Test
    void whatIsForOutsideGoesToTheRelayAndComesBackByItsRoute() {
        invite(alice, ALICE, EVE);
        alice.response();
        SIPRequest invite = scene.relay.request();
        assertThat(invite.getRequestURI().toString()).isEqualTo("sip:" + EVE);
        scene.relay.answer(invite, 200, "Contact: <sip:eve@198.51.100.1>");
        assertThat(alice.response().getStatusCode()).isEqualTo(200);
        scene.relay.request(
                "BYE",
                alice.contact("alice"),
                EVE,
                "<sip:" + ALICE + ">;tag=f" + alice.id(),
                "",
                String.join("\r\n", SipParser.text(invite).lines("Record-Route"))
                        .replace("Record-Route", "Route"));
        assertThat(alice.request().getMethod()).isEqualTo("BYE");
    }

    @Test
    void theEdgesOwnRecordedRouteIsLeftToItEvenUnderTheSameName() {
        invite(alice, ALICE, EVE);
        alice.response();
        SIPRequest invite = scene.relay.request();
        String edge = "<sip:" + scene.relay.local() + ";transport=tls;lr;r2=on>";
        scene.relay.answer(invite, 200, "Contact: <sip:eve@198.51.100.1>", "Record-Route: " + edge);
        SIPResponse ok = alice.response();
        List<String> recorded = SipParser.text(ok).lines("Record-Route");
        assertThat(recorded).hasSize(3);
        String home = reversed(recorded).get(0) + "\r\n" + reversed(recorded).get(1);
        alice.request(
                "BYE",
                "sip:eve@198.51.100.1",
                ALICE,
                "<sip:" + EVE + ">;tag=" + ok.getToTag(),
                "",
                home + "\r\nRoute: " + edge);
        assertThat(SipParser.text(scene.relay.request()).lines("Route")).containsExactly("Route: " + edge);
    }

    @Test
    void whatComesFromOutsideReachesUsersAndNeverOutside() {
        message(scene.relay, EVE, ALICE);
        SIPRequest atAlice = alice.request();
        alice.answer(atAlice, 200);
        assertThat(scene.relay.response().getStatusCode()).isEqualTo(200);
        message(scene.relay, EVE, "mallory@nwtraders.example");
        assertThat(scene.relay.response().getStatusCode()).isEqualTo(403);
    }

    @Test
    void aClientSpeaksForItsUserOnlyAndProvesIt() {
        message(alice, BOB, EVE);
        assertThat(alice.response().getStatusCode()).isEqualTo(407);
        message(alice, EVE, BOB);
        assertThat(alice.response().getStatusCode()).isEqualTo(403);
        TestClient unregistered = scene.client();
        message(unregistered, ALICE, EVE);
        String nonce = TestClient.nonce(unregistered.response());
        String proof = TestClient.proof(DigestAlgorithm.SHA_256, nonce, 1, "MESSAGE", "sip:" + EVE, ALICE, "secret-a");
        unregistered.request("MESSAGE", "sip:" + EVE, ALICE, EVE, "hi", TEXT, "Proxy-Authorization: " + proof);
        SIPRequest outside = scene.relay.request();
        assertThat(outside.getHeader("Proxy-Authorization")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MESSAGE", "INVITE", "UPDATE", "REFER", "INFO", "NOTIFY", "BYE"})
    void aMadeUpDialogLetsNobodySpeakForSomebodyElse(String method) {
        alice.request(method, "sip:" + EVE, BOB, "<sip:" + EVE + ">;tag=made-up", "");
        assertThat(alice.pending()).last().asString().startsWith("SIP/2.0 407 ");
        assertThat(scene.relay.pending()).isEmpty();
    }

    @Test
    void aMadeUpDialogLetsNobodySpeakForAStranger() {
        TestClient bob = scene.client(BOB);
        alice.request("REFER", bob.contact("bob"), EVE, "<sip:" + BOB + ">;tag=made-up", "");
        assertThat(alice.response().getStatusCode()).isEqualTo(403);
        alice.request("ACK", bob.contact("bob"), EVE, "<sip:" + BOB + ">;tag=made-up", "");
        assertThat(bob.pending()).isEmpty();
    }

    @Test
    void whatNobodyHasBusinessWithPassesUntouchedAndTrustIsTheServersAffair() {
        alice.request(
                "MESSAGE",
                "sip:" + EVE,
                ALICE,
                EVE,
                "hi",
                TEXT,
                "X-Odd: one;lr;lr",
                "X-ODD:two",
                "P-Asserted-Identity: <sip:ceo@contoso.example>",
                "ms-edge-proxy-message-trust: ms-source-verified-user=verified");
        SipText text = SipParser.text(scene.relay.request());
        assertThat(text.lines("X-Odd")).containsExactly("X-Odd: one;lr;lr", "X-ODD:two");
        assertThat(text.count("P-Asserted-Identity")).isZero();
        assertThat(text.count("ms-edge-proxy-message-trust")).isZero();
        assertThat(text.value("Max-Forwards")).contains("69");
    }

    @Test
    void aRequestThatComesBackUnchangedIsALoop() {
        message(alice, ALICE, EVE);
        SIPRequest outside = scene.relay.request();
        TestClient bob = scene.client(BOB);
        SipText text = SipParser.text(outside).copy();
        text.startLine("MESSAGE sip:" + BOB + " SIP/2.0");
        scene.relay.raw(new String(text.bytes(), java.nio.charset.StandardCharsets.UTF_8));
        SIPRequest atBob = bob.request();
        SipText back = SipParser.text(atBob).copy();
        back.startLine("MESSAGE sip:" + BOB + " SIP/2.0");
        scene.relay.raw(new String(back.bytes(), java.nio.charset.StandardCharsets.UTF_8));
        assertThat(scene.relay.response().getStatusCode()).isEqualTo(482);
    }

    @Test
    void theFirstRouteOfAClientIsThisHomeWhateverItCallsIt() {
        TestClient bob = scene.client(BOB);
        alice.request("MESSAGE", "sip:" + BOB, ALICE, BOB, "hi", TEXT, "Route: <sip:127.0.0.1:5999;transport=tls;lr>");
        assertThat(bob.request().getRouteHeaders()).isNull();
    }

    @Test
    void aProxyKnowsItsLimits() {
        alice.request("OPTIONS", "sip:contoso.example", ALICE, "x@contoso.example", "");
        assertThat(alice.response().getStatusCode()).isEqualTo(200);
        alice.request("MESSAGE", "sip:" + EVE, ALICE, EVE, "", "Proxy-Require: magic, ms-benotify");
        SIPResponse unsupported = alice.response();
        assertThat(unsupported.getStatusCode()).isEqualTo(420);
        assertThat(unsupported.getHeader("Unsupported").toString())
                .contains("magic")
                .doesNotContain("ms-benotify");
        scene.client(BOB);
        scene.client(BOB);
        alice.request("INVITE", "sip:" + BOB, ALICE, BOB, "", "Max-Breadth: 1");
        alice.response();
        assertThat(alice.response().getStatusCode()).isEqualTo(440);
    }

    @Test
    void withoutAWayOutsideTheSenderIsTold() {
        scene.relay.close();
        message(alice, ALICE, EVE);
        assertThat(alice.response().getStatusCode()).isEqualTo(504);
    }

    @Test
    void whatCannotBeReadIsAnsweredIfItIsARequest() {
        alice.raw(
                """
                MESSAGE sip:bob@contoso.example SIP/2.0
                Via: SIP/2.0/TLS x;branch=z9hG4bK1
                From: <sip:a@b>;tag=1
                To: <sip:b@c>
                Call-ID: 1
                CSeq: 1 INVITE

                """
                        .replace("\n", "\r\n"));
        assertThat(alice.response().getStatusCode()).isEqualTo(400);
        alice.raw("SIP/2.0 200 OK\r\n\r\n");
        assertThat(alice.pending()).isEmpty();
    }

    private static void message(TestClient sender, String from, String to) {
        sender.request("MESSAGE", "sip:" + to, from, to, "hi", TEXT);
    }

    private static String invite(TestClient caller, String from, String to) {
        return caller.request("INVITE", "sip:" + to, from, to, "", "Contact: <" + caller.contact("alice") + ">");
    }

    private static int sequence(SIPRequest request) {
        return (int) request.getCSeq().getSeqNumber();
    }

    private static List<String> reversed(List<String> recorded) {
        return List.of(
                recorded.get(1).replace("Record-Route", "Route"),
                recorded.get(0).replace("Record-Route", "Route"));
    }
}
