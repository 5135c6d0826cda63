// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.sip.SipFlow;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the home's servers answer, and what is made of it: interworking 6.3.3. */
class NextHopTest {
    private final Scene scene = new Scene();
    private final SipFlow second = new Second();

    @BeforeEach
    void behindANextHop() {
        scene.nextHop = true;
    }

    /** "503: wait Retry-After on that next hop, other hop now". */
    @Test
    void aServerThatIsUnavailableIsLeftAsideAndAnotherGetsTheRequest() {
        scene.second = second;
        CompletableFuture<DeliveryOutcome> outcome = scene.says("Hi");
        String first = scene.gets("MESSAGE ");
        scene.answers(first, 503, "Retry-After: 120");
        assertThat(scene.avoided).isEqualTo(Duration.ofMinutes(2));
        String again = scene.gets("MESSAGE ");
        assertThat(Scene.header(again, "Call-ID")).isEqualTo(Scene.header(first, "Call-ID"));
        assertThat(Scene.header(again, "Via")).isNotEqualTo(Scene.header(first, "Via"));
        scene.wire = second;
        scene.answers(again, 200);

        assertThat(outcome).isCompletedWithValue(new DeliveryOutcome.Delivered());
    }

    /** The other server is found when the message's time is over: it gets nothing. */
    @Test
    void whatNobodyWaitsForAnyLongerGoesToNoOtherServer() {
        scene.second = second;
        scene.with("messageMode", "SESSION").with("sessionAnswerSeconds", 5);
        CompletableFuture<DeliveryOutcome> outcome = scene.says("Hi");
        String invite = scene.gets("INVITE ");
        scene.findsSlowly();
        scene.answers(invite, 503);
        scene.gets("ACK ");
        scene.time.advance(Duration.ofSeconds(5));
        assertThat(outcome).isDone();
        scene.finds();

        scene.getsNothing();
    }

    @Test
    void theSecondServerThatIsUnavailableEndsIt() {
        scene.second = second;
        CompletableFuture<DeliveryOutcome> outcome = scene.says("Hi");
        scene.answers(scene.gets("MESSAGE "), 503);
        String again = scene.gets("MESSAGE ");
        scene.wire = second;
        scene.answers(again, 503);

        assertThat(outcome.getNow(null)).isInstanceOf(DeliveryOutcome.Failed.class);
        scene.getsNothing();
    }

    @Test
    void withoutAnotherServerTheSenderIsTold() {
        CompletableFuture<DeliveryOutcome> outcome = scene.says("Hi");
        scene.answers(scene.gets("MESSAGE "), 503, "Retry-After: 20");

        assertThat(scene.avoided).isEqualTo(Duration.ofSeconds(20));
        assertThat(outcome.getNow(null))
                .isInstanceOfSatisfying(DeliveryOutcome.Failed.class, failed -> assertThat(failed.retryAfter())
                        .contains(Duration.ofSeconds(20)));
        scene.getsNothing();
    }

    /** A server does not put itself out of reach for days. */
    @Test
    void aRestIsLimited() {
        scene.says("Hi");
        scene.answers(scene.gets("MESSAGE "), 503, "Retry-After: 999999");

        assertThat(scene.avoided).isEqualTo(Duration.ofMinutes(5));
    }

    /** "404: item-not-found; negative-cache 5 min", less where it may mean that nobody is signed in just now. */
    @ParameterizedTest
    @CsvSource({"404, 10", "604, 300"})
    void whoIsNotThereIsNotAskedForAgainAtOnce(int status, int seconds) {
        scene.says("Hi");
        scene.answers(scene.gets("MESSAGE "), status);
        CompletableFuture<DeliveryOutcome> outcome = scene.says("again");
        scene.getsNothing();
        assertThat(outcome.getNow(null))
                .isInstanceOfSatisfying(DeliveryOutcome.Failed.class, failed -> assertThat(failed.condition())
                        .isEqualTo(Condition.ITEM_NOT_FOUND));
        scene.time.advance(Duration.ofSeconds(seconds));
        scene.says("later");

        scene.gets("MESSAGE ");
    }

    @Test
    void whoeverWritesIsThereAfterAll() {
        scene.says("Hi");
        scene.answers(scene.gets("MESSAGE "), 404);
        scene.messages("Here I am");
        scene.gets("SIP/2.0 202");
        scene.says("again");

        scene.gets("MESSAGE ");
    }

    @Test
    void whoeverOpensASessionIsThereAfterAll() {
        scene.says("Hi");
        scene.answers(scene.gets("MESSAGE "), 404);
        assertThat(scene.invites("v=0\ns=-\nt=0 0\nm=message 5060 sip null\n")).startsWith("SIP/2.0 200");
        scene.says("again");

        scene.gets("MESSAGE sip:romeo@10.0.0.1:5071");
    }

    @Test
    void theEmbeddedHomeKnowsItsUsersItself() {
        scene.nextHop = false;
        scene.says("Hi");
        scene.answers(scene.gets("MESSAGE "), 404);
        scene.says("again");

        scene.gets("MESSAGE ");
    }

    /** "415 to MESSAGE: resend as text/plain, then not-acceptable". */
    @Test
    void anEnvelopeThatIsNotTakenIsOpened() {
        scene.messages(
                Scene.wire(
                        """
                        From: <sip:romeo@corp.example>
                        NS: imdn <urn:ietf:params:imdn>
                        imdn.Message-ID: r1
                        imdn.Disposition-Notification: positive-delivery

                        Content-Type: text/plain

                        Hi"""),
                "Content-Type: message/cpim");
        scene.gets("SIP/2.0 202");
        CompletableFuture<DeliveryOutcome> outcome =
                scene.deliver(new Event.Said(Scene.BALCONY, Scene.ANY_ROMEO, Scene.wantingReceipt()));
        String wrapped = scene.gets("MESSAGE ");
        assertThat(Scene.header(wrapped, "Content-Type")).isEqualTo("message/cpim");
        scene.answers(wrapped, 415);
        String plain = scene.gets("MESSAGE ");
        assertThat(Scene.header(plain, "Content-Type")).startsWith("text/plain");
        scene.answers(plain, 415);
        scene.getsNothing();

        assertThat(outcome.getNow(null))
                .isInstanceOfSatisfying(DeliveryOutcome.Failed.class, failed -> assertThat(failed.condition())
                        .isEqualTo(Condition.NOT_ACCEPTABLE));
    }

    /** Another server of the home. */
    private final class Second implements HomeFlow {
        @Override
        public String id() {
            return "second";
        }

        @Override
        public HostPort remote() {
            return HostPort.of("192.0.2.8:5061");
        }

        @Override
        public boolean send(byte[] message) {
            return scene.send(message);
        }
    }
}
