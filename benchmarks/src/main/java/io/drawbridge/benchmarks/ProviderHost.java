// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.benchmarks;

import io.drawbridge.api.link.Inbox;
import io.drawbridge.api.link.Link;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.policy.Policy;
import io.drawbridge.api.provider.AccountStatus;
import io.drawbridge.api.provider.Provider;
import io.drawbridge.providers.internal.account.LogIns;
import io.drawbridge.providers.internal.host.Directory;
import io.drawbridge.providers.internal.host.Host;
import io.drawbridge.providers.internal.host.Surroundings;
import io.drawbridge.providers.internal.plugin.Time;
import io.drawbridge.testbed.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** The host of providers without the rest of the appliance, with accounts of {@link LinkedNetwork}. */
final class ProviderHost implements Surroundings, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final RandomGenerator random = new Random(7);
    private final CompletableFuture<Link> link = new CompletableFuture<>();
    private final FasterTime time;
    private final Host host;
    private final Directory directory;
    private int accounts;

    ProviderHost(FasterTime time, int logInsPerMinute) {
        this.time = time;
        host = new Host(this, this::offer);
        directory = new Directory(host, List::of);
        host.configure(
                "io.drawbridge.provider~" + LinkedNetwork.ID,
                Optional.of(Map.of("enabled", "true", "logInsPerMinute", logInsPerMinute)));
    }

    private <T> Runnable offer(Class<T> type, T service, Map<String, Object> properties) {
        if (service instanceof Link offered) {
            link.complete(offered);
        }
        return () -> {};
    }

    void plug(Provider provider) {
        host.come(provider, "linked.bundle", "1.0.0", provider);
    }

    /** Links more users. */
    void link(int more) {
        for (int i = 0; i < more; i++) {
            host.configure(
                    "io.drawbridge.provider.account~" + accounts,
                    Optional.of(Map.of(
                            "provider", LinkedNetwork.ID, "user", user(accounts).toString())));
            accounts++;
        }
    }

    static Principal user(int number) {
        return Principal.of("user" + number, DomainName.of(Scene.INSIDE));
    }

    void awaitOnline() {
        Eventually.await(accounts + " accounts to be online", PATIENCE, () -> online() == accounts);
    }

    private long online() {
        return directory.accounts().stream()
                .filter(account ->
                        account.status().filter(AccountStatus.ONLINE::equals).isPresent())
                .count();
    }

    /** Returns the link of the provider. */
    Link link() {
        return link.join();
    }

    @Override
    public Time time() {
        return time;
    }

    @Override
    public LongSupplier nanoTime() {
        return System::nanoTime;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public Optional<Inbox> inbox() {
        return Optional.empty();
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
                return Optional.empty();
            }

            @Override
            public CompletionStage<Void> write(LogIns.Budget budget) {
                // It is over before it could start again.
                return CompletableFuture.completedFuture(null);
            }
        };
    }

    @Override
    public void close() {
        host.close();
        time.close();
    }
}
