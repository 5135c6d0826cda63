// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.Body;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.testbed.Specified;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where each field of a message from outside goes in a MESSAGE: interworking 6.5 (RFC 7572 section 4). */
class PagerFieldsTest {
    private static final Instant WRITTEN = Instant.parse("2026-02-08T09:00:00Z");

    private final Scene scene = new Scene();

    private String sent(Message message) {
        scene.deliver(new Event.Said(Scene.BALCONY, Scene.ANY_ROMEO, message));
        return scene.gets("MESSAGE sip:romeo@corp.example SIP/2.0");
    }

    private static Message message(Message.Style style, String thread) {
        List<Body> bodies = List.of(
                new Body(Body.PLAIN, "de", "Hallo"),
                new Body(Body.PLAIN, "en", "Hello"),
                new Body("text/html", "de", "<b>Hallo</b>"));
        return new Message("m1", thread, style, "Verona", bodies, Set.of(), Optional.empty(), Optional.of(WRITTEN));
    }

    @Test
    @Specified(document = "RFC 7572", section = "4", requirement = "subject, language and time cross as header fields")
    void subjectLanguageAndTimeAreHeaderFields() {
        String message = sent(message(Message.Style.CHAT, "T1"));

        assertThat(Scene.header(message, "Subject")).isEqualTo("Verona");
        assertThat(Scene.header(message, "Content-Language")).isEqualTo("de");
        assertThat(Scene.header(message, "Date")).isEqualTo("Sun, 08 Feb 2026 09:00:00 GMT");
    }

    /** "several bodies by xml:lang: others dropped"; "text/plain is mandatory". */
    @Test
    void ofSeveralBodiesTheFirstPlainOneGoes() {
        String message = sent(message(Message.Style.CHAT, "T1"));

        assertThat(Scene.header(message, "Content-Type")).isEqualTo("text/plain;charset=UTF-8");
        assertThat(Scene.body(message)).isEqualTo("Hallo");
    }

    /** "correction: no SIP form: send new text prefixed by marker" (5.8). */
    @Test
    void aCorrectionIsSaidAgainWithAMark() {
        Message corrected = new Message(
                "m2",
                "T1",
                Message.Style.CHAT,
                "",
                List.of(Body.plain("Verona")),
                Set.of(),
                Optional.of("m1"),
                Optional.empty());

        assertThat(Scene.body(sent(corrected))).isEqualTo("* Verona");
    }

    /** "generate Call-ID": one that a stranger chose could be that of somebody's dialog. */
    @Test
    void neitherThreadNorIdentifierOfTheMessageIsUsedOnTheWire() {
        String first = sent(message(Message.Style.CHAT, "dialog@pool.corp.example"));
        scene.answers(first, 200);
        String second = sent(message(Message.Style.CHAT, "dialog@pool.corp.example"));

        assertThat(Scene.header(first, "Call-ID")).isNotEqualTo("dialog@pool.corp.example");
        assertThat(Scene.header(second, "Call-ID")).isNotEqualTo(Scene.header(first, "Call-ID"));
        assertThat(Scene.header(first, "Via")).doesNotContain("branch=m1");
    }

    /** "type: none". */
    @ParameterizedTest
    @EnumSource(Message.Style.class)
    void everyStyleIsTheSameRequest(Message.Style style) {
        assertThat(Scene.body(sent(message(style, "")))).isEqualTo("Hallo");
    }

    @Test
    void moreThanCanWaitIsToldAtOnce() {
        for (int i = 0; i <= 500; i++) {
            scene.says("line " + i);
        }
        CompletableFuture<DeliveryOutcome> tooMany = scene.says("one more");

        assertThat(tooMany.getNow(null)).isInstanceOfSatisfying(DeliveryOutcome.Failed.class, failed -> {
            assertThat(failed.condition()).isEqualTo(Condition.RESOURCE_CONSTRAINT);
            assertThat(failed.reason()).isEqualTo(Reason.OVERLOADED);
        });
    }
}
