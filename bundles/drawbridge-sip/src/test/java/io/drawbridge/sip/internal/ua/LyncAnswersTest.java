// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.metrics.MetricSink;
import io.drawbridge.api.model.Body;
import io.drawbridge.api.model.Composing;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.Receipt;
import io.drawbridge.api.policy.Reason;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Lync's servers and clients answer and are answered: interworking 6.3.3 and 6.6.2, row by row. */
class LyncAnswersTest {
    private static final String SDP =
            """
            v=0
            o=- 0 0 IN IP4 192.0.2.10
            s=session
            c=IN IP4 192.0.2.10
            t=0 0
            m=message 5060 sip null
            a=accept-types:text/plain
            """;

    private final Scene scene = new Scene().with("messageMode", "SESSION");

    private String accepted(String invite) {
        scene.accepts(invite, SDP);
        return scene.gets("MESSAGE sip:romeo@10.0.0.1:5071 SIP/2.0");
    }

    private static Condition of(CompletableFuture<DeliveryOutcome> message) {
        return ((DeliveryOutcome.Failed) message.getNow(null)).condition();
    }

    @ParameterizedTest(name = "interworking 6.3.3: {0} {1} is {2}")
    @CsvSource({
        "404, ms-diagnostics: 1003;reason=\"User does not exist\", ITEM_NOT_FOUND",
        "404, ms-diagnostics: 4005;reason=\"Destination URI not enabled\", ITEM_NOT_FOUND",
        "480, Warning: 391 lync \"Do not disturb\", RECIPIENT_UNAVAILABLE",
        "480, X-None: 1, RECIPIENT_UNAVAILABLE",
        "486, X-None: 1, RECIPIENT_UNAVAILABLE",
        "415, X-None: 1, NOT_ACCEPTABLE",
        "403, ms-diagnostics: 1002;reason=\"Not enabled\", FORBIDDEN",
        "403, ms-diagnostics: 1012;reason=\"Not enabled\", FORBIDDEN",
        "504, ms-diagnostics: 1008;reason=\"Unable to resolve\", REMOTE_SERVER_TIMEOUT",
        "504, ms-diagnostics: 1009;reason=\"No match\", REMOTE_SERVER_TIMEOUT",
        "504, ms-diagnostics: 1010;reason=\"Certificate\", REMOTE_SERVER_TIMEOUT",
        "504, ms-diagnostics: 1047;reason=\"Failed to complete\", REMOTE_SERVER_TIMEOUT",
        "606, Warning: 309 lync \"Message contents not allowed by policy\", POLICY_VIOLATION",
        "606, Warning: 310 lync \"Something else\", NOT_ACCEPTABLE",
    })
    void anAnswerToAMessageInASessionIsToldByItsRow(int status, String header, Condition condition) {
        CompletableFuture<DeliveryOutcome> outcome = scene.says("Hi");
        scene.answers(accepted(scene.gets("INVITE ")), status, header);

        assertThat(of(outcome)).isEqualTo(condition);
    }

    /** "415 to MESSAGE: resend as text/plain, then not-acceptable". */
    @Test
    void whatIsNotReadInItsEnvelopeGoesOnceMoreWithoutIt() {
        scene.with("messageMode", "PAGER");
        scene.messages(
                Scene.wire(
                        """
                        From: <sip:romeo@corp.example>
                        To: <sip:juliet@chat.example>
                        NS: imdn <urn:ietf:params:imdn>
                        imdn.Message-ID: id-1
                        imdn.Disposition-Notification: positive-delivery

                        Content-Type: text/plain

                        I know receipts"""),
                "Content-Type: message/cpim");
        scene.gets("SIP/2.0 202");
        CompletableFuture<DeliveryOutcome> outcome =
                scene.deliver(new Event.Said(Scene.BALCONY, Scene.ANY_ROMEO, Scene.wantingReceipt()));
        String wrapped = scene.gets("MESSAGE ");
        assertThat(Scene.header(wrapped, "Content-Type")).startsWith("message/cpim");
        scene.answers(wrapped, 415);
        String plain = scene.gets("MESSAGE ");
        assertThat(Scene.header(plain, "Content-Type")).startsWith("text/plain");
        scene.answers(plain, 415);

        assertThat(of(outcome)).isEqualTo(Condition.NOT_ACCEPTABLE);
        scene.getsNothing();
    }

    /** "no XMPP resource online: if error service-unavailable returns - 480 to the MESSAGE". */
    @Test
    void whoIsNotThereToTakeAMessageIsUnavailableToWhoHoldsTheSession() {
        String session = scene.invites(SDP);
        scene.answer = DeliveryOutcome.failed(Condition.SERVICE_UNAVAILABLE, Reason.ANSWERED_BY_PEER);
        String contact = Scene.header(session, "Contact");
        scene.sends(
                "Hi",
                "MESSAGE " + contact.substring(1, contact.length() - 1) + " SIP/2.0",
                "From: <sip:romeo@corp.example>;tag=r1",
                "To: " + Scene.header(session, "To"),
                "Call-ID: i1",
                "CSeq: " + scene.nextInDialog() + " MESSAGE",
                "Content-Type: text/plain");

        scene.gets("SIP/2.0 480");
    }

    /** "subject: Subject header of INVITE". */
    @Test
    void theSubjectIsTheInvitations() {
        Message message = new Message(
                "m1",
                "T1",
                Message.Style.CHAT,
                "Verona",
                List.of(Body.plain("Hi")),
                Set.<Receipt.Kind>of(),
                Optional.empty(),
                Optional.empty());
        scene.deliver(new Event.Said(Scene.BALCONY, Scene.ANY_ROMEO, message));

        assertThat(Scene.header(scene.gets("INVITE "), "Subject")).isEqualTo("Verona");
    }

    /** "thread: Ms-Conversation-ID": it groups the sessions of a talk, whoever opens them; "Call-ID own". */
    @Test
    void sessionsOfOneTalkHaveOneConversation() {
        scene.says("Hi");
        String first = scene.gets("INVITE ");
        scene.answers(accepted(first), 200);
        scene.deliver(new Event.Typing(Scene.BALCONY, Scene.ANY_ROMEO, "T1", Composing.GONE));
        scene.answers(scene.gets("BYE "), 200);
        scene.says("Again");
        String second = scene.gets("INVITE ");

        assertThat(Scene.header(second, "Ms-Conversation-ID")).isEqualTo(Scene.header(first, "Ms-Conversation-ID"));
        assertThat(Scene.header(second, "Call-ID"))
                .isNotEqualTo(Scene.header(first, "Call-ID"))
                .doesNotContain("T1");
        scene.answers(second, 404);
        scene.gets("ACK ");
        scene.invites(SDP, "Ms-Conversation-ID: AdX");
        scene.time.advance(Duration.ofMinutes(11));
        scene.answers(scene.gets("BYE "), 200);
        scene.says("Once more");
        assertThat(Scene.header(scene.gets("INVITE "), "Ms-Conversation-ID")).isEqualTo("AdX");
    }

    /** "403 / 1002, 1012: alarm: federation not enabled"; "504 / 1008, 1009, 1010, 1047: alarm with id". */
    @ParameterizedTest
    @CsvSource({
        "403, 1002, 1",
        "403, 1012, 1",
        "504, 1008, 1",
        "504, 1009, 1",
        "504, 1010, 1",
        "504, 1047, 1",
        "404, 1003, 0"
    })
    void answersThatAskForAnAdministratorAreCountedByTheirNumber(int status, String id, double counted) {
        scene.with("messageMode", "PAGER");
        scene.says("Hi");
        scene.answers(scene.gets("MESSAGE "), status, "ms-diagnostics: " + id + ";reason=\"Because\";source=\"pool\"");
        Map<String, Double> alarms = new HashMap<>();
        scene.agent.collect(new MetricSink() {
            @Override
            public void counter(String name, String help, double value, String... labels) {
                if (name.equals("drawbridge_sip_gateway_home_alarms")) {
                    alarms.put(labels[1], value);
                }
            }

            @Override
            public void gauge(String name, String help, double value, String... labels) {
                // Alarms are counted.
            }
        });

        assertThat(alarms.getOrDefault(id, 0.0)).isEqualTo(counted);
    }
}
