// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbridge.api.crossing.Crossing;
import io.drawbridge.api.crossing.Crossing.Outcome;
import io.drawbridge.api.crossing.CrossingTrace;
import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.Direction;
import io.drawbridge.api.policy.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class TraceCommandTest {
    private final LiveTrace trace = new LiveTrace();
    private final Typed shell = new Typed().with(CrossingTrace.class, trace);

    @Test
    void followingShowsWhatMatchesUntilCtrlC() throws Exception {
        TraceCommand command = new TraceCommand();
        Typed.option(command, "follow", true);
        Typed.option(command, "domain", "fabrikam.example");

        String printed = shell.afterPrinting(Thread.currentThread()::interrupt).run(command);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(printed)
                .containsPattern("(?s)in +MESSAGE +bob@fabrikam.example +→ +alice@contoso.example: +delivered, +200"
                        + ".*Shown: 1\\.");
        assertThat(trace.asked.domain()).hasToString("Optional[fabrikam.example]");
        assertThat(trace.ended).isTrue();
    }

    @Test
    void aReasonIsTakenAsTheMetricsWriteItAndAnUnknownOneIsAnsweredWithAll() throws Exception {
        TraceCommand command = new TraceCommand();
        Typed.option(command, "reason", "domain_blocked");
        assertThat(shell.run(command)).contains("No crossing since the start matches");
        assertThat(trace.asked.reason()).contains(Reason.DOMAIN_BLOCKED);

        Typed.option(command, "reason", "blocked");
        assertThatThrownBy(() -> shell.run(command)).hasMessageContaining("domain_blocked");
    }

    @Test
    void whatComesTooFastIsLeftOutAndCounted() throws Exception {
        CrossingFeed feed = new CrossingFeed();
        for (int i = 0; i < 1_003; i++) {
            feed.offer(message());
        }
        assertThat(feed.leftOut()).isEqualTo(3);
        assertThat(feed.next(Duration.ZERO)).isPresent();
    }

    private static Crossing message() {
        return new Crossing(
                "4711",
                Instant.parse("2026-03-01T10:00:00Z"),
                Duration.ofMillis(20),
                Direction.INBOUND,
                "sip",
                "MESSAGE",
                Address.of("bob@fabrikam.example"),
                Address.of("alice@contoso.example"),
                "sip.fabrikam.example",
                "embedded home",
                "embedded home",
                Outcome.DELIVERED,
                Reason.ALLOWED,
                "200",
                List.of());
    }

    /** A trace in which one message crosses. Upon Ctrl-C the shell interrupts the thread of the command. */
    private static final class LiveTrace implements CrossingTrace {
        private Filter asked;
        private boolean ended;

        @Override
        public List<Crossing> last(Filter filter, int limit) {
            asked = filter;
            return List.of();
        }

        @Override
        public Following follow(Filter filter, Consumer<Crossing> follower) {
            asked = filter;
            follower.accept(message());
            return () -> ended = true;
        }
    }
}
