// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages outside a session, both ways: RFC 3428, RFC 7572, interworking 6.5. */
class PagerTest {
    private final Scene scene = new Scene();

    @Test
    void aMessageOfTheHomeBecomesWhatRomeoSaid() {
        scene.messages("Hi", "Subject: Verona", "Content-Language: en");

        Event.Said said = scene.event(Event.Said.class);
        assertThat(said.sender()).isEqualTo(Scene.ANY_ROMEO);
        assertThat(said.recipient()).isEqualTo(Instance.anyOf(Scene.JULIET));
        assertThat(said.message().bodies()).containsExactly(new Body("text/plain", "en", "Hi"));
        assertThat(said.message().subject()).isEqualTo("Verona");
        assertThat(said.message().style()).isEqualTo(Message.Style.CHAT);
        scene.gets("SIP/2.0 202");
    }

    /** "S2X: answer 202 after the stanza is written to an authenticated stream (or 200 if XEP-0198 acked)" (6.5). */
    @Test
    void whatThePeerHasIsAnswered200() {
        scene.answer = new DeliveryOutcome.Delivered();
        scene.messages("Hi");

        assertThat(scene.gets("SIP/2.0 200"))
                .as("RFC 3428 section 7: neither Contact nor body")
                .doesNotContain("Contact:")
                .endsWith("\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource({"ITEM_NOT_FOUND, 404", "RECIPIENT_UNAVAILABLE, 480", "FORBIDDEN, 403", "REMOTE_SERVER_TIMEOUT, 504"})
    void aRefusalOfThePeerIsAnsweredByTheTable(Condition condition, int status) {
        scene.answer = DeliveryOutcome.failed(condition, Reason.ANSWERED_BY_PEER);
        scene.messages("Hi");

        assertThat(scene.gets("SIP/2.0 " + status)).doesNotContain("ms-diagnostics:");
    }

    /** Interworking 6.3.1: "gone: with new address 301 + Contact", "redirect: 302, Contact = mapped address". */
    @ParameterizedTest
    @CsvSource({"GONE, 301", "REDIRECT, 302"})
    void whereTheRecipientIsInsteadIsToldInSipsOwnForm(Condition condition, int status) {
        scene.answer = new DeliveryOutcome.Failed(
                condition,
                Reason.ANSWERED_BY_PEER,
                "",
                Optional.empty(),
                Optional.of(Principal.of("juliet o'hara", DomainName.of("mantua.example"))));
        scene.messages("Hi");

        assertThat(Scene.header(scene.gets("SIP/2.0 " + status), "Contact"))
                .isEqualTo("<sip:juliet%20o'hara@mantua.example>");
    }

    /** Interworking 6.3.2: "301: gone with address", "302: redirect". */
    @ParameterizedTest
    @CsvSource({
        "301, <sip:Romeo@mantua.example>, GONE, romeo@mantua.example",
        "302, <sip:romeo@mantua.example>;expires=5, REDIRECT, romeo@mantua.example",
        "301, <tel:+15551212>, GONE, ",
        "302, <sip:mantua.example>, REDIRECT, ",
        "410, <sip:romeo@mantua.example>, GONE, romeo@mantua.example",
        "404, <sip:romeo@mantua.example>, ITEM_NOT_FOUND, ",
    })
    void whereAUserOfTheHomeIsInsteadIsTold(int status, String contact, Condition condition, String newAddress) {
        CompletableFuture<DeliveryOutcome> outcome = scene.says("Hi");
        scene.answers(scene.gets("MESSAGE "), status, "Contact: " + contact);

        DeliveryOutcome.Failed failed = (DeliveryOutcome.Failed) outcome.getNow(null);
        assertThat(failed.condition()).isEqualTo(condition);
        assertThat(failed.newAddress().map(Principal::toString)).isEqualTo(Optional.ofNullable(newAddress));
    }

    /** Interworking 6.3.1: "413 when the app condition is stanza-too-big". */
    @Test
    void whatIsTooLargeForThePartnerIsAnsweredSo() {
        scene.answer = DeliveryOutcome.failed(Condition.POLICY_VIOLATION, Reason.CONTENT_TOO_LARGE);
        scene.messages("Hi");

        scene.gets("SIP/2.0 413 ");
    }

    @Test
    void aRefusalOfTheEdgeSaysWhyAsTheRelayDoes() {
        scene.answer = DeliveryOutcome.failed(Condition.FORBIDDEN, Reason.USER_NOT_ENABLED_FOR_XMPP);
        scene.messages("Hi");

        assertThat(scene.gets("SIP/2.0 403 Forbidden"))
                .contains("ms-diagnostics: 1002;reason=\"" + Reason.USER_NOT_ENABLED_FOR_XMPP.text() + "\"")
                .contains("ms-edge-proxy-message-trust: ms-source-type=EdgeProxyGenerated");
    }

    @Test
    void whenToTryAgainIsTold() {
        scene.answer = new DeliveryOutcome.Failed(
                Condition.RESOURCE_CONSTRAINT, Reason.ANSWERED_BY_PEER, "", Optional.of(Duration.ofSeconds(7)));
        scene.messages("Hi");

        assertThat(Scene.header(scene.gets("SIP/2.0 500"), "Retry-After")).isEqualTo("7");
    }

    @Test
    void aSenderIsToldBeforeItGivesUpByItself() {
        scene.answersAtOnce = false;
        scene.messages("Hi");
        scene.time.advance(Duration.ofSeconds(29));
        scene.getsNothing();
        scene.time.advance(Duration.ofSeconds(1));

        scene.gets("SIP/2.0 504");
        scene.unanswered.remove().complete(new DeliveryOutcome.Delivered());
        scene.getsNothing();
    }

    @Test
    void aMessageThatAsksForAnUnknownExtensionIsRefused() {
        scene.messages("Hi", "Require: recipient-list-message");

        assertThat(Scene.header(scene.gets("SIP/2.0 420"), "Unsupported")).isEqualTo("recipient-list-message");
        assertThat(scene.events).isEmpty();
    }

    @Test
    void aTypeThatNobodyReadsIsRefusedWithWhatIsRead() {
        scene.messages("x", "Content-Type: application/octet-stream");

        assertThat(Scene.header(scene.gets("SIP/2.0 415"), "Accept")).startsWith("text/plain");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sip:chat.example", "sip:%FF@chat.example"})
    void anAddressThatCannotBeMappedIsRefused(String uri) {
        scene.sends(
                "Hi",
                "MESSAGE " + uri + " SIP/2.0",
                "From: <sip:romeo@corp.example>;tag=1",
                "To: <sip:juliet@chat.example>",
                "Call-ID: a",
                "CSeq: 1 MESSAGE",
                "Content-Type: text/plain");

        scene.gets("SIP/2.0 404");
        assertThat(scene.events).isEmpty();
    }

    @Test
    void theInstanceIsTheSendersGruuOrEpid() {
        scene.messages("Hi", "From: <sip:romeo@corp.example;gr=desk>;tag=1");
        assertThat(scene.event(Event.Said.class).sender().id()).isEqualTo("desk");
        scene.messages("Hi", "From: <sip:romeo@corp.example>;tag=1;epid=0a1b2c3d4e");
        assertThat(scene.event(Event.Said.class).sender().id()).isEqualTo("0a1b2c3d4e");
    }

    @Test
    void anOldMessageKeepsItsDate() {
        scene.messages("Hi", "Date: Sat, 28 Feb 2026 09:00:00 GMT");

        assertThat(scene.event(Event.Said.class).message().sent()).contains(Instant.parse("2026-02-28T09:00:00Z"));
    }

    @Test
    void aMessageMayStandAlone() {
        scene.with("pagerMessagesAsChat", false);
        scene.messages("Hi");

        assertThat(scene.event(Event.Said.class).message().style()).isEqualTo(Message.Style.SINGLE);
    }

    @Test
    void whatJulietSaysBecomesAMessage() {
        CompletableFuture<DeliveryOutcome> outcome = scene.says("Hi");

        String message = scene.gets("MESSAGE sip:romeo@corp.example SIP/2.0");
        assertThat(Scene.header(message, "From")).startsWith("<sip:juliet@chat.example;gr=balcony>;tag=");
        assertThat(Scene.header(message, "To")).isEqualTo("<sip:romeo@corp.example>");
        assertThat(Scene.header(message, "Content-Type")).isEqualTo("text/plain;charset=UTF-8");
        assertThat(Scene.header(message, "ms-edge-proxy-message-trust")).contains("ms-source-verified-user=verified");
        assertThat(Scene.header(message, "Contact"))
                .as("RFC 3428 section 4: no Contact")
                .isEmpty();
        assertThat(Scene.body(message)).isEqualTo("Hi");
        assertThat(outcome).isNotDone();
        scene.answers(message, 200);
        assertThat(outcome).isCompletedWithValue(new DeliveryOutcome.Delivered());
    }

    @Test
    void aMessageThatTheHomeStoredIsHandedOver() {
        CompletableFuture<DeliveryOutcome> outcome = scene.says("Hi");
        scene.answers(scene.gets("MESSAGE"), 202);

        assertThat(outcome).isCompletedWithValue(new DeliveryOutcome.HandedOver());
    }

    @ParameterizedTest
    @CsvSource({
        "404, ITEM_NOT_FOUND",
        "480, RECIPIENT_UNAVAILABLE",
        "486, RECIPIENT_UNAVAILABLE",
        "603, RECIPIENT_UNAVAILABLE"
    })
    void aRefusalOfTheHomeIsToldByTheTable(int status, Condition condition) {
        CompletableFuture<DeliveryOutcome> outcome = scene.says("Hi");
        scene.answers(scene.gets("MESSAGE"), status);

        assertThat(outcome.getNow(null))
                .isEqualTo(new DeliveryOutcome.Failed(condition, Reason.ANSWERED_BY_PEER, "Because", Optional.empty()));
    }

    @Test
    void aHomeThatSaysNothingTimesOutWithinTheTimeOfALink() {
        CompletableFuture<DeliveryOutcome> outcome = scene.says("Hi");
        scene.time.advance(Duration.ofSeconds(31));

        assertThat(outcome.getNow(null)).isInstanceOfSatisfying(DeliveryOutcome.Failed.class, failed -> {
            assertThat(failed.condition()).isEqualTo(Condition.REMOTE_SERVER_TIMEOUT);
            assertThat(failed.reason()).isEqualTo(Reason.TIMED_OUT);
        });
    }

    @Test
    void aLostConnectionIsTold() {
        CompletableFuture<DeliveryOutcome> outcome = scene.says("Hi");
        scene.breaks();

        assertThat(outcome.getNow(null))
                .isInstanceOfSatisfying(DeliveryOutcome.Failed.class, failed -> assertThat(failed.reason())
                        .isEqualTo(Reason.CONNECTION_LOST));
    }

    @Test
    void aHomeThatCannotBeReachedIsTold() {
        scene.noWay = Reason.UNREACHABLE;

        assertThat(scene.says("Hi").getNow(null))
                .isInstanceOfSatisfying(DeliveryOutcome.Failed.class, failed -> assertThat(failed.reason())
                        .isEqualTo(Reason.UNREACHABLE));
    }

    /** "A UAC should not send a second MESSAGE to the same target before the first is answered" (2.1, RFC 3428 section 8). */
    @Test
    void messagesOfATalkGoOneAfterTheOther() {
        scene.says("one");
        CompletableFuture<DeliveryOutcome> second = scene.says("two");
        String first = scene.gets("MESSAGE");
        scene.getsNothing();
        scene.answers(first, 200);

        String next = scene.gets("MESSAGE");
        assertThat(Scene.body(next)).isEqualTo("two");
        scene.answers(next, 200);
        assertThat(second).isCompleted();
    }

    @Test
    void whatWaitsTooLongIsNotSentAfterItsSenderWasTold() {
        scene.says("one");
        String first = scene.gets("MESSAGE");
        CompletableFuture<DeliveryOutcome> second = scene.says("two");
        scene.time.advance(Duration.ofSeconds(31));

        assertThat(second).isCompleted();
        scene.getsNothing();
        scene.answers(first, 200);
        scene.getsNothing();
    }

    /** RFC 3428 section 8: "the size of MESSAGE requests outside of a media session MUST NOT exceed 1300 bytes". */
    @Test
    void aMessageTooLargeForAnUnknownPathIsRefused() {
        scene.nextHop = true;
        scene.with("messageMode", "PAGER");
        String large = "x".repeat(1300);

        assertThat(scene.says(large).getNow(null))
                .isInstanceOfSatisfying(DeliveryOutcome.Failed.class, failed -> assertThat(failed.condition())
                        .isEqualTo(Condition.POLICY_VIOLATION));
        scene.getsNothing();
        scene.nextHop = false;
        scene.says(large);
        scene.gets("MESSAGE");
    }

    @Test
    void theHomesOwnSpellingOfItsUsersIsUsed() {
        scene.messages("Hi", "From: <sip:Romeo@corp.example>;tag=1");
        assertThat(scene.event(Event.Said.class).sender()).isEqualTo(Scene.ANY_ROMEO);
        scene.gets("SIP/2.0 202");
        scene.says("Hi");

        scene.gets("MESSAGE sip:Romeo@corp.example SIP/2.0");
    }

    @Test
    void anInstanceIsNamedOnlyIfTheHomeNamedIt() {
        Instance desk = new Instance(Scene.ROMEO, "desk");
        Event.Said said = new Event.Said(Scene.BALCONY, desk, Message.chat("m1", "T1", "Hi"));
        scene.deliver(said);
        scene.answers(scene.gets("MESSAGE sip:romeo@corp.example SIP/2.0"), 200);
        scene.messages("Hi", "From: <sip:romeo@corp.example;gr=desk>;tag=1");
        scene.gets("SIP/2.0 202");
        scene.deliver(said);

        scene.gets("MESSAGE sip:romeo@corp.example;gr=desk SIP/2.0");
    }

    @Test
    void aTalkKeepsItsConversation() {
        scene.says("Hi");
        scene.gets("MESSAGE");
        scene.messages("Hi");

        assertThat(scene.event(Event.Said.class).message().conversation()).isEqualTo("T1");
    }

    @Test
    void noHeaderCanBeSmuggledIn() {
        Message evil = new Message(
                "m",
                "",
                Message.Style.CHAT,
                "a\r\nX-Evil: 1",
                List.of(Body.plain("x")),
                Set.of(),
                Optional.empty(),
                Optional.empty());
        scene.deliver(new Event.Said(Scene.BALCONY, Scene.ANY_ROMEO, evil));

        assertThat(Scene.head(scene.gets("MESSAGE"))).noneMatch(line -> line.startsWith("X-Evil"));
    }

    /** "Receipts: request - Disposition-Notification positive-delivery; received - delivery delivered" (6.8). */
    @Test
    void aReceiptThatRomeoAskedForComesBack() {
        scene.messages(
                Scene.wire(
                        """
                        From: <sip:romeo@corp.example>
                        To: <sip:juliet@chat.example>
                        NS: imdn <urn:ietf:params:imdn>
                        imdn.Message-ID: id-77
                        imdn.Disposition-Notification: positive-delivery, display

                        Content-Type: text/plain

                        Hi"""),
                "Content-Type: message/cpim");
        Message message = scene.event(Event.Said.class).message();
        assertThat(message.id()).isEqualTo("id-77");
        assertThat(message.wanted()).containsExactlyInAnyOrder(Receipt.Kind.DELIVERED, Receipt.Kind.DISPLAYED);
        assertThat(message.bodies()).containsExactly(Body.plain("Hi"));
        scene.gets("SIP/2.0 202");
        scene.deliver(new Event.Acknowledged(
                Scene.BALCONY, Scene.ANY_ROMEO, "", new Receipt("id-77", Receipt.Kind.DELIVERED)));

        assertThat(Scene.body(scene.gets("MESSAGE sip:romeo@corp.example SIP/2.0")))
                .contains("Content-Type: message/imdn+xml")
                .contains("<message-id>id-77</message-id>")
                .contains("<delivery-notification><status><delivered/></status></delivery-notification>");
    }

    @Test
    void aReceiptOfRomeosClientComesBackToJuliet() {
        scene.messages(
                Scene.wire(
                        """
                        From: <sip:romeo@corp.example>
                        To: <sip:juliet@chat.example>

                        Content-Type: message/imdn+xml

                        <imdn xmlns="urn:ietf:params:xml:ns:imdn"><message-id>m1</message-id>
                        <display-notification><status><displayed/></status></display-notification></imdn>"""),
                "Content-Type: message/cpim");

        assertThat(scene.event(Event.Acknowledged.class).receipt())
                .isEqualTo(new Receipt("m1", Receipt.Kind.DISPLAYED));
        scene.gets("SIP/2.0 202");
    }

    /** "Receipt request: 200 to MESSAGE becomes received" (6.6.2), where no other receipt will come. */
    @Test
    void anAnswer200IsTheReceiptOfAClientThatKnowsNoOther() {
        scene.deliver(new Event.Said(Scene.BALCONY, Scene.ANY_ROMEO, Scene.wantingReceipt()));
        scene.answers(scene.gets("MESSAGE"), 200);

        Event.Acknowledged receipt = scene.event(Event.Acknowledged.class);
        assertThat(receipt.sender()).isEqualTo(Scene.ANY_ROMEO);
        assertThat(receipt.recipient()).isEqualTo(Scene.BALCONY);
        assertThat(receipt.receipt()).isEqualTo(new Receipt("m1", Receipt.Kind.DELIVERED));
    }

    /** "empty message (chat state only): only in session or if peer supports; else drop" (6.5). */
    @Test
    void whoIsWritingIsToldOnlyToWhoTellsIt() {
        Event.Typing typing = new Event.Typing(Scene.BALCONY, Scene.ANY_ROMEO, "T1", Composing.COMPOSING);
        assertThat(scene.deliver(typing).getNow(null)).isInstanceOf(DeliveryOutcome.Failed.class);
        scene.getsNothing();
        scene.messages(
                "<isComposing xmlns='urn:ietf:params:xml:ns:im-iscomposing'><state>active</state></isComposing>",
                "Content-Type: application/im-iscomposing+xml");
        assertThat(scene.event(Event.Typing.class).state()).isEqualTo(Composing.COMPOSING);
        scene.gets("SIP/2.0 202");
        scene.deliver(typing);

        assertThat(Scene.body(scene.gets("MESSAGE"))).contains("<state>active</state>");
    }

    @Test
    void whatIsNotAMethodOfTheGatewayIsRefused() {
        scene.sends(
                "",
                "PUBLISH sip:juliet@chat.example SIP/2.0",
                "From: <sip:romeo@corp.example>;tag=1",
                "To: <sip:juliet@chat.example>",
                "Call-ID: p",
                "CSeq: 1 PUBLISH");

        assertThat(scene.gets("SIP/2.0 405")).contains("Allow: ");
    }

    @Test
    void aMalformedRequestIsAnsweredAndNothingElseHappens() {
        scene.sends(
                "",
                "MESSAGE sip:juliet@chat.example SIP/2.0",
                "From: <sip:romeo@corp.example>;tag=1",
                "To: <sip:juliet@chat.example>",
                "Call-ID: m",
                "CSeq: 1 BYE");

        scene.gets("SIP/2.0 400");
        assertThat(scene.events).isEmpty();
    }
}
