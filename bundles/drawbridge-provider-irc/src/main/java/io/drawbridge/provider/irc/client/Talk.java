// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc.client;

import io.drawbridge.api.model.Body;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.provider.Outcome;
import io.drawbridge.provider.irc.line.Line;
import io.drawbridge.provider.irc.line.Utterance;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Messages to the network and what becomes of them. A server says by itself only what it refuses. Where it labels its
 * answers each line is answered; elsewhere a question behind the lines is: servers work in order, so that what was not
 * refused before the answer was taken. Where it echoes messages, one without its echo was dropped in silence.
 */
final class Talk {
    /** How many lines a message may have. */
    static final int MOST_LINES = 30;

    /** How long the last line of a message may wait for its turn; what would wait longer is refused at once. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    /** When a message without an answer has failed; before Drawbridge gives up on it, so that none of it is sent after. */
    static final Duration LONGEST = Duration.ofSeconds(28);

    /** While more is being sent the network is asked this often. */
    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(3);

    private static final String COMMAND = "PRIVMSG";

    private static final String BARRIER = "said-";

    private final Outbox outbox;
    private final Capabilities capabilities;
    private final Support support;
    private final Labels labels;
    private final Nicks nicks;
    private final Timers timers;
    private final Set<Dispatch> open = new LinkedHashSet<>();
    private Set<Dispatch> behindBarrier = Set.of();
    private long barriers;
    private boolean willAsk;

    /** One message on its way; equal to itself only. */
    private final class Dispatch implements Labels.Asker {
        private final String target;
        private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        private boolean byLabel;
        private final int lines;
        private int unsent;
        private int unanswered;
        private int unechoed;
        private Runnable disarm = () -> {};

        Dispatch(String target, int lines, boolean byLabel, boolean echoed) {
            this.target = target;
            this.byLabel = byLabel;
            this.lines = lines;
            unsent = lines;
            unanswered = lines;
            unechoed = echoed ? lines : 0;
        }

        Outcome taken() {
            return unechoed <= 0
                    ? new Outcome.HandedOver()
                    : Outcome.failed(Condition.NOT_ALLOWED, "the network did not pass it on");
        }

        @Override
        public void response(Line line) {
            unechoed -= line.command().equals(COMMAND) ? 1 : 0;
            Conditions.of(line).ifPresent(outcome -> settle(this, outcome));
        }

        @Override
        public void complete() {
            if (--unanswered == 0) {
                settle(this, taken());
            }
        }
    }

    Talk(Outbox outbox, Capabilities capabilities, Support support, Labels labels, Nicks nicks, Timers timers) {
        this.outbox = outbox;
        this.capabilities = capabilities;
        this.support = support;
        this.labels = labels;
        this.nicks = nicks;
        this.timers = timers;
    }

    /** Sends a message, or says at once why not. */
    CompletionStage<Outcome> deliver(String ownNick, Principal recipient, Message message) {
        Optional<String> nick = nicks.of(recipient);
        if (nick.isEmpty()) {
            return failed(Condition.JID_MALFORMED, "the recipient is not a nick");
        }
        if (nicks.areSame(nick.get(), ownNick)) {
            return failed(Condition.NOT_ALLOWED, "the recipient is the account itself");
        }
        Optional<String> text = text(message);
        if (text.isEmpty()) {
            return failed(Condition.NOT_ACCEPTABLE, "the network takes plain text only");
        }
        List<String> lines = Utterance.split(text.get(), support.messageLength(ownNick, nick.get()));
        if (lines.isEmpty()) {
            return failed(Condition.BAD_REQUEST, "there is no text");
        }
        if (lines.size() > MOST_LINES) {
            return failed(Condition.NOT_ACCEPTABLE, "the message has more than " + MOST_LINES + " lines");
        }
        Duration wait = outbox.wait(lines.size());
        if (wait.compareTo(LONGEST_WAIT) > 0) {
            return CompletableFuture.completedFuture(new Outcome.Failed(
                    Condition.RESOURCE_CONSTRAINT,
                    "the network takes no more for the moment",
                    Optional.of(wait.minus(LONGEST_WAIT).plusSeconds(1))));
        }
        return send(nick.get(), lines);
    }

    private static CompletionStage<Outcome> failed(Condition condition, String text) {
        return CompletableFuture.completedFuture(Outcome.failed(condition, text));
    }

    private static Optional<String> text(Message message) {
        return message.bodies().stream()
                .filter(body -> body.mediaType().equals(Body.PLAIN))
                .findFirst()
                .map(body -> message.subject().isBlank() ? body.text() : message.subject() + "\n" + body.text());
    }

    private CompletionStage<Outcome> send(String nick, List<String> lines) {
        Dispatch dispatch = new Dispatch(
                nicks.fold(nick), lines.size(), capabilities.labels(), capabilities.has(Capabilities.ECHO));
        open.add(dispatch);
        dispatch.disarm = timers.after(
                LONGEST,
                () -> settle(
                        dispatch,
                        Outcome.failed(Condition.REMOTE_SERVER_TIMEOUT, "the network did not say that it took it")));
        for (String text : lines) {
            Line line = Line.of(COMMAND, nick, text);
            outbox.add(
                    Outbox.Urgency.MESSAGE,
                    dispatch.byLabel ? labels.on(line, dispatch) : line,
                    dispatch,
                    () -> sent(dispatch));
        }
        return dispatch.outcome;
    }

    private void sent(Dispatch dispatch) {
        dispatch.unsent--;
        if (dispatch.unsent > 0 || dispatch.byLabel) {
            return;
        }
        if (outbox.isIdle(Outbox.Urgency.MESSAGE)) {
            ask();
        } else if (!willAsk) {
            willAsk = true;
            timers.after(BETWEEN_QUESTIONS, () -> {
                willAsk = false;
                ask();
            });
        }
    }

    /** One question at a time, for all messages that have been sent until then. */
    private void ask() {
        if (!behindBarrier.isEmpty()) {
            return;
        }
        Set<Dispatch> covered = new LinkedHashSet<>(open);
        covered.removeIf(dispatch -> dispatch.byLabel || dispatch.unsent > 0);
        if (!covered.isEmpty()) {
            behindBarrier = covered;
            outbox.sendNow(Line.of("PING", BARRIER + ++barriers));
        }
    }

    /** The server answered a question, maybe one of these. */
    void answered(String token) {
        if (token.equals(BARRIER + barriers)) {
            Set<Dispatch> covered = behindBarrier;
            behindBarrier = Set.of();
            covered.forEach(dispatch -> settle(dispatch, dispatch.taken()));
            ask();
        }
    }

    /** A line without a label came, which may refuse a message. */
    void refused(Line line) {
        Conditions.of(line).ifPresent(outcome -> meant(line).ifPresent(dispatch -> settle(dispatch, outcome)));
    }

    /** Returns the message a refusal speaks of, if it speaks of one. */
    private Optional<Dispatch> meant(Line line) {
        Optional<String> command = Conditions.command(line);
        if (command.isPresent()) {
            return command.get().equals(COMMAND) ? about(line) : Optional.empty();
        }
        return switch (line.command()) {
            // ERR_NORECIPIENT, ERR_NOTEXTTOSEND, ERR_INPUTTOOLONG name nothing, and answer nothing else sent here.
            case "411", "412", "417" -> first(any -> true);
            // ERR_ERRONEUSNICKNAME, ERR_NICKNAMEINUSE, ERR_NICKCOLLISION, ERR_UNAVAILRESOURCE, ERR_NICKTOOFAST:
            // the nick was asked for, not written to.
            case "432", "433", "436", "437", "438" -> Optional.empty();
            default -> to(Set.of(nicks.fold(line.param(1))));
        };
    }

    private Optional<Dispatch> about(Line refusal) {
        return to(refusal.params().stream().skip(2).map(nicks::fold).collect(Collectors.toSet()))
                .or(() -> first(any -> true));
    }

    private Optional<Dispatch> to(Set<String> targets) {
        return first(dispatch -> targets.contains(dispatch.target));
    }

    private Optional<Dispatch> first(Predicate<Dispatch> fits) {
        return open.stream()
                .filter(dispatch -> !dispatch.byLabel && dispatch.unsent < dispatch.lines)
                .filter(fits)
                .findFirst();
    }

    /** The server passed a line on and shows it, without a label. */
    void echoed(String target) {
        String folded = nicks.fold(target);
        open.stream()
                .filter(dispatch -> !dispatch.byLabel && dispatch.target.equals(folded) && dispatch.unechoed > 0)
                .findFirst()
                .ifPresent(dispatch -> dispatch.unechoed--);
    }

    /** The server labels no answers any more: what waits for one is asked for like the others. */
    void labelsGone() {
        open.forEach(dispatch -> dispatch.byLabel = false);
        ask();
    }

    /** The connection ends: what has no outcome has failed. */
    void end() {
        List.copyOf(open)
                .forEach(dispatch -> settle(
                        dispatch,
                        Outcome.failed(Condition.RECIPIENT_UNAVAILABLE, "the connection to the network ended")));
    }

    private void settle(Dispatch dispatch, Outcome outcome) {
        if (open.remove(dispatch)) {
            dispatch.disarm.run();
            outbox.remove(dispatch);
            labels.forget(dispatch);
            dispatch.outcome.complete(outcome);
        }
    }
}
