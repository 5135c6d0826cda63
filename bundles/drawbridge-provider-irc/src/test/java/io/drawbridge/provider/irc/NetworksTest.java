// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.drawbridge.api.directory.ProviderAccountStatus;
import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.link.Inbox;
import io.drawbridge.api.link.Link;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.policy.Policy;
import io.drawbridge.api.provider.AccountStatus;
import io.drawbridge.api.provider.NativeProvider;
import io.drawbridge.providers.internal.HostTime;
import io.drawbridge.providers.internal.account.LogIns;
import io.drawbridge.providers.internal.host.Directory;
import io.drawbridge.providers.internal.host.Host;
import io.drawbridge.providers.internal.host.Surroundings;
import io.drawbridge.providers.internal.plugin.Time;
import io.drawbridge.testbed.Eventually;
import io.drawbridge.testbed.IrcUser;
import io.drawbridge.testbed.Ngircd;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several networks of one bundle, in the host of an appliance. */
final class NetworksTest implements Surroundings, LogIns.Store {
    private static final String LINK = "provider.";
    private static final String BUNDLE = "io.drawbridge.provider-irc";

    @RegisterExtension
    private static final Village<Ngircd> FIRST =
            new Village<>("100", (directory, credential, anchor) -> new Ngircd(directory, "first.example", credential));

    @RegisterExtension
    private static final Village<Ngircd> SECOND = new Village<>(
            "100", (directory, credential, anchor) -> new Ngircd(directory, "second.example", credential));

    private final HostTime time = new HostTime();
    private final Map<String, Link> links = new ConcurrentHashMap<>();
    private final List<Event> brought = new CopyOnWriteArrayList<>();
    private final Host host = new Host(this, this::offer);
    private final Directory directory = new Directory(host, List::of);

    @AfterEach
    void close() {
        host.close();
        time.close();
    }

    private <T> Runnable offer(Class<T> type, T service, Map<String, Object> properties) {
        if (service instanceof Link link) {
            links.put(properties.get(Link.ID).toString(), link);
        }
        return () -> {};
    }

    private static FurtherNetwork named(String name, String people) {
        return new FurtherNetwork(Map.of("service.pid", "io.drawbridge.irc~" + name, "name", people));
    }

    private void configure(NativeProvider network, String domain, Village<Ngircd> village) {
        String id = network.description().id();
        host.configure(
                "io.drawbridge.provider~" + id,
                Optional.of(Map.of(
                        "enabled",
                        "true",
                        "domains",
                        domain,
                        "server",
                        "localhost:" + village.server().tlsPort(),
                        "trustAnchors",
                        village.authority().anchorFile().toString())));
        host.configure(
                "io.drawbridge.provider.account~" + id,
                Optional.of(Map.of("provider", id, "user", Organisation.ALICE.toString(), "nick", "alice")));
        host.come(network, BUNDLE, "1.0.0", network);
    }

    private Optional<AccountStatus> status(String account) {
        return directory.accounts().stream()
                .filter(known -> known.name().equals(account))
                .findFirst()
                .flatMap(ProviderAccountStatus::status);
    }

    private DeliveryOutcome says(String network, String domain, String text) {
        Principal bob = Principal.of("bob", DomainName.of(domain));
        return links.get(LINK + network)
                .deliver(new Event.Said(
                        Instance.anyOf(Organisation.ALICE), Instance.anyOf(bob), Message.chat(text, "", text)))
                .toCompletableFuture()
                .join();
    }

    @Test
    void oneBundleServesSeveralNetworksAndOneGoesWithoutTheOther() {
        NativeProvider first = new IrcProvider();
        NativeProvider second = named("second", "The second");
        configure(first, "first.example", FIRST);
        configure(second, "second.example", SECOND);
        IrcUser here = FIRST.user("bob");
        IrcUser there = SECOND.user("bob");
        Eventually.await(
                "both accounts to sign in",
                Organisation.PATIENCE,
                () -> status("irc").equals(Optional.of(AccountStatus.ONLINE))
                        && status("irc-second").equals(Optional.of(AccountStatus.ONLINE)));
        assertThat(says("irc", "first.example", "to the first")).isNotInstanceOf(DeliveryOutcome.Failed.class);
        assertThat(says("irc-second", "second.example", "to the second")).isNotInstanceOf(DeliveryOutcome.Failed.class);
        here.awaits(":to the first");
        there.awaits(":to the second");
        there.says("alice", "from the second");
        Eventually.await("the answer", Organisation.PATIENCE, () -> !brought.isEmpty());
        assertThat(((Event.Said) brought.get(0)).sender().principal())
                .isEqualTo(Principal.of("bob", DomainName.of("second.example")));
        host.go(first);
        assertThat(says("irc-second", "second.example", "still there")).isNotInstanceOf(DeliveryOutcome.Failed.class);
        there.awaits(":still there");
    }

    @Test
    void aNetworkIsCalledAsItsConfigurationIs() {
        assertThat(named("oftc", "OFTC").description().id()).isEqualTo("irc-oftc");
        assertThat(named("oftc", "OFTC").description().name()).isEqualTo("OFTC");
        assertThat(named("oftc", " ").description().name()).isEqualTo("irc-oftc");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> named("Oftc!", ""))
                .withMessageContaining("io.drawbridge.irc~Oftc!: what follows ~ is");
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
        return new Random(1);
    }

    @Override
    public Optional<Inbox> inbox() {
        return Optional.of((event, origin) -> {
            brought.add(event);
            return CompletableFuture.completedFuture(new DeliveryOutcome.Delivered());
        });
    }

    @Override
    public Optional<Policy> policy() {
        return Optional.empty();
    }

    @Override
    public LogIns.Store logIns(String provider) {
        return this;
    }

    @Override
    public Optional<LogIns.Budget> read() {
        return Optional.empty();
    }

    @Override
    public CompletionStage<Void> write(LogIns.Budget left) {
        return CompletableFuture.completedFuture(null);
    }
}
