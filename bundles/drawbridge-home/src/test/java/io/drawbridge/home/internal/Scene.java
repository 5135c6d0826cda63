// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.configuration.Settings;
import io.drawbridge.api.home.Consents;
import io.drawbridge.api.home.Question;
import io.drawbridge.api.metrics.MetricSink;
import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.Side;
import io.drawbridge.api.policy.EdgeSettings;
import io.drawbridge.api.sip.SipFlow;
import io.drawbridge.home.internal.config.HomeConfig;
import io.drawbridge.home.internal.config.LimitHits;
import io.drawbridge.home.internal.users.DigestAlgorithm;
import io.drawbridge.home.internal.users.UserTable;
import io.drawbridge.lib.jainsip.ManualTime;
import io.drawbridge.lib.jainsip.Timers;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** A home for contoso.example with users, a clock to turn, and a way outside. */
public final class Scene {
    public static final String ALICE = "alice@contoso.example";
    public static final String BOB = "bob@contoso.example";
    public static final String EVE = "eve@fabrikam.example";
    public final ManualTime time = new ManualTime();
    public final UserTable users = new UserTable();
    /** Who may come in from outside. */
    public final Set<Address> remote = new HashSet<>();

    /** Whom users let see them, as the ledger keeps it. */
    public final Notebook consents;

    private final Map<String, Object> settings = new HashMap<>();
    private Optional<HostPort> nextHop = Optional.empty();
    private final Home home = home(Runnable::run, time, time);
    public final TestClient relay = new TestClient(home, SipFlow.Kind.RELAY);

    public Scene() {
        this(new Notebook());
    }

    /** A home that starts anew, with what the ledger kept. */
    public Scene(Notebook kept) {
        consents = kept;
        user(ALICE, "secret-a");
        user(BOB, "secret-b");
        home.use(consents);
    }

    /** The ledger can be asked again, or cannot any longer. */
    public void ledger(boolean open) {
        home.use(open ? consents : null);
    }

    /** Keeps consents as the ledger does, without a disk. */
    public static final class Notebook implements Consents {
        private final Map<Address, Set<Address>> given = new HashMap<>();
        private final List<Question> asked = new ArrayList<>();
        private boolean full;

        /** From now on nothing is kept. */
        public void fillDisk() {
            full = true;
        }

        @Override
        public boolean holds(Address user, Address watcher) {
            return given.getOrDefault(user, Set.of()).contains(watcher);
        }

        @Override
        public CompletionStage<Void> give(Address user, Address watcher) {
            if (full) {
                return CompletableFuture.failedFuture(new IOException("disk full"));
            }
            given.computeIfAbsent(user, any -> new HashSet<>()).add(watcher);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Void> forget(Address user) {
            given.remove(user);
            asked.removeIf(question -> question.user().equals(user));
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public List<Question> questions() {
            return List.copyOf(asked);
        }

        @Override
        public void ask(Question question) {
            settle(question.user(), question.watcher());
            asked.add(question);
        }

        @Override
        public void settle(Address user, Address watcher) {
            asked.removeIf(question ->
                    question.user().equals(user) && question.watcher().equals(watcher));
        }
    }

    public void user(String address, String password, Object... keysAndValues) {
        String name = address.substring(0, address.indexOf('@'));
        String realm = address.substring(address.indexOf('@') + 1);
        Map<String, Object> properties = new HashMap<>(Map.of(
                "address", address,
                ".ha1Sha256", DigestAlgorithm.SHA_256.ha1(name, realm, password.toCharArray()),
                ".ha1Md5", DigestAlgorithm.MD5.ha1(name, realm, password.toCharArray())));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        try {
            users.put("io.drawbridge.home.user~" + address, properties);
        } catch (InvalidSetting refused) {
            throw new AssertionError(refused);
        }
    }

    public Scene with(String key, Object value) {
        settings.put(key, value);
        return this;
    }

    public void configureNextHop() {
        nextHop = Optional.of(HostPort.of("pool.contoso.example:5061"));
    }

    Home home(Executor executor, Timers timers, InstantSource clock) {
        return new Home(this::config, this::edge, remote::contains, users, executor, timers, clock);
    }

    void stop() {
        home.close();
    }

    /** How often the home refused a request because of a limit. */
    public int limitHits(LimitHits.Limit limit) {
        Map<String, Double> hits = new HashMap<>();
        home.collect(new MetricSink() {
            @Override
            public void counter(String name, String help, double value, String... labels) {
                hits.put(name + String.join(" ", labels), value);
            }

            @Override
            public void gauge(String name, String help, double value, String... labels) {
                // Only counters tell of limits.
            }
        });
        return hits.get("drawbridge_home_limits_hit" + "limit " + limit.name().toLowerCase(Locale.ROOT))
                .intValue();
    }

    public RegisteredUsers registered() {
        return new RegisteredUsers(users, home::contacts, home::questions);
    }

    public TestClient client() {
        return new TestClient(home, SipFlow.Kind.CLIENT);
    }

    /** A client that came in from outside. */
    public TestClient outsideClient() {
        return new TestClient(home, SipFlow.Kind.CLIENT, Side.OUTSIDE);
    }

    /** A client at which the user is registered. */
    public TestClient client(String user) {
        TestClient client = client();
        client.register(user, user.equals(ALICE) ? "secret-a" : "secret-b");
        return client;
    }

    private HomeConfig config() {
        try {
            return Settings.read(HomeConfig.class, HomeConfig.PID, settings).value();
        } catch (InvalidSetting refused) {
            throw new AssertionError(refused);
        }
    }

    private EdgeSettings edge() {
        return new EdgeSettings(
                Set.of(DomainName.of("contoso.example")), nextHop, Set.of(), false, true, false, false, 4);
    }
}
