// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc.client;

import io.drawbridge.api.model.Composing;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.provider.AccountStatus;
import io.drawbridge.api.provider.ContactStep;
import io.drawbridge.api.provider.Outcome;
import io.drawbridge.provider.irc.line.Line;
import io.drawbridge.provider.irc.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** An account while it is connected, from the first line to the last. */
public final class Client {
    /** How long signing in may take. */
    static final Duration SIGN_IN = Duration.ofSeconds(60);

    /** A connection on which nothing was heard for so long is tried, and for so long again is dead. */
    static final Duration SILENCE = Duration.ofSeconds(60);

    /** How often a nick that somebody else had is asked for, and how many times. */
    private static final Duration NICK_AGAIN = Duration.ofMinutes(5);

    private static final int MOST_NICK_TRIES = 12;
    private static final Duration PER_TYPING = Duration.ofSeconds(3);
    private static final String ALIVE = "alive";

    private final Identity identity;
    private final Host host;
    private final InstantSource clock;
    private final boolean asksToShow;
    private final Support support = new Support();
    private final Labels labels = new Labels();
    private final Timers timers;
    private final Capabilities capabilities;
    private final Registration registration;
    private final Outbox outbox;
    private final Nicks nicks;
    private final Talk talk;
    private final Contacts contacts;
    private final OwnPresence ownPresence;
    private final Arrivals arrivals;
    private Optional<Wire> wire = Optional.empty();
    private String nick;
    private String loggedIn = "";
    private boolean ended;
    private boolean heard = true;
    private int nickTries;
    private Instant nextTyping = Instant.MIN;

    /**
     * Makes a client that has no connection yet.
     *
     * @param burst how many lines may be sent at once
     * @param perLine how long each costs after that
     * @param asksToShow whether contacts are to see when the user is away
     */
    public Client(Identity identity, int burst, Duration perLine, boolean asksToShow, Host host, InstantSource clock) {
        this.identity = identity;
        this.host = host;
        this.clock = clock;
        this.asksToShow = asksToShow;
        nick = identity.nick();
        timers = (delay, task) -> host.after(delay, () -> unlessEnded(task));
        outbox = new Outbox(new Pace(burst, perLine, clock), this::write, timers);
        capabilities = new Capabilities(identity.proof() != Identity.Proof.NONE, outbox::sendNow);
        registration = new Registration(identity, capabilities, new Entrance());
        nicks = new Nicks(identity.domain(), support::caseMapping);
        talk = new Talk(outbox, capabilities, support, labels, nicks, timers);
        contacts = new Contacts(outbox, capabilities, support, labels, nicks, timers, host);
        ownPresence = new OwnPresence(outbox, support);
        arrivals = new Arrivals(identity, nicks, host, outbox::sendNow, clock);
        timers.after(SIGN_IN, () -> {
            if (registration.phase() != Registration.Phase.DONE) {
                end(Farewell.of(AccountStatus.DISCONNECTED, "the server did not let the account in within a minute"));
            }
        });
    }

    private void unlessEnded(Runnable task) {
        if (!ended) {
            task.run();
        }
    }

    private void write(Line line) {
        wire.ifPresent(open -> open.send(line.text()));
    }

    /** Gives it its connection, which is not open yet. */
    public void over(Wire opening) {
        wire = Optional.of(opening);
    }

    /** The connection is open. */
    public void up() {
        unlessEnded(registration::begin);
    }

    /** Lines came; others are asked for as soon as there is room for what they bring. */
    public void heard(List<String> lines) {
        heard = true;
        for (String text : lines) {
            Line.parse(text).ifPresent(line -> unlessEnded(() -> take(line)));
        }
        arrivals.whenRoom(() -> wire.ifPresent(Wire::listen));
    }

    /** The connection has ended. */
    public void down(String why) {
        end(Farewell.of(AccountStatus.DISCONNECTED, why));
    }

    private void end(Farewell why) {
        if (!ended) {
            ended = true;
            wire.ifPresent(Wire::close);
            talk.end();
            host.status(why.status(), why.detail());
        }
    }

    /** Signs out; nothing is told of it. */
    public void quit() {
        if (!ended) {
            ended = true;
            write(Line.of("QUIT", "Signed out"));
            wire.ifPresent(Wire::close);
            talk.end();
        }
    }

    private void take(Line line) {
        labels.take(line);
        switch (line.command()) {
            case "PING" -> outbox.sendNow(Line.of("PONG", line.last()));
            case "PONG" -> {
                talk.answered(line.last());
                contacts.rollCall().answered(line.last());
            }
            case "ERROR" -> end(Farewell.said(line.last()));
            case "KILL" -> end(Farewell.said("Killed: " + line.last()));
            case "NICK" -> renamed(line);
            case "ACCOUNT" -> loggedIn(line, line.param(0));
            default -> {
                boolean labelled = capabilities.labels();
                registration.take(line);
                if (labelled && !capabilities.labels()) {
                    labels.clear();
                    talk.labelsGone();
                    contacts.rollCall().labelsGone();
                }
                takeSignedIn(line);
            }
        }
    }

    private void takeSignedIn(Line line) {
        switch (line.command()) {
            case "001" -> nick = line.param(0);
            case "005" -> support.take(line);
            case "PRIVMSG", "NOTICE", "TAGMSG" -> speech(line);
            case "AWAY" -> contacts.away(line.nick(), Optional.of(line.last()).filter(text -> !text.isEmpty()));
            case "301" -> contacts.away(line.param(1), Optional.of(line.last()));
            case "302" -> contacts.userHosts(line);
            case "303" -> contacts.rollCall().there(line);
            case "730" -> contacts.monitored(line, true);
            case "731" -> contacts.monitored(line, false);
            case "734" -> contacts.tooMany(line);
            default -> refused(line);
        }
    }

    /** What is not to the own nick is for a channel, and this client joins none. */
    private void speech(Line line) {
        if (nicks.areSame(line.nick(), nick)) {
            if (line.command().equals("PRIVMSG") && line.tag("label").isEmpty()) {
                talk.echoed(line.param(0));
            }
        } else if (line.isFromPerson() && nicks.areSame(line.param(0), nick)) {
            if (line.command().equals("TAGMSG")) {
                arrivals.typing(line);
            } else {
                arrivals.take(line);
            }
        }
    }

    private void refused(Line line) {
        talk.refused(line);
        Conditions.command(line).ifPresent(contacts.rollCall()::refused);
    }

    private void renamed(Line line) {
        if (nicks.areSame(line.nick(), nick)) {
            nick = line.param(0);
            tellOnline();
        }
    }

    /** RPL_LOGGEDIN and the like are for people; this says the same for programs. */
    private void loggedIn(Line line, String account) {
        if (nicks.areSame(line.nick(), nick)) {
            loggedIn = account.equals("*") ? "" : account;
            tellOnline();
        }
    }

    private void tellOnline() {
        if (registration.phase() != Registration.Phase.DONE) {
            return;
        }
        StringBuilder detail = new StringBuilder();
        if (!nicks.areSame(nick, identity.nick())) {
            detail.append("as ")
                    .append(nick)
                    .append(", since ")
                    .append(identity.nick())
                    .append(" is in use");
        }
        if (identity.proof() != Identity.Proof.NONE && loggedIn.isEmpty()) {
            detail.append(detail.isEmpty() ? "" : "; ").append("logged out of the account");
        }
        host.status(AccountStatus.ONLINE, detail.toString());
    }

    /** Tries the connection if it is silent, and asks for the nick wanted if another had it. */
    private void watchOver() {
        if (!heard) {
            end(Farewell.of(AccountStatus.DISCONNECTED, "the server fell silent"));
            return;
        }
        heard = false;
        outbox.sendNow(Line.of("PING", ALIVE));
        timers.after(SILENCE, this::watchOver);
    }

    private void askForNick() {
        if (!nicks.areSame(nick, identity.nick()) && nickTries < MOST_NICK_TRIES) {
            nickTries++;
            outbox.add(Outbox.Urgency.QUESTION, Line.of("NICK", identity.nick()), this, () -> {});
        }
        timers.after(NICK_AGAIN, this::askForNick);
    }

    /** Sends a message. */
    public CompletionStage<Outcome> deliver(Principal recipient, Message message) {
        return ended
                ? CompletableFuture.completedFuture(
                        Outcome.failed(Condition.RECIPIENT_UNAVAILABLE, "the connection to the network ended"))
                : talk.deliver(nick, recipient, message);
    }

    /** Tells somebody whether the own user writes, where the network carries that. */
    public void typing(Principal recipient, Composing state) {
        boolean carried = capabilities.has(Capabilities.TAGS) && support.passes("typing");
        Optional<String> target = nicks.of(recipient);
        String word =
                switch (state) {
                    case COMPOSING -> "active";
                    case PAUSED -> "paused";
                    case ACTIVE, INACTIVE, GONE -> "done";
                };
        Instant now = clock.instant();
        boolean inPace = !now.isBefore(nextTyping) && outbox.wait(1).isZero();
        if (!ended && carried && target.isPresent() && inPace) {
            nextTyping = word.equals("active") ? now.plus(PER_TYPING) : now;
            outbox.add(
                    Outbox.Urgency.QUESTION, Line.of("TAGMSG", target.get()).tagged("+typing", word), this, () -> {});
        }
    }

    /** Starts to look at somebody's presence. */
    public void watch(Principal watcher, Principal presentity) {
        contacts.watch(watcher, presentity);
        if (asksToShow) {
            // Everybody of the network sees who is away; to be told, a contact must have asked.
            host.contact(presentity, watcher, ContactStep.ASK);
        }
    }

    /** Looks no longer. */
    public void unwatch(Principal presentity) {
        contacts.unwatch(presentity);
    }

    /** Shows the own user's presence. */
    public void show(Principal watcher, PresenceDocument document) {
        ownPresence.show(watcher, document);
    }

    /** What becomes of signing in. */
    private final class Entrance implements Registration.Ear {
        @Override
        public void send(Line line) {
            outbox.sendNow(line);
        }

        @Override
        public void entered() {
            loggedIn = identity.proof() == Identity.Proof.NONE ? "" : identity.account();
            tellOnline();
            contacts.begin();
            watchOver();
            timers.after(NICK_AGAIN, Client.this::askForNick);
        }

        @Override
        public void failed(Farewell why) {
            write(Line.of("QUIT", "Signed out"));
            end(why);
        }
    }
}
