// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;

/**
 * What came on one stream, and up to where it has its outcome. Only that far the peer is told that it need not keep its
 * stanzas (XEP-0198), so that what is lost with this process is not lost without a word: the peer tells the senders.
 * Belongs to the stream's event loop.
 */
final class Intake {
    /** Later a stanza counts as handled all the same, so that one that takes long does not hold up the others. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final long MODULUS = 1L << 32;
    private static final long NONE = -1;
    private static final int MOST_QUESTIONS = 1_000;

    private final Queue<Taken> open = new ArrayDeque<>();
    private final Queue<Long> questions = new ArrayDeque<>();
    private final InstantSource clock;
    private final Executor loop;
    private final LongConsumer answer;
    private boolean counting;
    private long taken;
    private long handled;
    private long awaited = NONE;

    /**
     * Starts without counting.
     *
     * @param loop where it belongs
     * @param answer tells the peer the count
     */
    Intake(InstantSource clock, Executor loop, LongConsumer answer) {
        this.clock = clock;
        this.loop = loop;
        this.answer = answer;
    }

    /** A stanza, and what becomes of it. */
    private record Taken(CompletableFuture<?> outcome, Instant came) {
        boolean isHandled(Instant now) {
            return outcome.isDone() || now.isAfter(came.plus(PATIENCE));
        }
    }

    /** From now on what is received is counted. */
    void count() {
        counting = true;
    }

    boolean counts() {
        return counting;
    }

    /** A stanza came, and has its outcome when the stage completes. */
    void took(CompletionStage<?> outcome) {
        if (counting) {
            taken++;
            open.add(new Taken(outcome.toCompletableFuture(), clock.instant()));
            settle();
        }
    }

    /** The peer wants the count; each question has its answer, unless somebody only asks and does not listen. */
    void asked() {
        if (questions.size() < MOST_QUESTIONS) {
            questions.add(taken);
        }
        answerIfDue();
    }

    /** Answers each question when what came before it is handled; to be called about once a second besides. */
    void answerIfDue() {
        if (questions.isEmpty()) {
            return;
        }
        settle();
        while (!questions.isEmpty() && handled >= questions.element()) {
            questions.remove();
            answer.accept(handled % MODULUS);
        }
        if (!questions.isEmpty() && awaited != handled) {
            awaited = handled; // the first one that is open, for which it waits only once
            open.element().outcome.whenComplete((outcome, bug) -> loop.execute(this::answerIfDue));
        }
    }

    private void settle() {
        Instant now = clock.instant();
        while (!open.isEmpty() && open.element().isHandled(now)) {
            open.remove();
            handled++;
        }
    }

    /** Returns the last count of a stream that ends in order: whatever came will have its outcome. */
    long last() {
        return taken % MODULUS;
    }
}
