// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.Composing;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.policy.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Message sessions in the Lync dialect: interworking 3.4 to 3.7, 6.6.2. */
class SessionTest {
    private static final String SDP =
            """
            v=0
            o=- 0 0 IN IP4 192.0.2.10
            s=session
            c=IN IP4 192.0.2.10
            t=0 0
            m=message 5060 sip null
            a=accept-types:text/plain text/html
            """;
    private final Scene scene = new Scene();
    private int sequence;

    private String invites(String sdp, String... more) {
        List<String> lines = new ArrayList<>(List.of(
                "INVITE sip:juliet@chat.example SIP/2.0",
                "From: \"Romeo\" <sip:romeo@corp.example>;tag=r1;epid=0a1b2c3d4e",
                "To: <sip:juliet@chat.example>",
                "Call-ID: i1",
                "CSeq: " + ++sequence + " INVITE",
                "Contact: <sip:romeo@corp.example;opaque=user:epid:Q2AA;gruu>",
                "Ms-Conversation-ID: AdX",
                "Content-Type: application/sdp"));
        lines.addAll(Arrays.asList(more));
        scene.sends(Scene.wire(sdp), lines.toArray(String[]::new));
        scene.gets("SIP/2.0 100");
        return scene.gets("SIP/2.0");
    }

    /** Romeo's client sends a request in the session of an accepted INVITE. */
    private void inSession(String accepted, String method, String type, String body) {
        scene.sends(
                body,
                method + " " + uri(Scene.header(accepted, "Contact")) + " SIP/2.0",
                "From: <sip:romeo@corp.example>;tag=r1",
                "To: " + Scene.header(accepted, "To"),
                "Call-ID: i1",
                "CSeq: " + ++sequence + " " + method,
                "Content-Type: " + type);
    }

    private static String uri(String contact) {
        return contact.substring(1, contact.length() - 1);
    }

    private void accepts(String invite) {
        scene.answers(
                invite, Scene.wire(SDP), 200, "Contact: <sip:romeo@10.0.0.1:5071>", "Content-Type: application/sdp");
    }

    private String opened() {
        scene.with("messageMode", "SESSION");
        scene.says("Hi");
        accepts(scene.gets("INVITE sip:romeo@corp.example SIP/2.0"));
        scene.gets("ACK sip:romeo@10.0.0.1:5071 SIP/2.0");
        return scene.gets("MESSAGE sip:romeo@10.0.0.1:5071 SIP/2.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "m=message 5060 sip null",
                "m=message 5060 sip sip:bob@corp.example",
                "m=x-ms-message 5060 sip null"
            })
    void anInvitationToAMessageSessionIsAccepted(String media) {
        String accepted = invites(SDP.replace("m=message 5060 sip null", media));

        assertThat(accepted).startsWith("SIP/2.0 200");
        assertThat(Scene.body(accepted))
                .contains("m=message 5060 sip null")
                .contains("a=accept-types:text/plain text/html");
        assertThat(Scene.header(accepted, "Contact")).startsWith("<sip:gw-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"m=audio 5060 RTP/AVP 0", "m=message 2855 TCP/TLS/MSRP *"})
    void anotherMediumIsNotAcceptable(String media) {
        assertThat(invites(SDP.replace("m=message 5060 sip null", media))).startsWith("SIP/2.0 488");
    }

    @Test
    void aSessionOfManyIsNotAcceptable() { // 3.7
        assertThat(invites(SDP, "Require: com.microsoft.rtc-multiparty")).startsWith("SIP/2.0 488");
    }

    @Test
    void messagesInTheSessionAreSaid() {
        String accepted = invites(SDP);
        inSession(accepted, "MESSAGE", "text/plain; charset=UTF-8", "Hi");

        Event.Said said = scene.event(Event.Said.class);
        assertThat(said.sender()).isEqualTo(new Instance(Scene.ROMEO, "0a1b2c3d4e"));
        assertThat(said.recipient()).isEqualTo(Instance.anyOf(Scene.JULIET));
        assertThat(said.message().bodies().get(0).text()).isEqualTo("Hi");
        scene.gets("SIP/2.0 202");
    }

    @Test
    void aMessageThatCannotBeDeliveredIsRefusedInTheSession() {
        String accepted = invites(SDP);
        scene.answer = DeliveryOutcome.failed(Condition.ITEM_NOT_FOUND, Reason.ANSWERED_BY_PEER);
        inSession(accepted, "MESSAGE", "text/plain", "Hi");

        scene.gets("SIP/2.0 404");
    }

    /** "a receiver that consumes it adds Supported: ms-text-format to its 200" (3.5). */
    @Test
    void theFirstTextOfAnInvitationIsDeliveredBeforeItIsAccepted() {
        scene.answersAtOnce = false;
        scene.sends(
                Scene.wire(SDP),
                "INVITE sip:juliet@chat.example SIP/2.0",
                "From: <sip:romeo@corp.example>;tag=r1",
                "To: <sip:juliet@chat.example>",
                "Call-ID: i1",
                "CSeq: 1 INVITE",
                "Contact: <sip:romeo@corp.example>",
                "ms-text-format: text/plain; charset=UTF-8;ms-body=SGVsbG8sIHdvcmxk",
                "Content-Type: application/sdp");
        scene.gets("SIP/2.0 100");
        scene.getsNothing();
        assertThat(scene.event(Event.Said.class).message().bodies().get(0).text())
                .isEqualTo("Hello, world");
        scene.unanswered.remove().complete(new DeliveryOutcome.HandedOver());

        assertThat(Scene.header(scene.gets("SIP/2.0 200"), "Supported")).isEqualTo("ms-text-format");
    }

    @Test
    void anInvitationWhoseTextCannotBeDeliveredIsRefused() {
        scene.answer = DeliveryOutcome.failed(Condition.RECIPIENT_UNAVAILABLE, Reason.ANSWERED_BY_PEER);

        assertThat(invites(SDP, "ms-text-format: text/plain;ms-body=SGVsbG8sIHdvcmxk"))
                .startsWith("SIP/2.0 480");
    }

    @Test
    void anInvitationWithoutReadableTextSendsItAgain() { // "if that token is missing the sender must send the text
        // again"
        String accepted = invites(SDP, "ms-text-format: text/rtf;ms-body=SGVsbG8sIHdvcmxk");

        assertThat(accepted).startsWith("SIP/2.0 200").doesNotContain("ms-text-format");
        assertThat(scene.events).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"type, COMPOSING", "idle, PAUSED"})
    void keyboardActivityIsTyping(String status, Composing state) { // 3.6
        String accepted = invites(SDP);
        inSession(
                accepted,
                "INFO",
                "application/xml",
                "<KeyboardActivity><status status=\"" + status + "\"/></KeyboardActivity>");

        scene.gets("SIP/2.0 200");
        assertThat(scene.event(Event.Typing.class).state()).isEqualTo(state);
    }

    @Test
    void anyInfoIsAccepted() { // 3.6 "Answer INFO with 200 always"
        String accepted = invites(SDP);
        inSession(accepted, "INFO", "application/x-ms-mim", "<action/>");

        scene.gets("SIP/2.0 200");
        assertThat(scene.events).isEmpty();
    }

    @Test
    void aByeIsLeaving() { // 6.6.2 "BYE - gone"
        String accepted = invites(SDP);
        inSession(accepted, "BYE", "text/plain", "");
        scene.gets("SIP/2.0 200");
        assertThat(scene.event(Event.Typing.class).state()).isEqualTo(Composing.GONE);
        inSession(accepted, "MESSAGE", "text/plain", "Hi");

        scene.gets("SIP/2.0 481");
    }

    @Test
    void nobodyElseSpeaksInASession() {
        String accepted = invites(SDP);
        scene.sends(
                "Hi",
                "MESSAGE " + uri(Scene.header(accepted, "Contact")) + " SIP/2.0",
                "From: <sip:tybalt@corp.example>;tag=other",
                "To: " + Scene.header(accepted, "To"),
                "Call-ID: i1",
                "CSeq: 9 MESSAGE",
                "Content-Type: text/plain");

        scene.gets("SIP/2.0 481");
        assertThat(scene.events).isEmpty();
    }

    @Test
    void theFirstMessageOpensASessionAndGoesInIt() {
        scene.with("messageMode", "SESSION");
        CompletableFuture<DeliveryOutcome> outcome = scene.says("Hi");
        String invite = scene.gets("INVITE sip:romeo@corp.example SIP/2.0");
        assertThat(Scene.body(invite)).contains("m=message 5060 sip null");
        assertThat(Scene.header(invite, "Ms-Conversation-ID")).isNotEmpty();
        assertThat(Scene.header(invite, "From"))
                .as("6.2.9: an endpoint of its own for Lync")
                .matches("<sip:juliet@chat.example>;tag=[0-9a-f]+;epid=[0-9a-f]{10}");
        scene.answers(invite, 180);
        accepts(invite);
        String ack = scene.gets("ACK sip:romeo@10.0.0.1:5071 SIP/2.0");
        assertThat(Scene.header(ack, "CSeq")).isEqualTo("1 ACK");
        String message = scene.gets("MESSAGE sip:romeo@10.0.0.1:5071 SIP/2.0");
        assertThat(Scene.header(message, "CSeq")).isEqualTo("2 MESSAGE");
        assertThat(Scene.header(message, "To")).endsWith(";tag=home");
        assertThat(Scene.body(message)).isEqualTo("Hi");
        assertThat(outcome).isNotDone();
        scene.answers(message, 200);

        assertThat(outcome).isCompletedWithValue(new DeliveryOutcome.Delivered());
    }

    @Test
    void laterMessagesGoInTheSameSessionOneAfterTheOther() {
        String first = opened();
        scene.says("two");
        scene.getsNothing();
        scene.answers(first, 200);

        assertThat(Scene.header(scene.gets("MESSAGE"), "CSeq")).isEqualTo("3 MESSAGE");
    }

    @Test
    void whatRomeoSaysInTheSessionIsSaid() {
        String message = opened();
        scene.answers(message, 200);
        String contact = Scene.header(message, "Contact");
        scene.sends(
                "Hello",
                "MESSAGE " + uri(contact) + " SIP/2.0",
                "From: " + Scene.header(message, "To"),
                "To: " + Scene.header(message, "From"),
                "Call-ID: " + Scene.header(message, "Call-ID"),
                "CSeq: 1 MESSAGE",
                "Content-Type: text/plain");

        assertThat(scene.event(Event.Said.class).message().conversation()).isEqualTo("T1");
    }

    @ParameterizedTest
    @CsvSource({"COMPOSING, type", "PAUSED, idle"})
    void typingIsKeyboardActivityForLync(Composing state, String status) {
        scene.answers(opened(), 200);
        scene.deliver(new Event.Typing(Scene.BALCONY, Scene.ANY_ROMEO, "T1", state));

        assertThat(Scene.body(scene.gets("INFO "))).contains("status=\"" + status + "\"");
    }

    @Test
    void leavingIsABye() { // 6.6.2 "gone - BYE"
        scene.answers(opened(), 200);
        scene.deliver(new Event.Typing(Scene.BALCONY, Scene.ANY_ROMEO, "T1", Composing.GONE));

        scene.gets("BYE sip:romeo@10.0.0.1:5071 SIP/2.0");
    }

    @Test
    void typingAloneOpensNoSession() {
        scene.with("messageMode", "SESSION");
        scene.deliver(new Event.Typing(Scene.BALCONY, Scene.ANY_ROMEO, "T1", Composing.COMPOSING));

        scene.getsNothing();
    }

    @Test
    void anIdleSessionEnds() { // 3.4 rule 10
        scene.answers(opened(), 200);
        scene.time.advance(Duration.ofMinutes(10));

        scene.gets("BYE ");
        scene.says("again");
        scene.gets("INVITE ");
    }

    @Test
    void nobodyWhoAnswersIsCancelledAndTold() { // 3.4 rule 7
        scene.with("messageMode", "SESSION").with("sessionAnswerSeconds", 10);
        CompletableFuture<DeliveryOutcome> outcome = scene.says("Hi");
        String invite = scene.gets("INVITE ");
        scene.answers(invite, 180);
        scene.time.advance(Duration.ofSeconds(10));
        scene.gets("CANCEL ");

        assertThat(outcome.getNow(null))
                .isInstanceOfSatisfying(DeliveryOutcome.Failed.class, failed -> assertThat(failed.condition())
                        .isEqualTo(Condition.RECIPIENT_UNAVAILABLE));
        accepts(invite); // it crossed the CANCEL
        scene.gets("ACK ");
        scene.gets("BYE ");
    }

    @Test
    void aForgottenSessionIsOpenedOnceMore() { // 6.3.3 "481 in session: reopen session once"
        String message = opened();
        scene.answers(message, 481);
        String invite = scene.gets("INVITE ");
        assertThat(Scene.header(invite, "Call-ID")).isNotEqualTo(Scene.header(message, "Call-ID"));
        accepts(invite);
        scene.gets("ACK ");
        scene.answers(scene.gets("MESSAGE "), 481);

        scene.getsNothing();
    }

    @Test
    void whoeverUsesSessionsIsSentToInSessions() { // issue: auto-detected per user, remembered
        String accepted = invites(SDP);
        inSession(accepted, "BYE", "text/plain", "");
        scene.gets("SIP/2.0 200");
        scene.says("Hi");

        scene.gets("INVITE ");
    }

    @Test
    void whoeverHasASessionOpenIsAnsweredInIt() {
        String accepted = invites(SDP);
        scene.says("Hi");

        assertThat(Scene.header(scene.gets("MESSAGE "), "From")).isEqualTo(Scene.header(accepted, "To"));
    }

    @ParameterizedTest
    @ValueSource(ints = {405, 501})
    void whoeverRefusesSingleMessagesGetsASession(int status) { // 3.4 rule 8
        scene.says("Hi");
        scene.answers(scene.gets("MESSAGE "), status);
        String invite = scene.gets("INVITE ");
        accepts(invite);
        scene.gets("ACK ");

        assertThat(Scene.body(scene.gets("MESSAGE sip:romeo@10.0.0.1:5071"))).isEqualTo("Hi");
    }

    @Test
    void whoeverRefusesSessionsGetsSingleMessagesAgain() {
        String accepted = invites(SDP);
        inSession(accepted, "BYE", "text/plain", "");
        scene.gets("SIP/2.0 200");
        CompletableFuture<DeliveryOutcome> outcome = scene.says("Hi");
        scene.answers(scene.gets("INVITE "), 488);
        scene.gets("ACK ");
        String again = scene.gets("INVITE ");
        assertThat(Scene.body(again))
                .as("6.3.3: try once with text/plain only")
                .contains("a=accept-types:text/plain\r\n");
        assertThat(Scene.header(again, "CSeq")).isEqualTo("2 INVITE");
        scene.answers(again, 488);
        scene.gets("ACK ");
        scene.answers(scene.gets("MESSAGE sip:romeo@corp.example SIP/2.0"), 200);

        assertThat(outcome).isCompletedWithValue(new DeliveryOutcome.Delivered());
    }

    @Test
    void aMessageTooLargeToStandAloneGoesInASession() { // 6.5 "or upgrade to a session"
        scene.nextHop = true;
        scene.says("x".repeat(1300));

        scene.gets("INVITE ");
    }

    @Test
    void aCancelledInvitationIsOver() {
        scene.answersAtOnce = false;
        String branch = scene.sends(
                Scene.wire(SDP),
                "INVITE sip:juliet@chat.example SIP/2.0",
                "From: <sip:romeo@corp.example>;tag=r1",
                "To: <sip:juliet@chat.example>",
                "Call-ID: i1",
                "CSeq: 1 INVITE",
                "Contact: <sip:romeo@corp.example>",
                "ms-text-format: text/plain;ms-body=SGVsbG8sIHdvcmxk",
                "Content-Type: application/sdp");
        scene.gets("SIP/2.0 100");
        scene.raw(Scene.wire(
                """
                CANCEL sip:juliet@chat.example SIP/2.0
                Via: SIP/2.0/TLS pool.corp.example:5061;branch=%s
                From: <sip:romeo@corp.example>;tag=r1
                To: <sip:juliet@chat.example>
                Call-ID: i1
                CSeq: 1 CANCEL
                Content-Length: 0

                """
                        .formatted(branch)));

        scene.gets("SIP/2.0 200");
        scene.gets("SIP/2.0 487");
        scene.unanswered.remove().complete(new DeliveryOutcome.HandedOver());
        scene.time.advance(Duration.ofDays(1));
        scene.getsNothing();
    }

    @Test
    void sessionsEndWhenTheGatewayStops() {
        scene.answers(opened(), 200);
        scene.agent.stop();

        scene.gets("BYE ");
    }
}
