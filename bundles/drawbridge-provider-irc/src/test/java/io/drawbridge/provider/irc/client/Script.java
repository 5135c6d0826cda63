// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc.client;

import io.drawbridge.api.model.Composing;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.model.Receipt;
import io.drawbridge.api.provider.AccountContext;
import io.drawbridge.api.provider.AccountStatus;
import io.drawbridge.api.provider.ContactStep;
import io.drawbridge.api.provider.Outcome;
import io.drawbridge.provider.irc.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** A client whose server is the test's lines, and whose time passes when the test says so. */
final class Script implements AccountContext, Wire {
    static final Principal ALICE = Principal.of("alice", DomainName.of("contoso.example"));

    final List<String> sent = new ArrayList<>();
    final List<String> standings = new ArrayList<>();
    final List<Message> messages = new ArrayList<>();
    final List<PresenceDocument> presence = new ArrayList<>();
    final Client client;
    CompletableFuture<Outcome> taken = CompletableFuture.completedFuture(new Outcome.Delivered());
    boolean closed;
    boolean full;
    int listened;
    private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparing(Timer::due));
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private record Timer(Instant due, Runnable task) {}

    Script(Identity.Proof proof) {
        Identity identity =
                new Identity(ALICE, DomainName.of("irc.example"), "alice", "Alice", "", proof, "alice", "secret");
        client = new Client(identity, 5, Duration.ofSeconds(2), false, new Host(this), () -> now);
        client.over(this);
        client.up();
    }

    /** Signs in to a server with these extensions and limits. */
    static Script signedIn(String extensions, String limits) {
        Script script = new Script(Identity.Proof.NONE);
        script.hears(":s CAP * LS :" + extensions);
        if (script.sent.stream().anyMatch(line -> line.startsWith("CAP REQ"))) {
            script.hears(":s CAP * ACK :" + extensions);
        }
        script.hears(":s 001 alice :Welcome", ":s 005 alice " + limits + " :are supported", ":s 376 alice :End");
        script.hears(":s PONG s :alive");
        script.passes(Duration.ofSeconds(70));
        script.hears(":s PONG s :alive");
        script.sent.clear();
        return script;
    }

    static Principal onNetwork(String nick) {
        return Principal.of(nick, DomainName.of("irc.example"));
    }

    void hears(String... lines) {
        client.heard(List.of(lines));
    }

    CompletableFuture<Outcome> says(String nick, String text) {
        return client.deliver(onNetwork(nick), Message.chat("1", "", text)).toCompletableFuture();
    }

    /** Lets time pass, and what is due run in its order. */
    void passes(Duration time) {
        Instant end = now.plus(time);
        while (!timers.isEmpty() && !timers.peek().due().isAfter(end)) {
            Timer next = timers.poll();
            now = next.due().isAfter(now) ? next.due() : now;
            next.task().run();
        }
        now = end;
    }

    @Override
    public void send(String line) {
        sent.add(line);
    }

    @Override
    public void listen() {
        listened++;
    }

    @Override
    public void status(AccountStatus status, String detail) {
        standings.add(status + " " + detail);
    }

    @Override
    public CompletionStage<Outcome> message(Instance sender, Instance recipient, Message message) {
        messages.add(message);
        return taken;
    }

    @Override
    public void typing(Instance sender, Instance recipient, String conversation, Composing state) {}

    @Override
    public void receipt(Instance sender, Instance recipient, String conversation, Receipt receipt) {}

    @Override
    public void presence(Principal watcher, PresenceDocument document) {
        presence.add(document);
    }

    @Override
    public void contact(Principal from, Principal to, ContactStep step) {}

    @Override
    public Executor executor() {
        return task -> {
            if (full) {
                throw new RejectedExecutionException("full");
            }
            task.run();
        };
    }

    @Override
    public Runnable after(Duration delay, Runnable task) {
        Timer timer = new Timer(now.plus(delay), task);
        timers.add(timer);
        return () -> timers.remove(timer);
    }

    @Override
    public void close() {
        closed = true;
    }

    static Optional<Outcome> of(CompletableFuture<Outcome> outcome) {
        return outcome.isDone() ? Optional.of(outcome.join()) : Optional.empty();
    }
}
