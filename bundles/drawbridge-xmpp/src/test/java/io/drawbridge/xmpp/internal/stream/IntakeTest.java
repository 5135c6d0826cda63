// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** XEP-0198 section 4: "h" is the number of stanzas handled, and an answer is withheld for no longer than a time-out. */
final class IntakeTest {
    private final List<Long> told = new ArrayList<>();
    private final CompletableFuture<Void> slow = new CompletableFuture<>();
    private Instant now = Instant.EPOCH;
    private final Intake intake = new Intake(() -> now, Runnable::run, told::add);

    @BeforeEach
    void count() {
        intake.count();
    }

    @Test
    void whatHasItsOutcomeIsCountedAtOnce() {
        intake.took(StanzaReceiver.NOTHING);
        intake.took(StanzaReceiver.NOTHING);
        intake.asked();
        assertThat(told).containsExactly(2L);
    }

    @Test
    void theAnswerWaitsForTheOutcomeOfEachStanzaBeforeTheQuestion() {
        CompletableFuture<Void> slower = new CompletableFuture<>();
        intake.took(slow);
        intake.took(slower);
        intake.asked();
        slower.complete(null);
        assertThat(told).isEmpty();
        slow.complete(null);
        assertThat(told).containsExactly(2L);
    }

    @Test
    void theAnswerDoesNotWaitForWhatCameAfterTheQuestion() {
        intake.took(StanzaReceiver.NOTHING);
        intake.asked();
        intake.took(slow);
        assertThat(told).containsExactly(1L);
    }

    @Test
    void anOutcomeThatTakesTooLongHoldsNothingUp() {
        intake.took(slow);
        intake.took(StanzaReceiver.NOTHING);
        intake.asked();
        now = now.plus(Intake.PATIENCE);
        intake.answerIfDue();
        assertThat(told).isEmpty();
        now = now.plus(Duration.ofMillis(1));
        intake.answerIfDue();
        assertThat(told).containsExactly(2L);
        slow.complete(null);
        assertThat(told).hasSize(1);
    }

    @Test
    void eachQuestionHasItsAnswer() {
        intake.took(StanzaReceiver.NOTHING);
        intake.took(slow);
        intake.asked();
        intake.asked();
        assertThat(told).as("a low count would have the peer ask again at once").isEmpty();
        slow.complete(null);
        assertThat(told).containsExactly(2L, 2L);
    }

    @Test
    void aFailureIsAnOutcomeToo() {
        intake.took(slow);
        intake.asked();
        slow.completeExceptionally(new IllegalStateException("a bug"));
        assertThat(told).containsExactly(1L);
    }

    /** What came is answered also after the stream has ended in order, so its peer must not send it again. */
    @Test
    void theLastCountHasEverythingThatCame() {
        intake.took(slow);
        assertThat(intake.last()).isEqualTo(1);
    }

    @Test
    void whatCameBeforeCountingBeganIsNotCounted() {
        Intake other = new Intake(() -> now, Runnable::run, told::add);
        other.took(StanzaReceiver.NOTHING);
        other.count();
        other.took(StanzaReceiver.NOTHING);
        other.asked();
        assertThat(told).containsExactly(1L);
    }
}
