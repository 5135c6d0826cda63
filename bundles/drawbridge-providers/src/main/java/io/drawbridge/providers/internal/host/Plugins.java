// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import io.drawbridge.api.provider.Gateway;
import io.drawbridge.api.provider.GatewayProvider;
import io.drawbridge.api.provider.NativeProvider;
import io.drawbridge.api.provider.Provider;
import io.drawbridge.api.provider.ProviderDescription;
import io.drawbridge.providers.internal.account.Outcomes;
import io.drawbridge.providers.internal.plugin.Conduct;
import io.drawbridge.providers.internal.plugin.PluginThreads;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plug-ins that are there: asks each what it is, on a thread of its own and with a time limit, and says which may
 * serve. What is done of several with the same identifier, {@link Versions} says. On the host's thread only.
 */
final class Plugins {
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);

    private final Surroundings surroundings;
    private final Consumer<String> changed;
    private final Map<Object, Candidate> candidates = new LinkedHashMap<>();
    private final Map<String, Versions> versions = new HashMap<>();
    private final Set<String> stuck = new HashSet<>();

    /**
     * Starts without plug-ins.
     *
     * @param changed hears that another plug-in may serve a provider now; of an empty identifier that one was refused
     */
    Plugins(Surroundings surroundings, Consumer<String> changed) {
        this.surroundings = surroundings;
        this.changed = changed;
    }

    /**
     * A plug-in that came.
     *
     * @param bundle its bundle's name, for people
     * @param version its bundle's version
     * @param classes where its classes come from
     * @param offer what may serve, if it may
     * @param refusal why it may not; empty if it may or was not asked yet
     */
    record Candidate(String bundle, String version, ClassLoader classes, Optional<Offer> offer, String refusal) {
        Candidate refused(String why) {
            return new Candidate(bundle, version, classes, Optional.empty(), why);
        }
    }

    /** Takes note of one that came. */
    void add(Object key, String bundle, String version, Provider provider) {
        Candidate candidate =
                new Candidate(bundle, version, provider.getClass().getClassLoader(), Optional.empty(), "");
        candidates.put(key, candidate);
        if (stuck.contains(bundle)) {
            // Each question would cost a thread that never comes back.
            refuse(key, "description() of an earlier one of it has still not returned");
        } else if (provider instanceof NativeProvider == provider instanceof GatewayProvider) {
            refuse(key, "it is one of NativeProvider and GatewayProvider, and never both");
        } else {
            ask(key, candidate, provider);
        }
    }

    private void ask(Object key, Candidate asked, Provider provider) {
        Conduct conduct = new Conduct(asked.bundle(), surroundings.time(), last -> {});
        PluginThreads thread = new PluginThreads(asked.bundle(), asked.classes(), 1, conduct, surroundings.nanoTime());
        Runnable disarm = surroundings.time().after(LIMIT, () -> {
            refuse(key, asked, "description() does not return within a second");
            stuck.add(asked.bundle());
            thread.close();
        });
        thread.lane().offer(() -> {
            ProviderDescription[] answer = new ProviderDescription[1];
            String[] broken = {""};
            Gateway[] gateway = new Gateway[1];
            boolean described = thread.call("description", LIMIT, () -> answer[0] = description(provider, broken));
            boolean returned = described
                    && (!(provider instanceof GatewayProvider network)
                            || thread.call("gateway", LIMIT, () -> gateway[0] = network.gateway()));
            surroundings.time().after(Duration.ZERO, () -> {
                disarm.run();
                stuck.remove(asked.bundle());
                thread.close();
                if (!returned) {
                    refuse(key, asked, conduct.last() + broken[0]);
                } else {
                    judge(key, asked, provider, answer[0], Optional.ofNullable(gateway[0]));
                }
            });
        });
    }

    /** Records of the contract say which rule they are made against; that it is told is all a vendor needs. */
    private static ProviderDescription description(Provider provider, String... broken) {
        try {
            return provider.description();
        } catch (IllegalArgumentException rule) {
            broken[0] = ": " + Outcomes.oneLine(rule.getMessage());
            throw rule;
        }
    }

    private void judge(
            Object key,
            Candidate asked,
            Provider provider,
            ProviderDescription description,
            Optional<Gateway> gateway) {
        if (description == null) {
            refuse(key, asked, "description() returns nothing");
        } else if (provider instanceof GatewayProvider && gateway.isEmpty()) {
            refuse(key, asked, "gateway() returns nothing");
        } else if (gateway.isPresent()
                && !(description.settings().isEmpty()
                        && description.accountSettings().isEmpty())) {
            refuse(key, asked, "it has a SIP gateway, and settings of its own that nobody would read");
        } else {
            admit(key, asked, new Offer(provider, description, gateway, asked.bundle(), asked.version()));
        }
    }

    private void admit(Object key, Candidate asked, Offer offer) {
        if (asked.equals(candidates.get(key))) {
            candidates.put(
                    key, new Candidate(asked.bundle(), asked.version(), asked.classes(), Optional.of(offer), ""));
            String id = offer.description().id();
            versions(id).came(offer);
            if (chosen(id).filter(first -> first == offer).isEmpty()) {
                LOG.info("The plug-in {} {} waits: {} is served by another", asked.bundle(), asked.version(), id);
            }
            changed.accept(id);
        }
    }

    private void refuse(Object key, Candidate asked, String why) {
        if (asked.equals(candidates.get(key))) {
            refuse(key, why);
        }
    }

    private void refuse(Object key, String why) {
        Candidate refused = candidates.get(key).refused(why);
        candidates.put(key, refused);
        LOG.error("The plug-in {} {} may not serve: {}", refused.bundle(), refused.version(), why);
        changed.accept("");
    }

    /** Forgets one that goes; returns what it offered. */
    Optional<Offer> remove(Object key) {
        Optional<Offer> offer = Optional.ofNullable(candidates.remove(key)).flatMap(Candidate::offer);
        offer.ifPresent(gone -> versions(gone.description().id()).left(gone));
        return offer;
    }

    /** Returns whether the bundle of one that has gone offers another, or the same again. */
    boolean isOffering(Remains remains) {
        return candidates.values().stream().map(Candidate::classes).anyMatch(remains::areOf);
    }

    /** Returns the plug-ins of a provider, in their stages. */
    Versions versions(String id) {
        return versions.computeIfAbsent(id, any -> new Versions(surroundings.versions(id)));
    }

    /** Remembers who serves. */
    void remember() {
        versions.values().forEach(Versions::remember);
    }

    /** Returns the plug-in that may serve a provider. */
    Optional<Offer> chosen(String id) {
        return versions(id).serving();
    }

    /** Returns what serves, one for each identifier. */
    List<Offer> chosen() {
        return in(Stage.SERVES);
    }

    /** Returns those that stand so, of every provider. */
    List<Offer> in(Stage stage) {
        return versions.values().stream()
                .flatMap(each -> each.in(stage).stream())
                .toList();
    }

    /** Returns those that may not serve. */
    List<Candidate> refused() {
        return candidates.values().stream()
                .filter(candidate -> !candidate.refusal().isEmpty())
                .toList();
    }

    /** Returns those that serve nobody, because another one does. */
    List<Candidate> surplus() {
        return candidates.values().stream()
                .filter(candidate -> candidate.offer().filter(this::isIdle).isPresent())
                .toList();
    }

    private boolean isIdle(Offer offer) {
        Versions all = versions(offer.description().id());
        return all.in(Stage.WAITS).contains(offer) || all.in(Stage.TAKEN_BACK).contains(offer);
    }
}
