// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.directory.ProviderStatus.State;
import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.link.Inbox;
import io.drawbridge.api.link.Link;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.Trust;
import io.drawbridge.api.partner.PublicProvider;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.provider.AccountSettings;
import io.drawbridge.api.provider.AccountStatus;
import io.drawbridge.api.provider.NativeProvider;
import io.drawbridge.api.provider.ProviderDescription;
import io.drawbridge.providers.internal.account.AccountStanding;
import io.drawbridge.providers.internal.account.HostedAccount;
import io.drawbridge.providers.internal.account.LatestPresence;
import io.drawbridge.providers.internal.account.LogIns;
import io.drawbridge.providers.internal.account.Network;
import io.drawbridge.providers.internal.account.Outcomes;
import io.drawbridge.providers.internal.account.Room;
import io.drawbridge.providers.internal.configuration.AccountEntry;
import io.drawbridge.providers.internal.configuration.ProviderSettings;
import io.drawbridge.providers.internal.configuration.RefusedAccount;
import io.drawbridge.providers.internal.plugin.Conduct;
import io.drawbridge.providers.internal.plugin.Plugin;
import io.drawbridge.providers.internal.plugin.PluginThreads;
import io.drawbridge.providers.internal.plugin.Time;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One configured provider: a link for the exchange, whichever plug-in serves it. Events may come on any thread; all else
 * happens on the host's thread.
 */
public final class HostedProvider implements Link, Network {
    private static final int MOST_UNDER_WAY = 10_000;
    private static final Logger LOG = LoggerFactory.getLogger(HostedProvider.class);

    private final Surroundings surroundings;
    private final LogIns logIns;
    private final Room room = Room.ofProvider();
    private final Room presenceRoom = Room.ofProvider();
    private final Quarantine quarantine;
    private final Accounts accounts = new Accounts(this);
    private final Map<HostedAccount, InvalidSetting> refused = new ConcurrentHashMap<>();
    private final Tally deliveries = new Tally();
    private final Tally arrivals = new Tally();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger presenceUnderWay = new AtomicInteger();
    private final LatestPresence latestPresence;
    private final Consumer<HostedProvider> changed;
    private volatile Conduct conduct;
    private volatile ProviderSettings settings;
    private volatile List<AccountEntry> entries = List.of();
    private volatile Map<String, String> misspelt = Map.of();
    private volatile Optional<ProviderDescription> description = Optional.empty();
    private volatile Optional<Offer> offer = Optional.empty();
    private volatile Optional<Plugin> plugin = Optional.empty();
    private volatile Optional<Trial> trial = Optional.empty();
    private Runnable cancelGiveUp = () -> {};
    private int seatings;

    /**
     * Makes a provider without plug-in and accounts.
     *
     * @param changed hears, on the host's thread, when it stands otherwise by itself
     */
    HostedProvider(ProviderSettings settings, Surroundings surroundings, Consumer<HostedProvider> changed) {
        this.settings = settings;
        this.surroundings = surroundings;
        this.changed = changed;
        conduct = new Conduct(settings.id(), surroundings.time(), last -> {});
        latestPresence = new LatestPresence(surroundings.time(), this::bring);
        quarantine = new Quarantine(surroundings.time(), settings.id(), this::released);
        logIns = new LogIns(
                surroundings.time(), () -> this.settings.logInsPerMinute(), surroundings.logIns(settings.id()));
    }

    /** Takes over what is configured now. */
    void configure(ProviderSettings now, List<AccountEntry> nowEntries, Optional<ProviderDescription> nowDescription) {
        settings = now;
        plugin.ifPresent(running -> running.threads().resize(now.threads()));
        entries = List.copyOf(nowEntries);
        misspelt = nowEntries.stream()
                .filter(entry -> !entry.ignored().isEmpty())
                .collect(Collectors.toMap(AccountEntry::pid, entry -> RefusedAccount.why(entry.ignored())));
        description = nowDescription;
        settle();
    }

    /** Gives it a plug-in, in the place of the one it has. */
    void seat(Offer plugged) {
        endTrial().ifPresent(Leaving::inOrder);
        if (plugin.isPresent()) {
            leave(Reason.PROVIDER_ABSENT, true).inOrder();
        }
        cancelGiveUp.run();
        offer = Optional.of(plugged);
        description = Optional.of(plugged.description());
        int judged = ++seatings;
        conduct = conduct.beside(last -> surroundings.time().after(Duration.ZERO, () -> rest(judged, last)));
        quarantine.forget();
        settle();
    }

    /** Has a newer version tried by a share of the users, or none. */
    void tryOut(Optional<Offer> newer) {
        Optional<Offer> wanted = newer.filter(any -> state() == State.RUNNING);
        boolean isSame = trial.map(Trial::offer).equals(wanted)
                && trial.filter(now -> !now.canary().equals(settings.canary())).isEmpty();
        if (!isSame) {
            endTrial().ifPresent(Leaving::inOrder);
            trial = wanted.map(this::begin);
            settle();
        }
    }

    private Trial begin(Offer newer) {
        LOG.info(
                "Provider {}: {} % of the users try {}", id(), settings.canary().percent(), newer.version());
        return new Trial(
                newer,
                intolerable -> start(newer, conduct.beside(last -> intolerable.run())),
                settings.canary(),
                surroundings.time().instant());
    }

    /** Takes its users from the version on trial; what comes back runs to its end and then its threads may be closed. */
    Optional<Leaving> endTrial() {
        Optional<Trial> ended = trial;
        trial = Optional.empty();
        return ended.map(tried -> new Leaving(Optional.of(tried.plugin()), accounts.leave(tried)));
    }

    /** Returns the trial that goes on, with the present standing of its accounts. */
    Optional<Trial> trial() {
        trial.ifPresent(now -> now.accounts(accounts.standings(now), accounts.standings(plugin)));
        return trial;
    }

    /** Returns whether this plug-in is the one that serves. */
    boolean isOffered(Offer other) {
        return offer.filter(mine -> mine == other).isPresent();
    }

    /** Lets a plug-in go, if it serves anybody; what comes back runs to its end and then its threads may be closed. */
    Optional<Leaving> leave(Offer gone) {
        if (isOffered(gone)) {
            return Optional.of(vacate());
        }
        return trial.filter(tried -> tried.offer() == gone).flatMap(tried -> endTrial());
    }

    /** Takes the plug-in away; what comes back runs to its end and then its threads may be closed. */
    private Leaving vacate() {
        offer = Optional.empty();
        quarantine.forget();
        cancelGiveUp.run();
        return leave(Reason.PROVIDER_ABSENT, true);
    }

    /** The plug-in that was to leave has left: waits for another one. */
    void awaitPlugin() {
        cancelGiveUp.run();
        cancelGiveUp = surroundings.time().after(HostedAccount.PLUGIN_PATIENCE, this::giveUpWaiting);
    }

    /** Ends it for good. */
    List<Leaving> end() {
        List<Leaving> leaving = new ArrayList<>();
        quarantine.forget();
        endTrial().ifPresent(leaving::add);
        leaving.add(new Leaving(plugin, accounts.end()));
        plugin = Optional.empty();
        return leaving;
    }

    private void giveUpWaiting() {
        if (plugin.isEmpty()) {
            accounts.giveUpWaiting();
        }
    }

    /** Makes what runs the same as what should run. */
    private void settle() {
        boolean serves = state() == State.RUNNING;
        if (!serves) {
            endTrial().ifPresent(Leaving::inOrder);
        }
        if (!serves && plugin.isPresent()) {
            leave(Readiness.reason(state()), false).inOrder();
        } else if (serves && plugin.isEmpty()) {
            plugin = offer.map(this::start);
        }
        accounts.settle(wanted(), plugin, trial);
    }

    private Plugin start(Offer plugged) {
        LOG.info("Provider {} is served by {} {}", id(), plugged.description().name(), plugged.version());
        return start(plugged, conduct);
    }

    private Plugin start(Offer plugged, Conduct watched) {
        PluginThreads threads =
                new PluginThreads(id(), plugged.classes(), settings.threads(), watched, surroundings.nanoTime());
        return new Plugin((NativeProvider) plugged.provider(), plugged.description(), threads, watched);
    }

    private Leaving leave(Reason why, boolean isPatient) {
        Optional<Plugin> left = plugin;
        plugin = Optional.empty();
        return new Leaving(left, accounts.leave(why, isPatient, trial));
    }

    private Map<String, AccountSettings> wanted() {
        Map<String, AccountSettings> wanted = new HashMap<>();
        for (AccountEntry entry : isWanted() ? entries : List.<AccountEntry>of()) {
            wanted.put(
                    entry.pid(),
                    new AccountSettings(entry.name(), entry.user(), settings.domains(), settings.own(), entry.own()));
        }
        return wanted;
    }

    private boolean isWanted() {
        return settings.enabled() && !hasEnded();
    }

    private boolean hasEnded() {
        return Readiness.hasEnded(settings, description, surroundings.time().instant());
    }

    /** A plug-in broke its promises too often; one that has left may have done so while it closed. */
    private void rest(int judged, String last) {
        if (judged != seatings || plugin.isEmpty() || quarantine.rests()) {
            return;
        }
        quarantine.begin(last, plugin.map(Plugin::threads));
        endTrial().ifPresent(Leaving::inOrder);
        leave(Reason.PROVIDER_FAILED, false).atOnce(surroundings.time());
        changed.accept(this);
    }

    private void released() {
        conduct.forgive();
        settle();
        changed.accept(this);
    }

    @Override
    public CompletionStage<DeliveryOutcome> deliver(Event event) {
        CompletionStage<DeliveryOutcome> outcome = route(event);
        if (event instanceof Event.Said) {
            outcome.thenAccept(deliveries::count);
        }
        return outcome;
    }

    private CompletionStage<DeliveryOutcome> route(Event event) {
        State now = state();
        if (now == State.DISABLED || now == State.ENDED || now == State.QUARANTINED) {
            return failed(Readiness.reason(now));
        }
        if (event instanceof Event.Said said && isTooLong(said.message())) {
            return CompletableFuture.completedFuture(Outcomes.tooLong("the message is longer than the network takes"));
        }
        return accounts.of(event.sender().principal())
                .map(account -> deliver(event, account))
                .orElseGet(() -> failed(description.isPresent() ? Reason.NO_ACCOUNT : Reason.PROVIDER_ABSENT));
    }

    private CompletionStage<DeliveryOutcome> deliver(Event event, HostedAccount account) {
        CompletionStage<DeliveryOutcome> outcome = account.deliver(event);
        if (event instanceof Event.Said) {
            trial.ifPresent(
                    now -> outcome.thenAccept(result -> now.count(event.sender().principal(), result)));
        }
        return outcome;
    }

    private boolean isTooLong(Message message) {
        int longest = description.map(ProviderDescription::longestMessage).orElse(Integer.MAX_VALUE);
        // The first body is the simplest, and what a network takes that knows no other.
        String text = message.bodies().get(0).text();
        // A character has one octet at least and three at most.
        int characters = text.length();
        return characters > longest
                || (characters > longest / 3 && text.getBytes(StandardCharsets.UTF_8).length > longest);
    }

    private static CompletionStage<DeliveryOutcome> failed(Reason reason) {
        return CompletableFuture.completedFuture(Outcomes.failed(reason));
    }

    @Override
    public CompletionStage<DeliveryOutcome> bring(Event event) {
        Optional<Inbox> inbox = surroundings.inbox();
        if (inbox.isEmpty()) {
            return failed(Reason.SHUTTING_DOWN);
        }
        AtomicInteger crowd = event instanceof Event.Presence ? presenceUnderWay : underWay;
        if (crowd.incrementAndGet() > MOST_UNDER_WAY) {
            crowd.decrementAndGet();
            return failed(Reason.OVERLOADED);
        }
        return inbox.get()
                .accept(event, new Inbox.Origin(PublicProvider.link(id()), settings.id(), Trust.STRONG))
                .whenComplete((outcome, none) -> {
                    crowd.decrementAndGet();
                    if (event instanceof Event.Said) {
                        arrivals.count(outcome);
                    }
                });
    }

    @Override
    public boolean isFull() {
        return underWay.get() >= MOST_UNDER_WAY;
    }

    @Override
    public LatestPresence latestPresence() {
        return latestPresence;
    }

    /** Returns how it stands. */
    State state() {
        return Readiness.state(
                settings, description, surroundings.time().instant(), quarantine.rests(), offer.isPresent());
    }

    /** Returns what policy is told of it. */
    PublicProvider published() {
        return new PublicProvider(
                settings.pid(), id(), name(), settings.domains(), Readiness.published(state()), settings.level());
    }

    /** Returns its name for people. */
    String name() {
        return description.map(ProviderDescription::name).orElse(id());
    }

    /** Returns the version of its plug-in's bundle; empty without one. */
    String version() {
        return offer.map(Offer::version).orElse("");
    }

    /** Returns what its plug-in said of itself. */
    Optional<ProviderDescription> description() {
        return description;
    }

    /** Returns its accounts. */
    List<AccountStanding> standings() {
        return accounts.standings().stream().map(this::explained).toList();
    }

    /** Credentials that the network refuses while a key is misspelt are not the network's to explain. */
    private AccountStanding explained(AccountStanding account) {
        boolean isRefused =
                account.status().filter(AccountStatus.BAD_CREDENTIALS::equals).isPresent();
        String why = isRefused ? misspelt.getOrDefault(account.pid(), "") : "";
        return why.isEmpty()
                ? account
                : account.standing(AccountStatus.MISCONFIGURED, why + "; and the network refuses the credentials");
    }

    /** Returns how the plug-in that serves behaves; its counts are those of all that have served. */
    Conduct conduct() {
        return conduct;
    }

    /** Returns how many messages of own users had which outcome. */
    Tally deliveries() {
        return deliveries;
    }

    /** Returns how many messages from the network had which outcome. */
    Tally arrivals() {
        return arrivals;
    }

    /** Notes calls of the plug-in that should have returned. */
    void watch() {
        plugin.ifPresent(running -> running.threads().watch());
        trial.ifPresent(now -> now.plugin().threads().watch());
    }

    @Override
    public String id() {
        return settings.id();
    }

    @Override
    public String pid() {
        return settings.pid();
    }

    @Override
    public void refused(HostedAccount account, Optional<InvalidSetting> setting) {
        if (setting.isEmpty()) {
            refused.remove(account);
        } else {
            String message = setting.get().getMessage();
            boolean known = refused.values().stream().map(Throwable::getMessage).anyMatch(message::equals);
            refused.put(account, setting.get());
            if (!known) {
                LOG.error("The plug-in refuses, the last settings it took stay in force: {}", message);
            }
        }
    }

    /** Returns the settings its plug-in refuses, each once. */
    Collection<InvalidSetting> refused() {
        Map<String, InvalidSetting> byMessage = new TreeMap<>();
        refused.values().forEach(invalid -> byMessage.put(invalid.getMessage(), invalid));
        return byMessage.values();
    }

    @Override
    public Set<DomainName> domains() {
        return settings.domains();
    }

    @Override
    public boolean isOwn(DomainName domain) {
        return surroundings
                .policy()
                .map(policy -> policy.edge().sipDomains().contains(domain))
                .orElse(true);
    }

    @Override
    public Time time() {
        return surroundings.time();
    }

    @Override
    public LogIns logIns() {
        return logIns;
    }

    @Override
    public Room room() {
        return room;
    }

    @Override
    public Room presenceRoom() {
        return presenceRoom;
    }

    @Override
    public RandomGenerator random() {
        return surroundings.random();
    }
}
