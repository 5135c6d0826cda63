// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import io.drawbridge.api.configuration.ConfigurationCheck;
import io.drawbridge.api.configuration.ConfigurationProblems;
import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.directory.ProviderTrial;
import io.drawbridge.api.directory.ProviderTrial.State;
import io.drawbridge.api.link.Link;
import io.drawbridge.api.partner.NetworkAddresses;
import io.drawbridge.api.partner.PublicProvider;
import io.drawbridge.api.provider.Provider;
import io.drawbridge.providers.internal.configuration.Declared;
import io.drawbridge.providers.internal.configuration.ProviderSettings;
import io.drawbridge.providers.internal.configuration.RefusedAccount;
import io.drawbridge.providers.internal.configuration.Standing;
import io.drawbridge.providers.internal.host.Stage.Happening;
import io.drawbridge.providers.internal.plugin.Conduct;
import io.drawbridge.providers.internal.plugin.Misbehaviour;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings configuration, plug-ins and the exchange together: a {@link HostedProvider} for each configured provider, offered
 * as a link and to policy, and served by the plug-in with its identifier. Its own state is touched on one thread only,
 * that of the timers.
 */
public final class Host implements ConfigurationProblems, ConfigurationCheck {
    private static final Duration QUIET = Duration.ofMillis(200);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int REVIEW = 60;

    /** Longer than a plug-in has to finish, to close its accounts, and its bundle to stop. */
    private static final Duration STOPPED = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(Host.class);

    private final Surroundings surroundings;
    private final Registrar registrar;
    private final Plugins plugins;
    private final Gateways gateways;
    private final ConcurrentMap<String, HostedProvider> providers = new ConcurrentHashMap<>();
    private final Map<String, Offered> offered = new HashMap<>();
    private final Map<String, Optional<Map<String, Object>>> changes = new HashMap<>();
    private final Map<Offer, TakenBack> takenBack = new HashMap<>();
    private final ConcurrentMap<RefusedAccount, Instant> refusedAccounts = new ConcurrentHashMap<>();
    private volatile Standing standing = Standing.NOTHING;
    private volatile Census census = new Census(List.of(), List.of(), List.of(), Map.of());
    private int seconds;
    private boolean closed;

    /**
     * What plug-ins there are, for those who look from other threads.
     *
     * @param chosen those that may serve
     * @param refused those that may not
     * @param surplus those that serve nobody, because another one does
     * @param takenBack those among them that were taken back
     */
    record Census(
            List<Offer> chosen,
            List<Plugins.Candidate> refused,
            List<Plugins.Candidate> surplus,
            Map<Offer, TakenBack> takenBack) {}

    /**
     * A version that was taken back.
     *
     * @param failed whether its trial ended badly, and not by a word of the administrator
     */
    record TakenBack(ProviderTrial report, boolean failed) {}

    /** The services of one provider. */
    private record Offered(PublicProvider shown, Runnable forget, Runnable unlink) {}

    /** Starts without configuration and plug-ins. */
    public Host(Surroundings surroundings, Registrar registrar) {
        this.surroundings = surroundings;
        this.registrar = registrar;
        plugins = new Plugins(surroundings, this::chosen);
        gateways = new Gateways(surroundings, registrar);
        surroundings.time().after(SECOND, this::tick);
    }

    private void onHostThread(Runnable task) {
        surroundings.time().after(Duration.ZERO, task);
    }

    /** Takes the new properties of a PID, or empty for a deletion; several in quick succession act together. */
    public void configure(String pid, Optional<Map<String, Object>> properties) {
        onHostThread(() -> {
            if (changes.isEmpty()) {
                surroundings.time().after(QUIET, this::takeOver);
            }
            changes.put(pid, properties);
        });
    }

    private void takeOver() {
        Set<String> before = messages(standing.problems());
        standing = standing.with(changes);
        changes.clear();
        settle();
        standing.problems().stream()
                .map(InvalidSetting::getMessage)
                .filter(problem -> !before.contains(problem))
                .forEach(problem -> LOG.error("Refused, the last good settings stay in force: {}", problem));
    }

    private static Set<String> messages(Collection<InvalidSetting> problems) {
        return problems.stream().map(InvalidSetting::getMessage).collect(Collectors.toSet());
    }

    /** Takes a plug-in. */
    public void come(Object key, String bundle, String version, Provider provider) {
        onHostThread(() -> {
            plugins.add(key, bundle, version, provider);
            count();
        });
    }

    /** Lets a plug-in go; returns when it has finished what it had begun. Blocks, for less than a minute. */
    public void go(Object key) {
        CompletableFuture<Optional<Leaving>> leaving = new CompletableFuture<>();
        CompletableFuture<String> left = new CompletableFuture<>();
        CompletableFuture<CompletableFuture<Void>> gatewayLeft = new CompletableFuture<>();
        onHostThread(() -> {
            Optional<Offer> offer = plugins.remove(key);
            String id = offer.map(gone -> gone.description().id()).orElse("");
            left.complete(id);
            leaving.complete(
                    Optional.ofNullable(providers.get(id)).flatMap(provider -> offer.flatMap(provider::leave)));
            gatewayLeft.complete(
                    offer.flatMap(gateways::vacate).orElseGet(() -> CompletableFuture.completedFuture(null)));
            offer.ifPresent(this::lookAfter);
            // Another one may be there already; it need not wait until this one has closed.
            chosen(id);
        });
        awaited(leaving).flatMap(found -> found).ifPresent(Leaving::await);
        awaited(gatewayLeft).ifPresent(Host::awaited);
        awaited(left)
                .ifPresent(id -> onHostThread(
                        () -> Optional.ofNullable(providers.get(id)).ifPresent(HostedProvider::awaitPlugin)));
    }

    /** Once its bundle has stopped, nothing of a plug-in that has gone runs any more. */
    private void lookAfter(Offer gone) {
        String id = gone.description().id();
        String plugin = gone.bundle() + " " + gone.version();
        Remains remains = Remains.of(gone);
        surroundings.time().after(STOPPED, () -> {
            List<String> threads = plugins.isOffering(remains) ? List.of() : remains.threads();
            if (!threads.isEmpty()) {
                conduct(id).note(Misbehaviour.LEFT_THREADS, plugin + ": " + String.join(", ", threads));
            }
        });
    }

    private Conduct conduct(String id) {
        return Optional.ofNullable(providers.get(id))
                .map(HostedProvider::conduct)
                .or(() -> gateways.find(id).map(HostedGateway::conduct))
                .orElseGet(() -> new Conduct(id, surroundings.time(), last -> {}));
    }

    private static <T> Optional<T> awaited(CompletableFuture<T> future) {
        try {
            return Optional.ofNullable(future.get(10, TimeUnit.SECONDS));
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException late) {
            LOG.warn("The host of providers does not answer");
        }
        return Optional.empty();
    }

    private void chosen(String id) {
        plugins.chosen(id).ifPresent(offer -> {
            standing = standing.knowing(offer.declared());
            settle();
        });
        count();
    }

    /** Makes what is hosted the same as what is configured. */
    private void settle() {
        if (closed) {
            return;
        }
        refusedAccounts.keySet().retainAll(standing.refusedAccounts());
        standing.refusedAccounts()
                .forEach(account ->
                        refusedAccounts.putIfAbsent(account, surroundings.time().instant()));
        Set<String> wanted = ids(false);
        gateways.retain(ids(true));
        providers.forEach((id, provider) -> {
            if (!wanted.contains(id)) {
                remove(id, provider).forEach(Leaving::inOrder);
            }
        });
        for (ProviderSettings settings : standing.providers()) {
            Optional<Declared> declared = standing.plugin(settings.id());
            if (settings.gateway().isPresent()) {
                plugins.versions(settings.id()).settle(false);
                gateways.settle(settings, declared, plugins.chosen(settings.id()));
                continue;
            }
            HostedProvider provider = providers.computeIfAbsent(
                    settings.id(), id -> new HostedProvider(settings, surroundings, this::publish));
            provider.configure(settings, standing.accounts(settings.id()), declared.map(Declared::description));
            Versions versions = plugins.versions(settings.id());
            versions.settle(settings.canary().percent() > 0);
            versions.serving()
                    .filter(offer -> offer.gateway().isEmpty() && !provider.isOffered(offer))
                    .ifPresent(provider::seat);
            provider.tryOut(versions.onTrial().filter(offer -> offer.gateway().isEmpty()));
            publish(provider);
        }
        count();
    }

    private Set<String> ids(boolean withGateway) {
        return standing.providers().stream()
                .filter(settings -> settings.gateway().isPresent() == withGateway)
                .map(ProviderSettings::id)
                .collect(Collectors.toSet());
    }

    private List<Leaving> remove(String id, HostedProvider provider) {
        providers.remove(id);
        Optional.ofNullable(offered.remove(id)).ifPresent(services -> {
            services.forget().run();
            services.unlink().run();
        });
        return provider.end();
    }

    private void publish(HostedProvider provider) {
        PublicProvider now = provider.published();
        Offered before = offered.get(provider.id());
        if (before != null && before.shown().equals(now)) {
            return;
        }
        Runnable unlink;
        if (before == null) {
            unlink = registrar.offer(Link.class, provider, Map.of(Link.ID, now.link()));
        } else {
            before.forget().run();
            unlink = before.unlink();
        }
        offered.put(provider.id(), new Offered(now, registrar.offer(PublicProvider.class, now, Map.of()), unlink));
    }

    private void count() {
        List<Offer> back = plugins.in(Stage.TAKEN_BACK);
        takenBack.keySet().retainAll(back);
        back.forEach(offer -> takenBack.computeIfAbsent(
                offer, one -> withoutTrial(one, "it was taken back before it came this time")));
        census = new Census(plugins.chosen(), plugins.refused(), plugins.surplus(), Map.copyOf(takenBack));
    }

    private TakenBack withoutTrial(Offer offer, String why) {
        Instant now = surroundings.time().instant();
        ProviderTrial report =
                new ProviderTrial(offer.description().id(), offer.version(), State.TAKEN_BACK, 0, now, now, 0, 0, why);
        return new TakenBack(report, false);
    }

    private void tick() {
        if (closed) {
            return;
        }
        surroundings.time().after(SECOND, this::tick);
        providers.values().forEach(HostedProvider::watch);
        providers.values().forEach(this::judge);
        gateways.watch();
        if (++seconds % REVIEW == 0) {
            plugins.remember();
            settle();
        }
    }

    private void judge(HostedProvider provider) {
        Instant now = surroundings.time().instant();
        provider.trial().ifPresent(trial -> trial.verdict(now).ifPresent(verdict -> decide(provider, trial, verdict)));
    }

    private void decide(HostedProvider provider, Trial trial, Happening verdict) {
        Versions versions = plugins.versions(provider.id());
        versions.happened(trial.offer(), verdict);
        String version = trial.offer().version();
        if (versions.in(Stage.TAKEN_BACK).contains(trial.offer())) {
            boolean failed = verdict != Happening.ENDED;
            ProviderTrial report = trial.report(
                    provider.id(), surroundings.time().instant(), failed ? trial.reason() : "ended by hand");
            takenBack.put(trial.offer(), new TakenBack(report, failed));
            if (failed) {
                LOG.error("Provider {}: {} is taken back: {}", provider.id(), version, report.reason());
            } else {
                LOG.info("Provider {}: the trial of {} is ended by hand", provider.id(), version);
            }
        } else {
            LOG.info("Provider {}: {} has passed its trial", provider.id(), version);
        }
        settle();
    }

    /** Lets a version that is on trial, waits or was taken back serve everybody; returns it. Blocks for a moment. */
    Optional<String> promote(String id) {
        return decided(id, versions -> {
            Optional<Offer> offer = versions.challenger();
            offer.ifPresent(chosen -> {
                versions.happened(chosen, Happening.PROMOTED);
                versions.in(Stage.TAKEN_BACK)
                        .forEach(newer -> takenBack.computeIfAbsent(
                                newer, one -> withoutTrial(one, chosen.version() + " was put in its place by hand")));
                LOG.info("Provider {}: {} is promoted by hand", id, chosen.version());
                settle();
            });
            return offer;
        });
    }

    /** Ends a trial; returns the version that was on trial. Blocks for a moment. */
    Optional<String> takeBack(String id) {
        return decided(id, versions -> {
            Optional<HostedProvider> provider = Optional.ofNullable(providers.get(id));
            Optional<Trial> trial = provider.flatMap(HostedProvider::trial);
            trial.ifPresent(ended -> decide(provider.orElseThrow(), ended, Happening.ENDED));
            return trial.map(Trial::offer);
        });
    }

    private Optional<String> decided(String id, Function<Versions, Optional<Offer>> decision) {
        CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
        onHostThread(() -> answer.complete(decision.apply(plugins.versions(id)).map(Offer::version)));
        return awaited(answer).flatMap(version -> version);
    }

    /** Ends everything: links go first, then what was begun finishes. Blocks, for less than a minute. */
    public void close() {
        CompletableFuture<List<Leaving>> leaving = new CompletableFuture<>();
        onHostThread(() -> {
            closed = true;
            List<Leaving> all = new ArrayList<>();
            providers.forEach((id, provider) -> all.addAll(remove(id, provider)));
            leaving.complete(all);
            gateways.close();
        });
        awaited(leaving).ifPresent(all -> all.parallelStream().forEach(Leaving::await));
    }

    @Override
    public List<InvalidSetting> problems() {
        List<InvalidSetting> problems = new ArrayList<>(standing.problems());
        providers.values().forEach(provider -> problems.addAll(provider.refused()));
        return problems;
    }

    @Override
    public List<InvalidSetting> check(Map<String, Optional<Map<String, Object>>> changed) {
        Standing now = standing;
        Set<String> known = messages(now.problems());
        return now.with(changed).problems().stream()
                .filter(problem -> changed.containsKey(problem.pid()) || !known.contains(problem.getMessage()))
                .toList();
    }

    /** Returns the configured providers. */
    Collection<HostedProvider> providers() {
        return List.copyOf(providers.values());
    }

    /** Returns the configured providers with a SIP gateway. */
    Collection<HostedGateway> gateways() {
        return gateways.all();
    }

    /** Returns the accounts that are configured and not in force, with since when. */
    Map<RefusedAccount, Instant> refusedAccounts() {
        return Map.copyOf(refusedAccounts);
    }

    /** Returns who asks plug-ins for addresses on their networks. */
    public NetworkAddresses addresses() {
        return gateways;
    }

    /** Returns what plug-ins there are. */
    Census census() {
        return census;
    }
}
