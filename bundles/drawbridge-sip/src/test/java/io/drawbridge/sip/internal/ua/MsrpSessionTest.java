// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.Composing;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.Receipt;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.testbed.Specified;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Message sessions by MSRP that the home opens: RFC 4975, RFC 7573, interworking 2.5 and 6.6.1. */
class MsrpSessionTest extends MsrpTalk {
    /** "S2X: INVITE answered 200 immediately by the gateway" (6.6.1); whoever offers connects (RFC 4975 section 5.4). */
    @Test
    @Specified(document = "RFC 4975", section = "5.4", requirement = "Whoever offered connects")
    void anInvitationIsAcceptedAndAwaitsTheConnection() {
        String accepted = invites(SDP);

        assertThat(accepted).startsWith("SIP/2.0 200");
        assertThat(Scene.body(accepted))
                .contains("m=message 2855 TCP/TLS/MSRP *\r\n")
                .contains("a=accept-types:message/cpim text/plain ")
                .contains("a=max-size:32768\r\n")
                .contains("a=setup:passive\r\n")
                .containsPattern("a=path:msrps://edge-int.corp.example:2855/[0-9a-f]{24};tcp\r\n");
        assertThat(scene.connectedTo).isNull();
    }

    @Test
    @Specified(
            document = "RFC 6135",
            section = "4.2.2",
            requirement = "An offerer that is passive is connected to; an empty SEND says whose connection it is")
    void whoOffersToWaitIsConnectedTo() {
        String accepted = invites(SDP + "a=setup:passive\n");
        assertThat(Scene.body(accepted)).contains("a=setup:active");
        connectedTo("10.0.0.1:2855");

        assertThat(reads())
                .as("RFC 4975 section 5.4: an empty SEND says whose connection it is")
                .startsWith("MSRP ")
                .contains(" SEND\r\nTo-Path: " + ROMEOS_PATH)
                .doesNotContain("Content-Type");
    }

    @Test
    void withoutAListenerThereIsNoMsrp() {
        scene.msrp = null;

        assertThat(invites(SDP)).startsWith("SIP/2.0 488");
        scene.time.advance(Duration.ofDays(1));
        scene.getsNothing();
    }

    /** RFC 4566 section 5: what stands below another medium is about that one. */
    @Test
    void anotherMediumSaysNothingAboutTheSession() {
        String accepted = invites(SDP.replace("m=message", "m=audio 9 RTP/AVP 0\na=setup:passive\nm=message"));

        assertThat(Scene.body(accepted)).contains("a=setup:passive");
        assertThat(scene.connectedTo).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "TCP/TLS/MSRP, TCP/MSRP", // only TLS
        "msrps://10, msrp://10",
        "text/plain, image/png",
        "m=message 2855, m=message 0"
    })
    void aSessionThatCannotBeUsedIsNotAcceptable(String stated, String instead) {
        assertThat(invites(SDP.replace(stated, instead).replace("application/im-iscomposing+xml", "image/gif")))
                .startsWith("SIP/2.0 488");
    }

    @Test
    @Specified(document = "RFC 4975", section = "7.2", requirement = "A SEND is answered when its fate is known")
    void whatIsSentIsSaidAndAnsweredWhenItsFateIsKnown() {
        scene.answersAtOnce = false;
        said(invitedAndConnected(), "Hi");
        Event.Said said = scene.event(Event.Said.class);
        assertThat(said.message().bodies().get(0).text()).isEqualTo("Hi");
        assertThat(said.sender().principal()).isEqualTo(Scene.ROMEO);
        assertThat(said.recipient().principal()).isEqualTo(Scene.JULIET);
        readsNothing();
        scene.unanswered.remove().complete(new DeliveryOutcome.HandedOver());

        assertThat(reads()).startsWith("MSRP a786hjs2 200 OK\r\nTo-Path: " + ROMEOS_PATH);
    }

    @ParameterizedTest
    @CsvSource({
        "FORBIDDEN, 403",
        "ITEM_NOT_FOUND, 403",
        "BAD_REQUEST, 400",
        "NOT_ACCEPTABLE, 415",
        "POLICY_VIOLATION, 413",
        "RECIPIENT_UNAVAILABLE, 408",
        "REMOTE_SERVER_TIMEOUT, 408"
    })
    void whatCannotBeDeliveredIsRefused(Condition condition, int status) {
        scene.answer = DeliveryOutcome.failed(condition, Reason.ANSWERED_BY_PEER);
        said(invitedAndConnected(), "Hi");

        assertThat(reads()).startsWith("MSRP a786hjs2 " + status);
    }

    /** Nobody has to wait for an answer before the next message (RFC 4975 section 5.1), but what waits is bounded. */
    @Test
    void whoDoesNotWaitForAnswersIsRefusedAtLast() {
        scene.answersAtOnce = false;
        String to = invitedAndConnected();
        for (int message = 0; message < 64; message++) {
            said(to, "Hi");
        }
        readsNothing();
        said(to, "Hi");
        assertThat(reads()).startsWith("MSRP a786hjs2 408");
        assertThat(scene.events).hasSize(64);
        scene.unanswered.remove().complete(new DeliveryOutcome.HandedOver());
        assertThat(reads()).startsWith("MSRP a786hjs2 200");
        said(to, "Hi");
        readsNothing();

        assertThat(scene.events).hasSize(65);
    }

    @ParameterizedTest
    @CsvSource({"yes, true, true", "no, false, false", "partial, false, true"})
    @Specified(
            document = "RFC 4975",
            section = "7.2",
            requirement = "Failure-Report yes, no and partial decide which responses are sent")
    void responsesAreSentAsAskedFor(String wanted, boolean good, boolean bad) {
        String to = invitedAndConnected();
        said(to, "Hi", "Failure-Report: " + wanted);
        line.runPendingTasks();
        assertThat(line.outboundMessages().isEmpty()).isEqualTo(!good);
        line.outboundMessages().clear();
        scene.answer = DeliveryOutcome.failed(Condition.FORBIDDEN, Reason.ANSWERED_BY_PEER);
        said(to, "Hi", "Failure-Report: " + wanted);
        line.runPendingTasks();
        assertThat(line.outboundMessages().isEmpty()).isEqualTo(!bad);
    }

    @Test
    @Specified(document = "RFC 4975", section = "7.3.1", requirement = "Chunks with one Message-ID are one message")
    void chunksAreOneMessage() {
        String to = invitedAndConnected();
        writes("t001", "SEND", to, "+", "Hel", "Message-ID: m1", "Byte-Range: 1-3/5", "Content-Type: text/plain");
        assertThat(reads()).startsWith("MSRP t001 200");
        assertThat(scene.events).isEmpty();
        writes("t002", "SEND", to, "$", "lo", "Message-ID: m1", "Byte-Range: 4-5/5", "Content-Type: text/plain");

        assertThat(reads()).startsWith("MSRP t002 200");
        assertThat(scene.event(Event.Said.class).message().bodies().get(0).text())
                .isEqualTo("Hello");
    }

    @Test
    @Specified(document = "RFC 4975", section = "10.5", requirement = "413 asks the sender to stop sending the message")
    void aMessageOfMoreThanTheLimitIsRefused() {
        String to = invitedAndConnected();
        writes("t001", "SEND", to, "+", "x", "Message-ID: m1", "Byte-Range: 1-1/40000", "Content-Type: text/plain");

        assertThat(reads()).startsWith("MSRP t001 413");
    }

    @Test
    @Specified(
            document = "RFC 4975",
            section = "7.1.2",
            requirement = "Success-Report yes: a REPORT with status 000 200 says that the message arrived")
    void aSuccessReportIsAReceipt() {
        String to = invitedAndConnected();
        said(to, "Hi", "Success-Report: yes");
        reads();
        assertThat(scene.event(Event.Said.class).message().wanted()).containsExactly(Receipt.Kind.DELIVERED);
        scene.deliver(new Event.Acknowledged(
                Scene.BALCONY, Scene.ANY_ROMEO, "T1", new Receipt("m87652491", Receipt.Kind.DELIVERED)));
        String report = reads();

        assertThat(report)
                .contains(" REPORT\r\nTo-Path: " + ROMEOS_PATH)
                .contains("Message-ID: m87652491\r\n")
                .contains("Byte-Range: 1-2/2\r\n")
                .contains("Status: 000 200 OK\r\n");
    }

    @ParameterizedTest
    @CsvSource({"active, COMPOSING", "idle, PAUSED"})
    void isComposingIsTyping(String state, Composing composing) {
        said(
                invitedAndConnected(),
                "<isComposing xmlns='urn:ietf:params:xml:ns:im-iscomposing'><state>" + state + "</state></isComposing>",
                "Content-Type: application/im-iscomposing+xml");

        assertThat(scene.event(Event.Typing.class).state()).isEqualTo(composing);
        assertThat(reads()).startsWith("MSRP a786hjs2 200");
    }

    /** Interworking 6.8: CPIM asks for receipts, IMDN brings them. */
    @Test
    void receiptsGoInTheirEnvelopesBothWays() {
        String to = path(invites(SDP.replace("text/plain", "message/cpim text/plain")));
        connects();
        said(
                to,
                "From: <sip:romeo@corp.example>\r\nNS: imdn <urn:ietf:params:imdn>\r\nimdn.Message-ID: r1\r\n"
                        + "imdn.Disposition-Notification: positive-delivery, display\r\n\r\nContent-Type: text/plain\r\n\r\nHi",
                "Content-Type: message/cpim");
        reads();
        assertThat(scene.event(Event.Said.class).message().wanted())
                .containsExactlyInAnyOrder(Receipt.Kind.DELIVERED, Receipt.Kind.DISPLAYED);
        scene.deliver(new Event.Acknowledged(
                Scene.BALCONY, Scene.ANY_ROMEO, "T1", new Receipt("r1", Receipt.Kind.DISPLAYED)));
        String sent = reads();
        assertThat(sent).contains("Content-Type: message/cpim").contains("<displayed/>");

        said(
                to,
                "From: <sip:romeo@corp.example>\r\n\r\nContent-Type: message/imdn+xml\r\n\r\n"
                        + "<imdn xmlns='urn:ietf:params:xml:ns:imdn'><message-id>x1</message-id><display-notification>"
                        + "<status><displayed/></status></display-notification></imdn>",
                "Content-Type: message/cpim");
        assertThat(scene.event(Event.Acknowledged.class).receipt())
                .isEqualTo(new Receipt("x1", Receipt.Kind.DISPLAYED));
    }

    @ParameterizedTest
    @CsvSource({"image/png, 415", "message/cpim, 400"})
    void whatCannotBeReadIsRefused(String type, int status) {
        said(invitedAndConnected(), "x", "Content-Type: " + type);

        assertThat(reads()).startsWith("MSRP a786hjs2 " + status);
    }

    @Test
    @Specified(
            document = "RFC 4975",
            section = "7.3",
            requirement = "481 for a session that is not there, 506 for one that is bound to another connection")
    void nobodyElseSpeaksInASession() {
        String to = invitedAndConnected();
        said(to.replaceAll("/[0-9a-f]{24}", "/guessed"), "Hi");
        assertThat(reads()).startsWith("MSRP a786hjs2 481");
        said(to, "Hi");
        assertThat(reads()).startsWith("MSRP a786hjs2 200");
        connects();
        said(to, "Hi");

        assertThat(reads()).startsWith("MSRP a786hjs2 506");
        assertThat(scene.events).hasSize(1);
    }

    @Test
    void aConnectionThatNamesNoSessionIsClosed() {
        connects();
        scene.time.advance(Duration.ofSeconds(10));
        line.runPendingTasks();

        assertThat(line.isOpen()).isFalse();
    }

    @Test
    @Specified(document = "RFC 4975", section = "10.9", requirement = "501: the method is not understood")
    void anUnknownMethodIsNotImplemented() {
        String to = invitedAndConnected();
        writes("t001", "NICKNAME", to, "$", "", "Use-Nickname: \"x\"");

        assertThat(reads()).startsWith("MSRP t001 501");
    }
}
