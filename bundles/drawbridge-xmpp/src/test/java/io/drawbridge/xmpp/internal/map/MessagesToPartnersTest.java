// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.map;

import static io.drawbridge.xmpp.internal.map.Scene.JULIET;
import static io.drawbridge.xmpp.internal.map.Scene.JULIET_BALCONY;
import static io.drawbridge.xmpp.internal.map.Scene.ROMEO_DESK;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.Body;
import io.drawbridge.api.model.Composing;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.model.Receipt;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.testbed.Specified;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 7572 section 4 and the extensions of one-to-one messages, the model to XMPP. */
final class MessagesToPartnersTest {
    private static final String CHAT = "xmlns='http://jabber.org/protocol/chatstates'";

    private final Scene scene = new Scene();

    private static Event.Said said(Message message) {
        return new Event.Said(ROMEO_DESK, JULIET_BALCONY, message);
    }

    private static Message message(Message.Style style, List<Body> bodies, Set<Receipt.Kind> wanted) {
        return new Message("r1", "", style, "", bodies, wanted, Optional.empty(), Optional.empty());
    }

    @Test
    void aLineOfATalkIsAChatMessageWithItsThreadAndTheActiveState() {
        assertThat(scene.delivers(said(Message.chat("r1", "C1", "Neither, fair saint"))))
                .isEqualTo(new DeliveryOutcome.HandedOver());
        assertThat(scene.stanza())
                .isEqualTo(
                        "<message to='juliet@chat.example/balcony' from='romeo@corp.example/desk' id='r1' type='chat'>"
                                + "<thread>C1</thread><body>Neither, fair saint</body><active " + CHAT
                                + "/></message>");
        assertThat(scene.sent.get(0).own()).isEqualTo(Scene.OWN);
        assertThat(scene.sent.get(0).partner()).isEqualTo(Scene.PARTNER);
    }

    @ParameterizedTest(name = "RFC 6121 section 5.2.2: style {0} is type {1}")
    @CsvSource({"CHAT, type='chat'", "HEADLINE, type='headline'", "SINGLE,"})
    @Specified(document = "RFC 7572", section = "5", requirement = "The style of a message says its type")
    void theStyleSaysTheType(Message.Style style, String type) {
        scene.delivers(said(message(style, List.of(Body.plain("b")), Set.of())));
        if (type == null) {
            assertThat(scene.stanza()).doesNotContain("type=");
        } else {
            assertThat(scene.stanza()).contains(type);
        }
    }

    @Test
    @Specified(document = "RFC 7572", section = "5", requirement = "Subject and language cross")
    void subjectCorrectionAndTimeCross() {
        scene.delivers(said(new Message(
                "r2",
                "",
                Message.Style.SINGLE,
                "Tonight\r\nBcc: all",
                List.of(Body.plain("b")),
                Set.of(),
                Optional.of("r1"),
                Optional.of(Instant.parse("2026-02-01T10:00:00Z")))));
        assertThat(scene.stanza())
                .contains("<subject>Tonight Bcc: all</subject>")
                .contains("<replace xmlns='urn:xmpp:message-correct:0' id='r1'/>")
                .contains("<delay xmlns='urn:xmpp:delay' stamp='2026-02-01T10:00:00.000+00:00' from='corp.example'");
    }

    @Test
    void everyLanguageOfABodyCrosses() {
        scene.delivers(said(message(
                Message.Style.SINGLE,
                List.of(new Body(Body.PLAIN, "en", "hi"), new Body(Body.PLAIN, "de", "hallo")),
                Set.of())));
        assertThat(scene.stanza()).contains("<body xml:lang='en'>hi</body>", "<body xml:lang='de'>hallo</body>");
    }

    @Test
    void xep0071HtmlCrossesCleanedBehindThePlainText() {
        scene.delivers(said(message(
                Message.Style.SINGLE,
                List.of(
                        Body.plain("Hi"),
                        new Body("text/html", "", "<html><body><b>Hi</b><img src='x'/></body></html>")),
                Set.of())));
        assertThat(scene.stanza())
                .contains("<body>Hi</body>")
                .contains("<html xmlns='http://jabber.org/protocol/xhtml-im'>"
                        + "<body xmlns='http://www.w3.org/1999/xhtml'><b>Hi</b></body></html>");
    }

    @Test
    void htmlAloneIsShownAsPlainTextToo() {
        scene.delivers(said(message(
                Message.Style.SINGLE,
                List.of(new Body("text/html", "", "<DIV style=x>a &lt; b<BR>c</DIV>")),
                Set.of())));
        assertThat(scene.stanza()).contains("<body>a &lt; bc</body>").doesNotContain("<html");
    }

    @Test
    void wantedReceiptsAreRequested() {
        scene.delivers(said(message(
                Message.Style.CHAT, List.of(Body.plain("b")), Set.of(Receipt.Kind.DELIVERED, Receipt.Kind.DISPLAYED))));
        assertThat(scene.stanza())
                .contains("<request xmlns='urn:xmpp:receipts'/>")
                .contains("<markable xmlns='urn:xmpp:chat-markers:0'");
    }

    @Test
    void interworking9_4WhatXmlCannotCarryIsReplaced() {
        scene.delivers(said(Message.chat("r1", "", "a\bb <c> \uD800")));
        assertThat(scene.stanza()).contains("<body>a\uFFFDb &lt;c&gt; \uFFFD</body>");
    }

    @Test
    void interworking6_2WhoHasNoJidIsNotReached() {
        Instance nobody = Instance.anyOf(Principal.of("♚", Scene.PARTNER));
        assertThat(scene.delivers(new Event.Said(ROMEO_DESK, nobody, Message.chat("r1", "", "b"))))
                .isEqualTo(DeliveryOutcome.failed(Condition.ITEM_NOT_FOUND, Reason.MALFORMED));
        assertThat(scene.sent).isEmpty();
    }

    @Test
    void whatTheStreamsSayIsTheOutcome() {
        DeliveryOutcome failed = DeliveryOutcome.failed(Condition.REMOTE_SERVER_NOT_FOUND, Reason.HOST_NOT_FOUND);
        scene.streams = CompletableFuture.completedFuture(failed);
        assertThat(scene.delivers(said(Message.chat("r1", "", "b")))).isEqualTo(failed);
    }

    @Test
    void aMessageThatComesBackBeforeItsOutcomeIsKnownFailed() {
        scene.streams = new CompletableFuture<>();
        var outcome = scene.link.deliver(said(Message.chat("r1", "C1", "b"))).toCompletableFuture();
        assertThat(outcome).isNotDone();
        comesBack("item-not-found", "no such user");
        assertThat(outcome)
                .isCompletedWithValue(new DeliveryOutcome.Failed(
                        Condition.ITEM_NOT_FOUND, Reason.ANSWERED_BY_PEER, "no such user", Optional.empty()));
        scene.streams.complete(new DeliveryOutcome.HandedOver());
        assertThat(scene.brought).isEmpty();
    }

    /** RFC 6120 sections 8.3.3.5 and 8.3.3.14: gone and redirect say where the recipient is instead, by a URI. */
    @ParameterizedTest
    @CsvSource({
        "gone, xmpp:romeo@mantua.example, romeo@mantua.example",
        "redirect, ' xmpp:d%27artagnan@mantua.example?message ', ",
        "redirect, xmpp:juliet%5C20capulet@mantua.example?message, juliet capulet@mantua.example",
        "redirect, XMPP:romeo@mantua.example/garden, romeo@mantua.example",
        "gone, xmpp:mantua.example, ",
        "gone, sip:romeo@mantua.example, ",
        "gone, 'not a URI', ",
        "gone, '', ",
        "item-not-found, xmpp:romeo@mantua.example, ",
    })
    void whereTheRecipientIsInsteadIsPartOfTheOutcome(String condition, String uri, String newAddress) {
        assertThat(failure("<" + condition + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>" + uri + "</" + condition
                                + ">")
                        .newAddress()
                        .map(Principal::toString))
                .isEqualTo(Optional.ofNullable(newAddress));
    }

    /** Interworking 6.3.1: "413 when the app condition is stanza-too-big". */
    @Test
    void whatIsTooLargeForThePartnerIsToldAsSuch() {
        DeliveryOutcome.Failed failed = failure("<policy-violation xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>"
                + "<stanza-too-big xmlns='urn:xmpp:errors'/>");
        assertThat(failed.condition()).isEqualTo(Condition.POLICY_VIOLATION);
        assertThat(failed.reason()).isEqualTo(Reason.CONTENT_TOO_LARGE);
    }

    private DeliveryOutcome.Failed failure(String error) {
        scene.streams = new CompletableFuture<>();
        var outcome = scene.link.deliver(said(Message.chat("r1", "C1", "b"))).toCompletableFuture();
        comesBack(error);
        return (DeliveryOutcome.Failed) outcome.join();
    }

    @Test
    void aMessageThatComesBackLaterIsAReceiptOfFailureOnce() {
        scene.delivers(said(Message.chat("r1", "C1", "b")));
        comesBack("service-unavailable", "");
        comesBack("service-unavailable", "");
        assertThat(scene.event())
                .isEqualTo(new Event.Acknowledged(
                        JULIET_BALCONY, ROMEO_DESK, "C1", new Receipt("r1", Receipt.Kind.FAILED)));
    }

    @Test
    void whatFailedOnTheStreamDoesNotFailAgain() {
        scene.streams = CompletableFuture.completedFuture(
                DeliveryOutcome.failed(Condition.REMOTE_SERVER_TIMEOUT, Reason.TIMED_OUT));
        scene.delivers(said(Message.chat("r1", "C1", "b")));
        comesBack("service-unavailable", "");
        assertThat(scene.brought).isEmpty();
    }

    @Test
    void nobodyElseCanReturnAMessage() {
        scene.delivers(said(Message.chat("r1", "C1", "b")));
        scene.receives("<message from='mallory@chat.example' to='romeo@corp.example' id='r1' type='error'/>");
        assertThat(scene.brought).isEmpty();
    }

    @Test
    void aMessageIsRememberedForADay() {
        scene.delivers(said(Message.chat("r1", "C1", "b")));
        scene.after(Duration.ofHours(25));
        comesBack("service-unavailable", "");
        assertThat(scene.brought).isEmpty();
    }

    private void comesBack(String condition, String text) {
        comesBack("<" + condition + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>"
                + "<text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>" + text + "</text>");
    }

    private void comesBack(String error) {
        scene.receives("<message from='juliet@chat.example/balcony' to='romeo@corp.example/desk' id='r1' type='error'>"
                + "<body>b</body><error type='cancel'>" + error + "</error></message>");
    }

    @Test
    void xep0085AStateAloneGoesOnlyToWhoSentOneAndNeverTwice() {
        Event.Typing composing = new Event.Typing(ROMEO_DESK, Instance.anyOf(JULIET), "C1", Composing.COMPOSING);
        scene.delivers(composing);
        assertThat(scene.sent).isEmpty();
        scene.receivesMessage("type='chat'", "<body>b</body><active " + CHAT + "/>");
        scene.delivers(composing);
        scene.delivers(composing);
        assertThat(scene.stanza())
                .contains("type='chat'", "<thread>C1</thread>", "<composing " + CHAT + "/>")
                .contains("<no-store xmlns='urn:xmpp:hints'");
        scene.receivesMessage("type='chat'", "<body>my client was changed</body>");
        scene.delivers(new Event.Typing(ROMEO_DESK, Instance.anyOf(JULIET), "C1", Composing.PAUSED));
        assertThat(scene.sent).hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "DELIVERED,<received xmlns='urn:xmpp:receipts' id='m1'/>",
        "DISPLAYED,<displayed xmlns='urn:xmpp:chat-markers:0' id='m1'",
        "FAILED,<recipient-unavailable "
    })
    void receiptsCross(Receipt.Kind kind, String element) {
        scene.delivers(new Event.Acknowledged(ROMEO_DESK, JULIET_BALCONY, "T1", new Receipt("m1", kind)));
        assertThat(scene.stanza()).contains(element).doesNotContain("<request");
        assertThat(scene.stanza().contains("type='error'")).isEqualTo(kind == Receipt.Kind.FAILED);
    }
}
