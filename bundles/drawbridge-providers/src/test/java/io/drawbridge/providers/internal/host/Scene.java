// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import io.drawbridge.api.directory.ProviderAccountStatus;
import io.drawbridge.api.directory.ProviderStatus;
import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.link.Inbox;
import io.drawbridge.api.link.Link;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.partner.PublicProvider;
import io.drawbridge.api.policy.Policy;
import io.drawbridge.api.provider.AccountStatus;
import io.drawbridge.api.provider.Provider;
import io.drawbridge.providers.internal.account.LogIns;
import io.drawbridge.providers.internal.plugin.SteppedTime;
import io.drawbridge.providers.internal.plugin.Time;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** A host with real threads for plug-ins, time that a test lets pass, and an inbox that takes everything. */
final class Scene implements Surroundings, AutoCloseable {
    static final Principal ALICE = principal("alice", "contoso.example");
    static final Principal POLLY = principal("polly", "parrot.example");

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final SteppedTime time = new SteppedTime();
    final List<Event> brought = new CopyOnWriteArrayList<>();
    final List<Object> services = new CopyOnWriteArrayList<>();
    final Map<String, LogIns.Budget> budgets = new HashMap<>();
    final Map<String, Map<String, Stage>> decided = new HashMap<>();
    final Host host;
    final Directory directory;
    volatile Function<Event, DeliveryOutcome> exchange = event -> new DeliveryOutcome.Delivered();
    /** Whether the exchange never comes to an end with anything. */
    volatile boolean isStuck;

    Scene() {
        host = new Host(this, this::offer);
        directory = new Directory(host, List::of);
    }

    static Principal principal(String local, String domain) {
        return Principal.of(local, DomainName.of(domain));
    }

    private <T> Runnable offer(Class<T> type, T service, Map<String, Object> properties) {
        services.add(service);
        return () -> services.remove(service);
    }

    /** Configures something and lets it act. */
    Scene configured(String pid, Map<String, Object> values) {
        host.configure(pid, Optional.of(new HashMap<>(values)));
        time.pass(Duration.ofMillis(300));
        return this;
    }

    Scene enabled() {
        return configured("io.drawbridge.provider~parrot", Map.of("enabled", "true"));
    }

    Scene account(String name, Principal user) {
        return configured(
                "io.drawbridge.provider.account~" + name,
                Map.of("provider", "parrot", "user", user.toString(), "nick", name, ".password", "secret"));
    }

    /** Brings a plug-in and waits until it was asked what it is. */
    Scene plugged(Provider provider, String version) {
        host.come(provider, "vendor.bundle", version, provider);
        await(
                "the plug-in to be known",
                () -> !host.census().chosen().isEmpty()
                        || !host.census().refused().isEmpty());
        return this;
    }

    /** Takes a plug-in away; the call blocks as long as the plug-in has something to finish. */
    CompletableFuture<Void> unplugged(Provider provider) {
        return CompletableFuture.runAsync(() -> host.go(provider));
    }

    Link link() {
        return link("parrot");
    }

    Link link(String provider) {
        return services.stream()
                .filter(HostedProvider.class::isInstance)
                .map(HostedProvider.class::cast)
                .filter(hosted -> hosted.id().equals(provider))
                .findFirst()
                .orElseThrow();
    }

    ProviderStatus provider(String id) {
        return directory.providers().stream()
                .filter(provider -> provider.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    ProviderAccountStatus account(String name) {
        return directory.accounts().stream()
                .filter(account -> account.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Brings a plug-in and waits until an account is signed in. */
    void online(Provider provider, String account) {
        plugged(provider, "1.0");
        await(account + " to be online", () -> account(account).status().equals(Optional.of(AccountStatus.ONLINE)));
    }

    PublicProvider published() {
        return services.stream()
                .filter(PublicProvider.class::isInstance)
                .map(PublicProvider.class::cast)
                .findFirst()
                .orElseThrow();
    }

    CompletableFuture<DeliveryOutcome> say(String text) {
        return say(ALICE, text);
    }

    CompletableFuture<DeliveryOutcome> say(Principal sender, String text) {
        return say(sender, Message.chat(text, "talk", text));
    }

    CompletableFuture<DeliveryOutcome> say(Principal sender, Message message) {
        return link().deliver(new Event.Said(Instance.anyOf(sender), Instance.anyOf(POLLY), message))
                .toCompletableFuture();
    }

    /** Waits for an outcome while what is due at this moment runs. */
    DeliveryOutcome outcome(CompletableFuture<DeliveryOutcome> future) {
        await("an outcome", future::isDone);
        try {
            return future.get(1, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits while what is due at this moment runs; time stands still. */
    void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        time.settle();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("in vain for " + what);
            }
            LockSupport.parkNanos(1_000_000);
            time.settle();
        }
    }

    @Override
    public Time time() {
        return time;
    }

    @Override
    public LongSupplier nanoTime() {
        return time::nanoTime;
    }

    @Override
    public RandomGenerator random() {
        return new Random(4);
    }

    @Override
    public Optional<Inbox> inbox() {
        return Optional.of((event, origin) -> {
            brought.add(event);
            return isStuck ? new CompletableFuture<>() : CompletableFuture.completedFuture(exchange.apply(event));
        });
    }

    @Override
    public Optional<Policy> policy() {
        return Optional.empty();
    }

    @Override
    public LogIns.Store logIns(String provider) {
        return new LogIns.Store() {
            @Override
            public Optional<LogIns.Budget> read() {
                return Optional.ofNullable(budgets.get(provider));
            }

            @Override
            public CompletionStage<Void> write(LogIns.Budget budget) {
                budgets.put(provider, budget);
                return CompletableFuture.completedFuture(null);
            }
        };
    }

    @Override
    public Versions.Store versions(String provider) {
        return new Versions.Store() {
            @Override
            public Map<String, Stage> read() {
                return decided.getOrDefault(provider, Map.of());
            }

            @Override
            public void write(Map<String, Stage> now) {
                decided.put(provider, now);
            }
        };
    }

    @Override
    public void close() {
        CompletableFuture<Void> closing = CompletableFuture.runAsync(host::close);
        await("the end", closing::isDone);
    }
}
