// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.map;

import static io.drawbridge.xmpp.internal.map.Scene.JULIET_BALCONY;
import static io.drawbridge.xmpp.internal.map.Scene.ROMEO;
import static io.drawbridge.xmpp.internal.map.Scene.ROMEO_DESK;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.Body;
import io.drawbridge.api.model.Composing;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.model.Receipt;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.testbed.Specified;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6121 section 5, RFC 7572 section 5 and the extensions of one-to-one messages, XMPP to the model. */
final class MessagesFromPartnersTest {
    private final Scene scene = new Scene();

    private Message said(String attributes, String content) {
        scene.receivesMessage(attributes, content);
        return ((Event.Said) scene.event()).message();
    }

    @Test
    @Specified(document = "RFC 7572", section = "4", requirement = "The fields of a message cross")
    void bodyThreadIdAndAddressesCross() {
        scene.receives("<message from='juliet@chat.example/balcony' to='romeo@corp.example/desk' id='m1' type='chat'>"
                + "<body>Art thou not Romeo?</body><thread>T1</thread></message>");
        assertThat(scene.event())
                .isEqualTo(new Event.Said(JULIET_BALCONY, ROMEO_DESK, Message.chat("m1", "T1", "Art thou not Romeo?")));
        assertThat(scene.sent).isEmpty();
    }

    @ParameterizedTest(name = "RFC 6121 section 5.2.2: type {0} is a message of style {1}")
    @CsvSource({"chat,CHAT", "normal,SINGLE", "'',SINGLE", "shout,SINGLE", "headline,HEADLINE"})
    void theTypeSaysTheStyle(String type, Message.Style style) {
        String attribute = type.isEmpty() ? "" : "type='" + type + "'";
        assertThat(said(attribute, "<body>b</body>").style()).isEqualTo(style);
    }

    @Test
    void everyLanguageOfABodyCrossesTheStanzasOwnFirst() {
        Message message = said("xml:lang='en'", "<body>hi</body><body xml:lang='de'>hallo</body>");
        assertThat(message.bodies())
                .containsExactly(new Body(Body.PLAIN, "en", "hi"), new Body(Body.PLAIN, "de", "hallo"));
    }

    @Test
    void theSubjectCrosses() {
        assertThat(said("", "<subject>Tonight\n\n</subject><body>b</body>").subject())
                .isEqualTo("Tonight");
    }

    @Test
    void aSubjectAloneIsShownAsTheMessage() {
        assertThat(said("", "<subject>Tonight</subject>").bodies()).containsExactly(Body.plain("Tonight"));
    }

    @Test
    void xep0184ARequestWantsAReceiptOfDelivery() {
        assertThat(said("id='m1'", "<body>b</body><request xmlns='urn:xmpp:receipts'/>")
                        .wanted())
                .containsExactly(Receipt.Kind.DELIVERED);
    }

    @Test
    void xep0333AMarkableMessageWantsAReceiptOfDisplay() {
        assertThat(said("id='m1'", "<body>b</body><markable xmlns='urn:xmpp:chat-markers:0'/>")
                        .wanted())
                .containsExactly(Receipt.Kind.DISPLAYED);
    }

    @Test
    void xep0184NothingIsWantedOfAMessageWithoutId() {
        assertThat(said("", "<body>b</body><request xmlns='urn:xmpp:receipts'/>")
                        .wanted())
                .isEmpty();
    }

    @Test
    void xep0308ACorrectionNamesWhatItReplaces() {
        assertThat(said("id='m2'", "<body>b</body><replace id='m1' xmlns='urn:xmpp:message-correct:0'/>")
                        .replaces())
                .contains("m1");
    }

    @Test
    void xep0203ADelayTellsWhenItWasWritten() {
        assertThat(said("", "<body>b</body><delay xmlns='urn:xmpp:delay' stamp='2026-02-01T10:00:00Z'/>")
                        .sent())
                .contains(Instant.parse("2026-02-01T10:00:00Z"));
    }

    @Test
    void xep0359TheOriginIdStandsInForAMissingId() {
        assertThat(said("", "<body>b</body><origin-id xmlns='urn:xmpp:sid:0' id='o1'/>")
                        .id())
                .isEqualTo("o1");
    }

    @Test
    void aMessageWithoutAnyIdGetsOne() {
        assertThat(said("", "<body>b</body>").id()).isNotEmpty();
    }

    @Test
    void xep0071FormattedTextCrossesWithoutWhatIsActiveInItBehindThePlainText() {
        Message message = said(
                "",
                "<body>Hi you</body><html xmlns='http://jabber.org/protocol/xhtml-im'>"
                        + "<body xmlns='http://www.w3.org/1999/xhtml'><p onclick='x()'>Hi <strong>you</strong>"
                        + "<img src='http://a.example/i'/><script>alert(1)</script>"
                        + "<a href='javascript:x()'>l</a><a href='https://a.example/?a&amp;b'>m</a>"
                        + "<span style='color: red; position: fixed'>r</span></p></body></html>");
        assertThat(message.bodies())
                .containsExactly(
                        Body.plain("Hi you"),
                        new Body(
                                "text/html",
                                "",
                                "<p>Hi <strong>you</strong><a>l</a><a href='https://a.example/?a&amp;b'>m</a>"
                                        + "<span style='color: red'>r</span></p>"));
    }

    @Test
    void xep0280ACarbonOfSomebodyElseSaysNothing() {
        scene.receivesMessage(
                "type='chat'",
                "<received xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'><message"
                        + " xmlns='jabber:client' from='ceo@corp.example' to='romeo@corp.example'><body>pay</body>"
                        + "</message></forwarded></received>");
        assertThat(scene.brought).isEmpty();
        assertThat(scene.sent).isEmpty();
    }

    @ParameterizedTest(name = "XEP-0085: {0}")
    @EnumSource(Composing.class)
    void xep0085AChatStateAloneIsTyping(Composing state) {
        scene.receivesMessage(
                "type='chat'",
                "<" + MessageReading.name(state) + " xmlns='http://jabber.org/protocol/chatstates'/>"
                        + "<thread>T1</thread>");
        assertThat(scene.event()).isEqualTo(new Event.Typing(JULIET_BALCONY, Instance.anyOf(ROMEO), "T1", state));
    }

    @Test
    void xep0085TheActiveStateOfAMessageIsNoNews() {
        scene.receivesMessage("type='chat'", "<body>b</body><active xmlns='http://jabber.org/protocol/chatstates'/>");
        assertThat(scene.event()).isInstanceOf(Event.Said.class);
    }

    @ParameterizedTest(name = "{0} in {1} is the receipt {2}")
    @CsvSource({
        "received,urn:xmpp:receipts,DELIVERED",
        "received,urn:xmpp:chat-markers:0,DELIVERED",
        "displayed,urn:xmpp:chat-markers:0,DISPLAYED",
        "acknowledged,urn:xmpp:chat-markers:0,DISPLAYED"
    })
    void receiptsCrossWithTheConversationOfTheMessage(String name, String namespace, Receipt.Kind kind) {
        scene.delivers(new Event.Said(ROMEO_DESK, Instance.anyOf(Scene.JULIET), Message.chat("r1", "C1", "t")));
        scene.receivesMessage("", "<" + name + " xmlns='" + namespace + "' id='r1'/>");
        assertThat(scene.event())
                .isEqualTo(new Event.Acknowledged(JULIET_BALCONY, ROMEO_DESK, "C1", new Receipt("r1", kind)));
    }

    @Test
    void interworking6_2TheAddressThatCannotBeMappedIsRefusedWithItsReason() {
        scene.receives(
                "<message from='juliet@chat.example' to='foo\\5cbar@corp.example' id='m1'><body>b</body></message>");
        assertThat(scene.stanza())
                .isEqualTo("<message from='foo\\5cbar@corp.example' to='juliet@chat.example' id='m1' type='error'>"
                        + "<error type='cancel'>"
                        + "<item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>"
                        + "<text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas' xml:lang='en'>"
                        + "the local part is escaped where it need not be</text></error></message>");
    }

    @ParameterizedTest(name = "{1} for {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "type='groupchat'|<body>b</body>|service-unavailable",
                "type='normal'|<x xmlns='jabber:x:conference' jid='room@muc.example'/><body>join</body>|not-acceptable",
                "''|<x xmlns='http://jabber.org/protocol/muc#user'><invite from='a@b.example'/></x>|not-acceptable"
            })
    void lyncEdge8_6OnlyPersonsSpeakWithPersons(String attributes, String content, String condition) {
        scene.receivesMessage(attributes.replace("''", ""), content);
        assertThat(scene.brought).isEmpty();
        assertThat(scene.stanza()).contains("type='error'", "<" + condition + " ");
    }

    @ParameterizedTest
    @CsvSource({"juliet@chat.example,corp.example", "chat.example,romeo@corp.example"})
    void lyncEdge8_6AMessageForOrFromADomainItselfIsRefused(String from, String to) {
        scene.receives("<message from='" + from + "' to='" + to + "'><body>b</body></message>");
        assertThat(scene.stanza()).contains("<service-unavailable ");
    }

    @ParameterizedTest(name = "interworking 6.3: {0}")
    @EnumSource(Condition.class)
    @Specified(document = "RFC 6120", section = "8.3.3", requirement = "The defined conditions with their types")
    void aFailureIsTheErrorOfItsConditionWithTheDefaultTypeAndTheOriginalId(Condition condition) {
        scene.inbox = CompletableFuture.completedFuture(DeliveryOutcome.failed(condition, Reason.UNREACHABLE));
        scene.receivesMessage("id='m1' type='chat'", "<body>b</body>");
        String type = condition.remedy().name().toLowerCase(java.util.Locale.ROOT);
        assertThat(scene.stanza())
                .startsWith("<message from='romeo@corp.example' to='juliet@chat.example/balcony' id='m1' type='error'>")
                .contains("<error type='" + type + "'>", "<" + Conditions.name(condition) + " ")
                .contains(Reason.UNREACHABLE.text());
    }

    /** RFC 6120 sections 8.3.3.5 and 8.3.3.14; the URI is that of RFC 5122 section 2.2. */
    @ParameterizedTest
    @CsvSource({
        "GONE, romeo, xmpp:romeo@mantua.example",
        "REDIRECT, romeo, xmpp:romeo@mantua.example",
        "GONE, juliet capulet, xmpp:juliet%5C20capulet@mantua.example",
        "GONE, what?#1, xmpp:what%3F%231@mantua.example",
        "GONE, jürgen, xmpp:j%C3%BCrgen@mantua.example",
    })
    void whereAUserIsInsteadStandsInTheError(Condition condition, String user, String uri) {
        scene.inbox = CompletableFuture.completedFuture(new DeliveryOutcome.Failed(
                condition,
                Reason.ANSWERED_BY_PEER,
                "",
                Optional.empty(),
                Optional.of(Principal.of(user, DomainName.of("mantua.example")))));
        scene.receivesMessage("id='m1' type='chat'", "<body>b</body>");
        assertThat(scene.stanza())
                .contains("<" + Conditions.name(condition) + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>" + uri
                        + "</");
    }

    @Test
    @Specified(document = "RFC 6120", section = "8.3.1", requirement = "An error is not answered with an error")
    void anErrorIsNeverAnsweredWithAnError() {
        scene.receivesMessage("type='error' id='m1'", "<error type='cancel'><gone/></error>");
        scene.receives("<message from='juliet@chat.example' to='@' type='error'/>");
        assertThat(scene.sent).isEmpty();
        assertThat(scene.brought).isEmpty();
    }

    @Test
    void interworking6_8WhatTheOtherSideTookIsReceivedOnceForWhoAsked() {
        scene.inbox = CompletableFuture.completedFuture(new DeliveryOutcome.Delivered());
        scene.receivesMessage("id='m1' type='chat'", "<body>b</body><request xmlns='urn:xmpp:receipts'/>");
        assertThat(scene.stanza())
                .contains("from='romeo@corp.example'", "to='juliet@chat.example/balcony'")
                .contains("<received xmlns='urn:xmpp:receipts' id='m1'/>")
                .doesNotContain("<request");
        scene.delivers(
                new Event.Acknowledged(ROMEO_DESK, JULIET_BALCONY, "", new Receipt("m1", Receipt.Kind.DELIVERED)));
        assertThat(scene.sent).hasSize(1);
    }

    @Test
    void aSenderIsNotToldTwiceThatItFailed() {
        scene.inbox = CompletableFuture.completedFuture(
                DeliveryOutcome.failed(Condition.RECIPIENT_UNAVAILABLE, Reason.TIMED_OUT));
        scene.receivesMessage("id='m1' type='chat'", "<body>b</body>");
        scene.delivers(new Event.Acknowledged(ROMEO_DESK, JULIET_BALCONY, "", new Receipt("m1", Receipt.Kind.FAILED)));
        assertThat(scene.sent).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<delay xmlns='urn:xmpp:delay' stamp='yesterday'/>",
                "<delay xmlns='urn:xmpp:delay'/>",
                "<replace xmlns='urn:xmpp:message-correct:0'/>",
                "<received xmlns='urn:xmpp:receipts'/>",
                "<thread/>",
                "<x xmlns=''><y/></x>",
                "<x xmlns='urn:example:a' xmlns:b='urn:example:b' b:c='' c='d'/>",
                "<html xmlns='http://jabber.org/protocol/xhtml-im'/>",
                "<x xmlns='urn:example:unknown'><y><body xmlns='jabber:client'>no</body></y></x>",
                "<body xmlns='urn:example:other'>no</body>"
            })
    void whatIsUnknownOrMalformedBesideABodyBreaksNothing(String payload) {
        assertThat(said("id='m1'", "<body>b</body>" + payload).bodies()).containsExactly(Body.plain("b"));
    }
}
