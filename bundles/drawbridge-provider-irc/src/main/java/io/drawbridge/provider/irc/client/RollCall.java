// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc.client;

import io.drawbridge.provider.irc.client.Outbox.Urgency;
import io.drawbridge.provider.irc.line.Line;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/**
 * Asks by {@code ISON} who is there. An answer lists those who are and says not whom the question was about, so there is one
 * question at a time. Where the server labels its answers the label tells; elsewhere a question that stays unanswered is
 * followed by a {@code PING}, and given up only when that is answered: servers work in order, so that nothing that comes
 * later can be the answer to it.
 */
final class RollCall {
    /** How long an answer may take. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String COMMAND = "ISON";
    private static final String ANSWER = "303";
    private static final String BARRIER = "there-";

    private final Outbox outbox;
    private final Capabilities capabilities;
    private final Labels labels;
    private final Nicks nicks;
    private final Timers timers;
    private final Ear ear;
    private final Inquiry newcomers;
    private final Inquiry others;
    private Optional<Question> open = Optional.empty();
    private long barriers;

    /** Hears who is there. */
    @FunctionalInterface
    interface Ear {
        /** Somebody, by the form that is equal for equal nicks, is there or not. */
        void stands(String folded, boolean online);
    }

    /** A question that was sent; equal to itself only. */
    private final class Question implements Labels.Asker {
        private final Set<String> about;
        private boolean byLabel;
        private String barrier = "";
        private Runnable disarm = () -> {};

        Question(Set<String> about, boolean byLabel) {
            this.about = about;
            this.byLabel = byLabel;
        }

        @Override
        public void response(Line line) {
            if (line.command().equals(ANSWER)) {
                answered(this, line);
            }
        }

        @Override
        public void complete() {
            close(this);
        }
    }

    RollCall(
            Outbox outbox,
            Capabilities capabilities,
            Support support,
            Labels labels,
            Nicks nicks,
            Timers timers,
            Ear ear) {
        this.outbox = outbox;
        this.capabilities = capabilities;
        this.labels = labels;
        this.nicks = nicks;
        this.timers = timers;
        this.ear = ear;
        IntSupplier most = () -> support.targets(COMMAND);
        newcomers = new Inquiry(outbox, timers, Urgency.PRESENCE, () -> open.isEmpty(), most, this::question);
        others = new Inquiry(outbox, timers, Urgency.QUESTION, () -> open.isEmpty(), most, this::question);
    }

    /** Asks for somebody of whom nothing is known yet. */
    void newcomer(String folded, String nick) {
        newcomers.about(folded, nick);
    }

    /** Asks for somebody whose standing may have changed. */
    void again(String folded, String nick) {
        others.about(folded, nick);
    }

    /** Nobody wants to know of somebody any more. */
    void forget(String folded) {
        newcomers.forget(folded);
        others.forget(folded);
    }

    private Line question(Map<String, String> some) {
        Question question = new Question(Set.copyOf(some.keySet()), capabilities.labels());
        open = Optional.of(question);
        question.disarm = timers.after(PATIENCE, () -> overdue(question));
        Line line = Line.of(COMMAND, some.values().toArray(String[]::new));
        return question.byLabel ? labels.on(line, question) : line;
    }

    private void overdue(Question question) {
        if (question.byLabel) {
            close(question);
        } else {
            question.barrier = BARRIER + ++barriers;
            question.disarm = timers.after(PATIENCE, () -> overdue(question));
            outbox.sendNow(Line.of("PING", question.barrier));
        }
    }

    /** RPL_ISON without a label. */
    void there(Line line) {
        open.filter(question -> !question.byLabel).ifPresent(question -> answered(question, line));
    }

    /** A command was refused, without a label. */
    void refused(String command) {
        if (command.equals(COMMAND)) {
            open.filter(question -> !question.byLabel).ifPresent(this::close);
        }
    }

    /** The server answered a {@code PING}. */
    void answered(String token) {
        open.filter(question -> question.barrier.equals(token)).ifPresent(this::close);
    }

    /** The server labels no answers any more. */
    void labelsGone() {
        open.ifPresent(question -> question.byLabel = false);
    }

    private void answered(Question question, Line line) {
        Set<String> there = line.params().stream()
                .skip(1)
                .flatMap(some -> Arrays.stream(some.split(" ", -1)))
                .filter(nick -> !nick.isEmpty())
                .map(nicks::fold)
                .collect(Collectors.toSet());
        if (question.about.containsAll(there)) {
            close(question);
            question.about.forEach(folded -> ear.stands(folded, there.contains(folded)));
        }
    }

    private void close(Question question) {
        if (open.filter(question::equals).isPresent()) {
            open = Optional.empty();
            question.disarm.run();
            labels.forget(question);
            newcomers.resume();
            others.resume();
        }
    }
}
