// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import io.drawbridge.api.directory.GatewayStatus;
import io.drawbridge.api.directory.ProviderStatus;
import io.drawbridge.api.directory.ProviderStatus.State;
import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.Direction;
import io.drawbridge.api.partner.NetworkAddresses.Answer;
import io.drawbridge.api.partner.PublicProvider;
import io.drawbridge.api.partner.SipGateway;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.provider.AddressAbility;
import io.drawbridge.api.provider.Capability;
import io.drawbridge.api.provider.Gateway;
import io.drawbridge.api.provider.ProviderDescription;
import io.drawbridge.api.provider.TlsDemands;
import io.drawbridge.providers.internal.configuration.Declared;
import io.drawbridge.providers.internal.configuration.GatewaySettings;
import io.drawbridge.providers.internal.configuration.ProviderSettings;
import io.drawbridge.providers.internal.gateway.Translator;
import io.drawbridge.providers.internal.plugin.Conduct;
import io.drawbridge.providers.internal.plugin.PluginThreads;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One configured provider with a SIP gateway, whichever plug-in tells of it. The relay carries its messages; asked here is
 * only what somebody is called at the other end. That may come on any thread; all else happens on the host's thread.
 */
final class HostedGateway {
    /** How long requests wait for a plug-in that has just left, or has not come yet. */
    static final Duration PATIENCE = Duration.ofSeconds(4);

    static final int MOST_WAITING = 1000;

    /** Ciphers no TLS of this appliance offers, whatever the profile. */
    private static final Pattern BROKEN_CIPHER = Pattern.compile("_(RC4|3DES|DES|NULL|EXPORT)_");

    private static final Logger LOG = LoggerFactory.getLogger(HostedGateway.class);

    private final Surroundings surroundings;
    private final Consumer<HostedGateway> changed;
    private final Quarantine quarantine;
    private final ReasonTally answers = new ReasonTally();
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waitingCount = new AtomicInteger();
    private volatile ProviderSettings settings;
    private volatile GatewaySettings gateway;
    private volatile Optional<Declared> declared = Optional.empty();
    private volatile Optional<Serving> serving = Optional.empty();
    private volatile Instant patientUntil;
    private volatile Conduct conduct;
    private Runnable cancelPatience = () -> {};
    private int seatings;

    /** A plug-in, and its code for addresses if it has any. */
    private record Serving(Offer offer, Optional<Translator> translator) {
        /** Asks it; completes with nothing if it has left meanwhile. */
        CompletionStage<Optional<Answer>> ask(Direction way, Address address) {
            return translator
                    .map(code -> code.ask(way, address))
                    .orElseGet(() -> CompletableFuture.completedFuture(Optional.of(Answer.of(address))));
        }
    }

    /** A request that waits for a plug-in. */
    private record Waiting(Direction way, Address address, CompletableFuture<Answer> answer) {}

    /**
     * Makes a provider without plug-in, and waits for one.
     *
     * @param changed hears, on the host's thread, when it stands otherwise by itself
     */
    HostedGateway(ProviderSettings settings, Surroundings surroundings, Consumer<HostedGateway> changed) {
        this.settings = settings;
        this.gateway = settings.gateway().orElseThrow();
        this.surroundings = surroundings;
        this.changed = changed;
        conduct = new Conduct(settings.id(), surroundings.time(), last -> {});
        quarantine = new Quarantine(surroundings.time(), settings.id(), this::released);
        bePatient();
    }

    /** Takes over what is configured and known of it now. */
    void configure(ProviderSettings now, Optional<Declared> plugin) {
        settings = now;
        gateway = now.gateway().orElseThrow();
        declared = plugin;
        answerWaiting();
    }

    /** Gives it a plug-in; what is asked from now on is asked of that. */
    void seat(Offer plugged) {
        LOG.info("Provider {} is told of by {} {}", id(), plugged.description().name(), plugged.version());
        vacate();
        int judged = ++seatings;
        conduct = conduct.beside(last -> surroundings.time().after(Duration.ZERO, () -> rest(judged, last)));
        serving = Optional.of(begin(plugged));
        answerWaiting();
        if (settings.enabled()) {
            remarks(plugged.gateway().orElseThrow().tls()).forEach(remark -> LOG.warn("Provider {}: {}", id(), remark));
        }
    }

    private Serving begin(Offer plugged) {
        if (!(plugged.provider() instanceof AddressAbility code)) {
            return new Serving(plugged, Optional.empty());
        }
        PluginThreads threads =
                new PluginThreads(id(), plugged.classes(), settings.threads(), conduct, surroundings.nanoTime());
        return new Serving(
                plugged,
                Optional.of(new Translator(code, threads, conduct, surroundings.time(), address -> settings.domains()
                        .contains(address.domain()))));
    }

    /** Returns whether this plug-in is the one that serves. */
    boolean isOffered(Offer other) {
        return serving.filter(mine -> mine.offer() == other).isPresent();
    }

    /** Takes the plug-in away; completes when what it was asked is answered, and then its threads end. */
    CompletableFuture<Void> vacate() {
        Optional<Translator> left = serving.flatMap(Serving::translator);
        bePatient();
        serving = Optional.empty();
        quarantine.forget();
        return left.map(old -> old.finished().whenComplete((done, none) -> old.close()))
                .orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    private void bePatient() {
        patientUntil = surroundings.time().instant().plus(PATIENCE);
        cancelPatience.run();
        cancelPatience = surroundings.time().after(PATIENCE, this::endPatience);
    }

    private void endPatience() {
        // The clock may have been set back, and nothing else wakes those who wait.
        patientUntil = Instant.MIN;
        answerWaiting();
    }

    /** A plug-in broke its promises too often; one that was replaced meanwhile is no longer anybody's business. */
    private void rest(int judged, String last) {
        if (judged != seatings || serving.isEmpty() || quarantine.rests()) {
            return;
        }
        Serving resting = serving.get();
        quarantine.begin(last, resting.translator().map(Translator::threads));
        serving = Optional.of(begin(resting.offer()));
        resting.translator().ifPresent(Translator::close);
        changed.accept(this);
    }

    private void released() {
        conduct.forgive();
        changed.accept(this);
    }

    /**
     * Asks what somebody is called at the other end.
     *
     * @param way {@code OUTBOUND} to learn what the network calls somebody, {@code INBOUND} what own users do
     */
    CompletionStage<Answer> ask(Direction way, Address address) {
        CompletionStage<Answer> answer = answer(way, address);
        answer.thenAccept(given -> answers.count(given.reason()));
        return answer;
    }

    private CompletionStage<Answer> answer(Direction way, Address address) {
        Optional<Serving> asked = serving;
        State now = state(asked);
        if (now == State.RUNNING) {
            return asked.orElseThrow().ask(way, address).thenCompose(given -> given.<CompletionStage<Answer>>map(
                            CompletableFuture::completedFuture)
                    .orElseGet(() -> answer(way, address)));
        }
        if (now != State.ABSENT || !isPatient()) {
            return CompletableFuture.completedFuture(refusal(Readiness.reason(now)));
        }
        if (waitingCount.incrementAndGet() > MOST_WAITING) {
            waitingCount.decrementAndGet();
            return CompletableFuture.completedFuture(refusal(Reason.OVERLOADED));
        }
        Waiting entry = new Waiting(way, address, new CompletableFuture<>());
        waiting.add(entry);
        if (state() != State.ABSENT || !isPatient()) {
            // The plug-in came, or the time went by, before this one stood in the queue.
            answerWaiting();
        }
        return entry.answer();
    }

    private boolean isPatient() {
        return surroundings.time().instant().isBefore(patientUntil);
    }

    private static Answer refusal(Reason reason) {
        return Answer.refused(reason, reason.text());
    }

    private void answerWaiting() {
        if (state() == State.ABSENT && isPatient()) {
            return;
        }
        // Each once: if the plug-in leaves again just now, whoever comes back to the queue stays there.
        for (int left = waitingCount.get(); left > 0; left--) {
            Waiting entry = waiting.poll();
            if (entry == null) {
                return;
            }
            waitingCount.decrementAndGet();
            answer(entry.way(), entry.address()).thenAccept(entry.answer()::complete);
        }
    }

    /** Ends it for good. */
    CompletableFuture<Void> end() {
        CompletableFuture<Void> left = vacate();
        endPatience();
        return left;
    }

    /** Notes calls of the plug-in that should have returned. */
    void watch() {
        serving.flatMap(Serving::translator).ifPresent(Translator::watch);
    }

    /** Returns how it stands. */
    State state() {
        return state(serving);
    }

    private State state(Optional<Serving> plugged) {
        return Readiness.state(
                settings,
                declared.map(Declared::description),
                surroundings.time().instant(),
                quarantine.rests(),
                plugged.isPresent());
    }

    /** Returns what policy is told of it. */
    PublicProvider published() {
        Set<Capability> capabilities =
                declared.map(known -> known.description().capabilities()).orElse(Set.of(Capability.MESSAGES));
        boolean translates = serving.flatMap(Serving::translator).isPresent();
        return new PublicProvider(
                settings.pid(),
                id(),
                name(),
                settings.domains(),
                Readiness.published(state()),
                settings.level(),
                Optional.of(new SipGateway(gateway.proxy(), gateway.decoration(), capabilities, translates)));
    }

    /** Returns it for people. */
    ProviderStatus status() {
        return new ProviderStatus(
                id(),
                name(),
                state(),
                serving.map(Serving::offer).map(Offer::version).orElse(""),
                settings.domains(),
                0,
                0,
                conduct.trouble(),
                Optional.of(new GatewayStatus(
                        gateway.proxy(), settings.level(), gateway.decoration(), tls(), waitingCount.get())),
                declared.map(Declared::description));
    }

    private TlsDemands tls() {
        return declared.flatMap(Declared::gateway).map(Gateway::tls).orElse(TlsDemands.NONE);
    }

    /** Returns what an administrator must know of a gateway's demands on TLS before it can work. */
    private static List<String> remarks(TlsDemands demands) {
        List<String> broken = demands.cipherSuites().stream()
                .filter(suite -> BROKEN_CIPHER.matcher(suite).find())
                .toList();
        String ciphers = broken.isEmpty()
                ? ""
                : "the network's gateway asked for " + String.join(", ", broken)
                        + ", which is broken and never offered; it must take another";
        String purpose = demands.clientPurpose()
                ? "the network's gateway asks for a certificate of this edge with the purpose clientAuth"
                : "";
        return List.of(ciphers, purpose).stream()
                .filter(text -> !text.isEmpty())
                .toList();
    }

    String id() {
        return settings.id();
    }

    private String name() {
        return declared.map(Declared::description)
                .map(ProviderDescription::name)
                .orElse(id());
    }

    Conduct conduct() {
        return conduct;
    }

    /** Returns how often addresses were asked for, by what came of it. */
    ReasonTally answers() {
        return answers;
    }
}
