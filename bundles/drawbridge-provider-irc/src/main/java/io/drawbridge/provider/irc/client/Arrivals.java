// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc.client;

import io.drawbridge.api.model.Body;
import io.drawbridge.api.model.Composing;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.provider.Outcome;
import io.drawbridge.provider.irc.line.Ctcp;
import io.drawbridge.provider.irc.line.Line;
import io.drawbridge.provider.irc.line.Nick;
import io.drawbridge.provider.irc.line.Octets;
import io.drawbridge.provider.irc.line.Utterance;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** What people of the network write to the own user. */
final class Arrivals {
    /** So many whose outcome is open, and no more is read until there are fewer. */
    static final int MOST_OPEN = 64;

    /** How often strangers are answered by itself: so many, and then one after the other. */
    private static final int MOST_ANSWERS = 3;

    private static final Duration PER_ANSWER = Duration.ofSeconds(10);
    private static final Duration JUST_NOW = Duration.ofSeconds(30);
    private static final String NAME = "Drawbridge";
    private static final int LONGEST_ECHO = 64;

    private final Identity identity;
    private final Nicks nicks;
    private final Host host;
    private final Consumer<Line> send;
    private final InstantSource clock;
    private final Pace answers;
    private int open;
    private Runnable whenFewer = () -> {};

    Arrivals(Identity identity, Nicks nicks, Host host, Consumer<Line> send, InstantSource clock) {
        this.identity = identity;
        this.nicks = nicks;
        this.host = host;
        this.send = send;
        this.clock = clock;
        answers = new Pace(MOST_ANSWERS, PER_ANSWER, clock);
    }

    /** Takes a {@code PRIVMSG} or {@code NOTICE} of a person to the own user. A notice is never answered. */
    void take(Line line) {
        Optional<Principal> sender = nicks.principal(line.nick());
        boolean isNotice = line.command().equals("NOTICE");
        Optional<Ctcp> ctcp = Ctcp.in(line.param(1));
        if (ctcp.isPresent() && !ctcp.get().command().equals("ACTION")) {
            if (!isNotice) {
                answer(line.nick(), ctcp.get());
            }
        } else if (sender.isEmpty()) {
            if (!isNotice) {
                answer(line.nick(), "Your nick cannot be an address here, so your message was not delivered.");
            }
        } else {
            String said = ctcp.map(action -> "* " + line.nick() + " " + action.argument())
                    .orElse(line.param(1));
            String text = Utterance.plain(said);
            if (!text.isBlank()) {
                bring(line, sender.get(), text, isNotice);
            }
        }
    }

    private void bring(Line line, Principal sender, String text, boolean isNotice) {
        Message message = new Message(
                line.tag("msgid").filter(id -> id.matches("[!-~]{1,200}")).orElseGet(() -> UUID.randomUUID()
                        .toString()),
                "",
                isNotice ? Message.Style.HEADLINE : Message.Style.CHAT,
                "",
                List.of(Body.plain(text)),
                Set.of(),
                Optional.empty(),
                line.tag("time").flatMap(this::past));
        open++;
        host.message(Instance.anyOf(sender), Instance.anyOf(identity.user()), message)
                .thenAccept(outcome -> host.execute(() -> became(line.nick(), outcome, isNotice)));
    }

    private Optional<Instant> past(String time) {
        try {
            Instant then = Instant.parse(time);
            return Optional.of(then).filter(at -> at.isBefore(clock.instant().minus(JUST_NOW)));
        } catch (DateTimeException wrong) {
            return Optional.empty();
        }
    }

    private void became(String nick, Outcome outcome, boolean isNotice) {
        open--;
        if (outcome instanceof Outcome.Failed failed && !isNotice) {
            answer(nick, "Your message was not delivered" + (failed.text().isBlank() ? "." : ": " + failed.text()));
        }
        if (!isFull()) {
            Runnable resume = whenFewer;
            whenFewer = () -> {};
            resume.run();
        }
    }

    private boolean isFull() {
        return open >= MOST_OPEN;
    }

    /** Runs something as soon as there is room for more. */
    void whenRoom(Runnable resume) {
        if (isFull()) {
            whenFewer = resume;
        } else {
            resume.run();
        }
    }

    /** Modestly: what client it is and that it is there. Files and calls are refused; what else there may be is ignored. */
    private void answer(String nick, Ctcp question) {
        switch (question.command()) {
            case "VERSION" -> answer(nick, new Ctcp("VERSION", NAME).text());
            case "PING" ->
                answer(nick, new Ctcp("PING", Octets.head(Utterance.plain(question.argument()), LONGEST_ECHO)).text());
            case "DCC" -> answer(nick, "Files and calls are not taken here.");
            default -> {}
        }
    }

    private void answer(String nick, String text) {
        if (answers.until(1).isZero() && Nick.isValid(nick)) {
            answers.spend();
            send.accept(Line.of("NOTICE", nick, text));
        }
    }

    /** Takes a {@code TAGMSG}: who is writing (IRCv3 typing). */
    void typing(Line line) {
        Optional<Composing> state = line.tag("+typing").map(word -> switch (word.toLowerCase(Locale.ROOT)) {
            case "active" -> Composing.COMPOSING;
            case "paused" -> Composing.PAUSED;
            default -> Composing.ACTIVE;
        });
        Optional<Principal> sender = nicks.principal(line.nick());
        if (state.isPresent() && sender.isPresent()) {
            host.typing(sender.get(), identity.user(), state.get());
        }
    }
}
