// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import static io.drawbridge.xmpp.internal.stream.Edge.failureOf;
import static io.drawbridge.xmpp.internal.stream.Edge.outcomeOf;
import static io.drawbridge.xmpp.internal.stream.RawPeer.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.DeliveryOutcome.HandedOver;
import io.drawbridge.api.model.Condition;
import io.drawbridge.testbed.Eventually;
import io.drawbridge.testbed.Specified;
import io.drawbridge.xmpp.internal.codec.StreamCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What this appliance makes of the errors with which partners end its streams: interworking 4.11, row by row. */
@Timeout(60)
final class StreamErrorsTest {
    @RegisterExtension
    final EdgeBesideChat chat = new EdgeBesideChat(Map.of());

    /** Carries a message on a stream that the partner ends with an error then. */
    private void endsAStream(String condition, Duration after) throws Exception {
        CompletableFuture<DeliveryOutcome> message = chat.edge.sends("first");
        try (RawPeer peer = chat.takesStream("")) {
            peer.hears("id='first'");
            assertThat(outcomeOf(message)).isEqualTo(new HandedOver());
            chat.edge.ahead = chat.edge.ahead.plus(after);
            peer.says(error(condition)).hearsToTheEnd();
        }
        Eventually.await("the end of the stream", Duration.ofSeconds(30), () -> chat.edge.gateway.streams() == 0);
    }

    @ParameterizedTest
    @EnumSource(StreamCondition.class)
    @Specified(
            document = "RFC 6120",
            section = "4.9.3",
            requirement = "Every defined condition of a stream is understood")
    void everyErrorIsToldToWhoeverWaitsAndCounted(StreamCondition condition) throws Exception {
        CompletableFuture<DeliveryOutcome> message = chat.edge.sends("m1");
        try (RawPeer peer = chat.accepts()) {
            peer.hears("xml:lang='en'>");
            peer.says(RawPeer.answer("s1") + error(condition.element()));
        }
        Condition told =
                switch (condition) {
                    case HOST_GONE, HOST_UNKNOWN -> Condition.REMOTE_SERVER_NOT_FOUND;
                    case INVALID_FROM, NOT_AUTHORIZED -> Condition.INTERNAL_SERVER_ERROR;
                    case RESOURCE_CONSTRAINT -> Condition.RESOURCE_CONSTRAINT;
                    default -> Condition.REMOTE_SERVER_TIMEOUT;
                };
        assertThat(failureOf(message).condition()).isEqualTo(told);
        assertThat(chat.edge.counted("drawbridge_xmpp_stream_errors_received", condition.element()))
                .isEqualTo(1);
    }

    /** "back-off at least 60 s"; "negative cache 5 to 30 min": however long the stream was of use. */
    @ParameterizedTest
    @CsvSource({"resource-constraint, 60", "host-unknown, 300", "host-gone, 300"})
    void aPartnerThatWantsToBeLeftAloneIs(String condition, long seconds) throws Exception {
        endsAStream(condition, Duration.ofMinutes(1));
        assertThat(failureOf(chat.edge.sends("second")).retryAfter())
                .hasValueSatisfying(rest -> assertThat(rest).isGreaterThan(Duration.ofSeconds(seconds - 5)));
        chat.edge.ahead = chat.edge.ahead.plus(Duration.ofSeconds(seconds + 12));
        chat.edge.sends("third");
        chat.accepts().close();
    }

    /** "back-off", so that not every message costs a connection with a partner that takes none. */
    @ParameterizedTest
    @CsvSource({"policy-violation", "conflict", "internal-server-error", "invalid-xml", "undefined-condition", "made-up"
    })
    void aPartnerThatEndsStreamsAsSoonAsTheyAreThereIsTriedEverMoreRarely(String condition) throws Exception {
        endsAStream(condition, Duration.ZERO);
        assertThat(failureOf(chat.edge.sends("second")).retryAfter()).isPresent();
    }

    /** "reopen on demand"; "reconnect at once"; and one error after a time of use is no reason to wait. */
    @ParameterizedTest
    @CsvSource({"connection-timeout, 0", "reset, 0", "system-shutdown, 0", "policy-violation, 60"})
    void anotherStreamIsOpenedWhenThereIsSomethingToSay(String condition, long after) throws Exception {
        endsAStream(condition, Duration.ofSeconds(after));
        chat.edge.sends("second");
        try (RawPeer peer = chat.takesStream("")) {
            peer.hears("id='second'");
        }
    }

    /** RFC 6120 section 3.3: the times between attempts grow until something lasts. */
    @Test
    void timesBetweenAttemptsGrowUntilAStreamLasts() {
        BackOff backOff = new BackOff(new Longest());
        Instant now = Instant.EPOCH;
        backOff.failed(now, Duration.ZERO);
        Duration first = backOff.rest(now);
        backOff.interrupt();
        assertThat(backOff.rest(now)).isZero();
        backOff.failed(now, Duration.ZERO);
        assertThat(backOff.rest(now)).isGreaterThan(first);
        backOff.succeeded();
        backOff.failed(now, Duration.ZERO);
        assertThat(backOff.rest(now)).isEqualTo(first);
    }

    /** Always the most there may be. */
    private static final class Longest implements RandomGenerator {
        @Override
        public long nextLong() {
            return Long.MAX_VALUE;
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    }
}
