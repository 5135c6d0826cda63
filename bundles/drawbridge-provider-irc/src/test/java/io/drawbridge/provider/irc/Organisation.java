// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc;

import io.drawbridge.api.model.Composing;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.model.Receipt;
import io.drawbridge.api.provider.AccountContext;
import io.drawbridge.api.provider.AccountSettings;
import io.drawbridge.api.provider.AccountStatus;
import io.drawbridge.api.provider.ContactStep;
import io.drawbridge.api.provider.Outcome;
import io.drawbridge.api.provider.Setting;
import io.drawbridge.api.provider.SettingRefused;
import io.drawbridge.testbed.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** An own user with one account, and all that the account tells of itself. Its lane is one thread. */
final class Organisation implements AccountContext, AutoCloseable {
    static final Principal ALICE = principal("alice", "contoso.example");
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String NETWORK = "irc.example";

    final List<String> standings = new CopyOnWriteArrayList<>();
    final List<Message> messages = new CopyOnWriteArrayList<>();
    final List<String> said = new CopyOnWriteArrayList<>();
    final List<PresenceDocument> presence = new CopyOnWriteArrayList<>();
    final List<String> steps = new CopyOnWriteArrayList<>();
    final List<Composing> typing = new CopyOnWriteArrayList<>();
    private final ScheduledThreadPoolExecutor lane = new ScheduledThreadPoolExecutor(1);
    private final IrcProvider provider = new IrcProvider();
    private final Map<String, String> network = new HashMap<>();
    private final Map<String, String> account = new HashMap<>();
    private volatile Outcome taken = new Outcome.Delivered();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean busy;
    private volatile boolean dead;
    private IrcAccount opened;

    Organisation(int port, String anchors, String nick) {
        fill(network, provider.description().settings());
        fill(account, provider.description().accountSettings());
        network.put("server", "localhost:" + port);
        network.put("trustAnchors", anchors);
        account.put("nick", nick);
    }

    private static void fill(Map<String, String> values, List<Setting> settings) {
        settings.forEach(setting -> values.put(setting.key(), setting.fallback().orElse("")));
    }

    static Principal principal(String local, String domain) {
        return Principal.of(local, DomainName.of(domain));
    }

    static Principal onNetwork(String nick) {
        return principal(nick, NETWORK);
    }

    Organisation withNetwork(String key, String value) {
        network.put(key, value);
        return this;
    }

    Organisation withAccount(String key, String value) {
        account.put(key, value);
        return this;
    }

    /** Has everything that comes from the network end so. */
    void takes(Outcome outcome) {
        taken = outcome;
    }

    /** Has the account refuse more work, or take it again. */
    void isBusy(boolean now) {
        busy = now;
    }

    /** Returns how often it has refused work. */
    int refused() {
        return refused.get();
    }

    AccountSettings settings() {
        return new AccountSettings("alice", Optional.of(ALICE), Set.of(DomainName.of(NETWORK)), network, account);
    }

    /** Opens the account and has it connect. */
    Organisation connected() {
        try {
            opened = (IrcAccount) provider.open(settings(), this);
        } catch (SettingRefused refused) {
            throw new AssertionError(refused.key(), refused);
        }
        reconnect();
        return this;
    }

    void reconnect() {
        onLane(IrcAccount::connect);
    }

    Organisation online() {
        connected();
        awaitStanding(AccountStatus.ONLINE);
        return this;
    }

    void onLane(Consumer<IrcAccount> call) {
        lane.execute(() -> call.accept(opened));
    }

    CompletableFuture<Outcome> says(String nick, String text) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        onLane(account -> account.deliver(
                        Instance.anyOf(ALICE), Instance.anyOf(onNetwork(nick)), Message.chat(text, "", text))
                .thenAccept(outcome::complete));
        return outcome;
    }

    Outcome outcome(CompletableFuture<Outcome> future) {
        Eventually.await("an outcome", PATIENCE, future::isDone);
        return future.join();
    }

    void watches(String nick) {
        onLane(account -> account.watch(ALICE, onNetwork(nick)));
    }

    void shows(String nick, PresenceDocument document) {
        onLane(account -> account.show(onNetwork(nick), document));
    }

    /** Waits for the last word on how the account stands. */
    String awaitStanding(AccountStatus status) {
        Eventually.await(status + " (last: " + standings + ")", PATIENCE, () -> last().startsWith(status + " "));
        return last();
    }

    String last() {
        List<String> now = new ArrayList<>(standings);
        return now.isEmpty() ? "" : now.get(now.size() - 1);
    }

    void awaitSaid(String line) {
        Eventually.await(line + " among " + said, PATIENCE, () -> said.contains(line));
    }

    PresenceDocument awaitPresence(Predicate<PresenceDocument> wanted) {
        Eventually.await("presence", PATIENCE, () -> presence.stream().anyMatch(wanted));
        return presence.stream().filter(wanted).findFirst().orElseThrow();
    }

    @Override
    public void status(AccountStatus status, String detail) {
        standings.add(status + " " + detail);
    }

    @Override
    public CompletionStage<Outcome> message(Instance sender, Instance recipient, Message message) {
        messages.add(message);
        said.add(sender.principal().local() + ": " + message.bodies().get(0).text());
        return CompletableFuture.completedFuture(taken);
    }

    @Override
    public void typing(Instance sender, Instance recipient, String conversation, Composing state) {
        typing.add(state);
    }

    @Override
    public void receipt(Instance sender, Instance recipient, String conversation, Receipt receipt) {
        throw new AssertionError("IRC knows no receipts");
    }

    @Override
    public void presence(Principal watcher, PresenceDocument document) {
        presence.add(document);
    }

    @Override
    public void contact(Principal from, Principal to, ContactStep step) {
        steps.add(from + " " + step + " " + to);
    }

    @Override
    public Executor executor() {
        if (dead) {
            throw new IllegalStateException("closed");
        }
        return this::execute;
    }

    private void execute(Runnable task) {
        if (busy) {
            refused.incrementAndGet();
            throw new RejectedExecutionException("too much to do");
        }
        lane.execute(task);
    }

    @Override
    public Runnable after(Duration delay, Runnable task) {
        var timer = lane.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        return () -> timer.cancel(false);
    }

    @Override
    public void close() {
        dead = true;
        CompletableFuture<Void> closed = new CompletableFuture<>();
        lane.execute(() -> {
            if (opened != null) {
                opened.close();
                opened.close();
            }
            closed.complete(null);
        });
        Eventually.await("the account to close", PATIENCE, closed::isDone);
        lane.shutdownNow();
    }
}
