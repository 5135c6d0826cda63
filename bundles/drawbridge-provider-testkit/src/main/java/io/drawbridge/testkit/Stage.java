// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import io.drawbridge.api.directory.ProviderAccountStatus;
import io.drawbridge.api.directory.ProviderStatus;
import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.link.Inbox;
import io.drawbridge.api.link.Link;
import io.drawbridge.api.metrics.MetricSink;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.policy.Policy;
import io.drawbridge.api.provider.AccountScope;
import io.drawbridge.api.provider.AccountStatus;
import io.drawbridge.api.provider.NativeProvider;
import io.drawbridge.api.provider.ProviderDescription;
import io.drawbridge.providers.internal.account.LogIns;
import io.drawbridge.providers.internal.configuration.AccountConfig;
import io.drawbridge.providers.internal.configuration.ProviderConfig;
import io.drawbridge.providers.internal.host.Directory;
import io.drawbridge.providers.internal.host.Host;
import io.drawbridge.providers.internal.host.Surroundings;
import io.drawbridge.providers.internal.plugin.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** The host of an appliance with one provider in it: the very code that runs it in production, on {@link LeapingTime}. */
final class Stage implements Surroundings, AutoCloseable {
    /** An own user whose account is configured. */
    static final Principal ALICE = principal("alice@home.example");

    /** Another. */
    static final Principal BOB = principal("bob@home.example");

    private static final Duration DEBOUNCE = Duration.ofMillis(300);
    private static final String MISBEHAVIOUR = "drawbridge_provider_misbehaviour";

    private final ProviderContract vendor;
    private final LeapingTime time = new LeapingTime();
    private final Journal journal = new Journal(time);
    private final List<Event> brought = new CopyOnWriteArrayList<>();
    private final List<Object> services = new CopyOnWriteArrayList<>();
    private final Map<String, String> overridden = new HashMap<>();
    private final Host host;
    private final Directory directory;
    private volatile Function<Event, CompletionStage<DeliveryOutcome>> answer =
            event -> CompletableFuture.completedFuture(new DeliveryOutcome.Delivered());
    private volatile Optional<LogIns.Budget> budget = Optional.empty();
    private Watched plugged;

    Stage(ProviderContract vendor) {
        this.vendor = vendor;
        host = new Host(this, this::offer);
        directory = new Directory(host, List::of);
    }

    static Principal principal(String address) {
        return ProviderContract.principal(address);
    }

    private <T> Runnable offer(Class<T> type, T service, Map<String, Object> properties) {
        services.add(service);
        return () -> services.remove(service);
    }

    Journal journal() {
        return journal;
    }

    /** Lets no account sign in. */
    Stage withoutLogIns() {
        budget = Optional.of(new LogIns.Budget(0, time.instant()));
        return this;
    }

    /** Writes another value for a key of the provider or of all its accounts. */
    Stage with(String key, String value) {
        overridden.put(key, value);
        return this;
    }

    /** Decides what becomes of what comes from the network. */
    Stage answering(Function<Event, CompletionStage<DeliveryOutcome>> by) {
        answer = by;
        return this;
    }

    /** Configures the provider and an account of each user, and brings the plug-in. */
    Stage configured(Principal... users) {
        return configuredWith(vendor.provider(), users);
    }

    /** As {@link #configured}, with a certain plug-in. */
    Stage configuredWith(NativeProvider provider, Principal... users) {
        ProviderDescription description = vendor.described();
        Map<String, Object> properties = new HashMap<>(vendor.providerSettings());
        properties.put("enabled", "true");
        properties.put("evenThoughEnded", "true");
        properties.put("logInsPerMinute", budget.isPresent() ? "1" : "6000");
        if (!description.domains().contains(vendor.contactPrincipal().domain())) {
            properties.put("domains", vendor.contactPrincipal().domain().value());
        }
        description.settings().forEach(setting -> override(setting.key(), properties));
        configure(ProviderConfig.PID + "~" + description.id(), properties);
        if (description.accounts() == AccountScope.SHARED) {
            account(description, "all", "", vendor.accountSettings(""));
        } else {
            for (Principal user : users) {
                account(description, user.local(), user.toString(), vendor.accountSettings(user.toString()));
            }
        }
        plug(provider);
        takeOver();
        return this;
    }

    /** Has the host act on what was configured, which it otherwise does a moment later. */
    private void takeOver() {
        try {
            time.settle();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        time.leap(DEBOUNCE);
    }

    private void account(ProviderDescription description, String name, String user, Map<String, String> own) {
        Map<String, Object> properties = new HashMap<>(own);
        properties.put("provider", description.id());
        properties.put("user", user);
        description.accountSettings().forEach(setting -> override(setting.key(), properties));
        configure(AccountConfig.PID + "~" + name, properties);
    }

    private void override(String key, Map<String, Object> properties) {
        Optional.ofNullable(overridden.get(key)).ifPresent(value -> properties.put(key, value));
    }

    private void configure(String pid, Map<String, Object> properties) {
        host.configure(pid, Optional.of(properties));
    }

    /** Brings a plug-in. */
    void plug(NativeProvider provider) {
        plugged = new Watched(provider, journal);
        host.come(plugged, "vendor", "1.0.0", plugged);
    }

    /** Takes the plug-in away as an update of its bundle does; returns when it has left. */
    void unplug() {
        host.go(plugged);
    }

    /** Returns the plug-in. */
    Watched plugged() {
        return plugged;
    }

    /** Configures the provider with an account of each user and waits until all have signed in. */
    Stage signedIn(Principal... users) {
        configured(users);
        awaitOnline();
        return this;
    }

    void awaitOnline() {
        await("every account to sign in", () -> {
            requireNoRefusal();
            List<ProviderAccountStatus> accounts = directory.accounts();
            return !accounts.isEmpty()
                    && accounts.stream()
                            .allMatch(account -> account.status().equals(Optional.of(AccountStatus.ONLINE)));
        });
    }

    /** Fails if waiting is in vain. */
    private void requireNoRefusal() {
        for (ProviderStatus provider : directory.providers()) {
            Finding.unless(
                    provider.state() != ProviderStatus.State.REFUSED
                            && provider.state() != ProviderStatus.State.QUARANTINED,
                    "Drawbridge does not let it serve: %s",
                    provider.trouble());
            Finding.unless(
                    journal.calls(Journal.Callee.PLUGIN, "open").isEmpty()
                            || !provider.trouble().contains("abilities"),
                    "Drawbridge does not open its accounts: %s",
                    provider.trouble());
        }
        host.problems().forEach(problem -> {
            throw new Finding("the settings of the test are refused: " + problem.getMessage());
        });
        for (ProviderAccountStatus account : directory.accounts()) {
            Finding.unless(
                    account.status().filter(status -> !status.isTriedAgain()).isEmpty(),
                    "the account %s is %s: %s",
                    account.name(),
                    account.status().map(Object::toString).orElse(""),
                    account.detail());
        }
    }

    /** Returns the account of a user, or the one of all. */
    Optional<ProviderAccountStatus> account(Principal user) {
        return directory.accounts().stream()
                .filter(account -> account.user().map(user::equals).orElse(true))
                .findFirst();
    }

    Optional<AccountStatus> status(Principal user) {
        return account(user).flatMap(ProviderAccountStatus::status);
    }

    /** Hands the provider an event of an own user. */
    CompletableFuture<DeliveryOutcome> deliver(Event event) {
        return services.stream()
                .filter(Link.class::isInstance)
                .map(Link.class::cast)
                .findFirst()
                .orElseThrow(() -> new Finding("the provider is not configured"))
                .deliver(event)
                .toCompletableFuture();
    }

    CompletableFuture<DeliveryOutcome> say(Principal user, String text) {
        return say(user, vendor.contactPrincipal(), Message.chat(text.hashCode() + "-" + text.length(), "talk", text));
    }

    CompletableFuture<DeliveryOutcome> say(Principal user, Principal to, Message message) {
        return deliver(new Event.Said(Instance.anyOf(user), Instance.anyOf(to), message));
    }

    /** Waits for what became of a message. */
    DeliveryOutcome outcome(CompletableFuture<DeliveryOutcome> delivery) {
        await("the outcome of a message", vendor.patience().plusSeconds(5), delivery::isDone);
        return delivery.join();
    }

    /** Has a user write to the contact, and fails unless that was delivered or handed over. */
    void says(Principal user, String text) {
        DeliveryOutcome outcome = outcome(say(user, text));
        Finding.unless(
                !(outcome instanceof DeliveryOutcome.Failed), "the message '%s' was not delivered: %s", text, outcome);
    }

    /** Returns what the network brought. */
    List<Event> brought() {
        return brought;
    }

    /** Returns the messages that came for a user, in their order. */
    List<Event.Said> arrived(Principal user) {
        List<Event.Said> said = new ArrayList<>();
        for (Event event : brought) {
            if (event instanceof Event.Said message
                    && message.recipient().principal().equals(user)) {
                said.add(message);
            }
        }
        return said;
    }

    static String text(Event.Said said) {
        return said.message().bodies().get(0).text();
    }

    void await(String what, BooleanSupplier condition) {
        await(what, vendor.patience(), condition);
    }

    private void await(String what, Duration longest, BooleanSupplier condition) {
        if (!comes(longest, condition)) {
            judge();
            throw new Finding("waited " + longest.toSeconds() + " s in vain for " + what);
        }
    }

    /** Returns whether something comes about in time. */
    boolean comes(Duration longest, BooleanSupplier condition) {
        return time.comes(longest, condition);
    }

    /** Lets as much time pass as something that should not happen would take. */
    void linger(Duration duration) {
        comes(duration, () -> false);
    }

    /** Lets time pass at once. */
    void leap(Duration duration) {
        time.leap(duration);
    }

    /** Returns whether the host counted something against the plug-in, other than that its network spoke as it closed. */
    private boolean hasMisbehaved() {
        boolean[] found = new boolean[1];
        directory.collect(new MetricSink() {
            @Override
            public void counter(String name, String help, double value, String... labels) {
                found[0] |= name.equals(MISBEHAVIOUR)
                        && value > 0
                        && !List.of(labels).contains("after_close");
            }

            @Override
            public void gauge(String name, String help, double value, String... labels) {
                // Misbehaviour is counted.
            }
        });
        return found[0];
    }

    /** Fails if the plug-in broke a promise that holds whatever else is tested. */
    void judge() {
        journal.requireGoodConduct();
        Finding.unless(
                !hasMisbehaved(),
                "Drawbridge counted against it: %s",
                directory.providers().stream().map(ProviderStatus::trouble).collect(Collectors.joining(", ")));
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
        return new Random(1);
    }

    @Override
    public Optional<Inbox> inbox() {
        return Optional.of((event, origin) -> {
            brought.add(event);
            return answer.apply(event);
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
                return budget;
            }

            @Override
            public CompletionStage<Void> write(LogIns.Budget left) {
                // Nothing in a test starts again with what was left.
                return CompletableFuture.completedFuture(null);
            }
        };
    }

    /** Ends the host; the plug-in finishes what it had begun and closes its accounts. */
    @Override
    public void close() {
        host.close();
        time.close();
    }
}
