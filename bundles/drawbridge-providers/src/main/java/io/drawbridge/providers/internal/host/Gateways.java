// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.Direction;
import io.drawbridge.api.partner.NetworkAddresses;
import io.drawbridge.api.partner.PublicProvider;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.providers.internal.configuration.Declared;
import io.drawbridge.providers.internal.configuration.ProviderSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The configured providers with a SIP gateway: offered to policy, and asked for addresses by the relay. Asked on any thread;
 * all else happens on the host's thread.
 */
final class Gateways implements NetworkAddresses {
    private final Surroundings surroundings;
    private final Registrar registrar;
    private final ConcurrentMap<String, HostedGateway> hosted = new ConcurrentHashMap<>();
    private final Map<String, Offered> offered = new HashMap<>();

    /** The service of one provider. */
    private record Offered(PublicProvider shown, Runnable forget) {}

    Gateways(Surroundings surroundings, Registrar registrar) {
        this.surroundings = surroundings;
        this.registrar = registrar;
    }

    /** Lets those go that are configured no longer, or not as such. */
    void retain(Set<String> wanted) {
        hosted.keySet().stream().filter(id -> !wanted.contains(id)).toList().forEach(this::remove);
    }

    private CompletableFuture<Void> remove(String id) {
        Optional.ofNullable(offered.remove(id))
                .ifPresent(service -> service.forget().run());
        return hosted.remove(id).end();
    }

    /** Makes one as it is configured now, with the plug-in that is there now. */
    void settle(ProviderSettings settings, Optional<Declared> declared, Optional<Offer> plugged) {
        HostedGateway gateway =
                hosted.computeIfAbsent(settings.id(), id -> new HostedGateway(settings, surroundings, this::publish));
        gateway.configure(settings, declared);
        plugged.filter(offer -> offer.gateway().isPresent() && !gateway.isOffered(offer))
                .ifPresent(gateway::seat);
        publish(gateway);
    }

    private void publish(HostedGateway gateway) {
        PublicProvider now = gateway.published();
        Offered before = offered.get(gateway.id());
        if (before != null && before.shown().equals(now)) {
            return;
        }
        // Policy takes changes in quick succession together, the last of a PID counting, so it never misses the
        // provider.
        if (before != null) {
            before.forget().run();
        }
        offered.put(gateway.id(), new Offered(now, registrar.offer(PublicProvider.class, now, Map.of())));
    }

    /** Takes a plug-in away; completes when it has finished what it had begun. */
    Optional<CompletableFuture<Void>> vacate(Offer offer) {
        return Optional.ofNullable(hosted.get(offer.description().id()))
                .filter(gateway -> gateway.isOffered(offer))
                .map(HostedGateway::vacate);
    }

    void watch() {
        hosted.values().forEach(HostedGateway::watch);
    }

    /** Ends all. */
    List<CompletableFuture<Void>> close() {
        List<CompletableFuture<Void>> ending = new ArrayList<>();
        List.copyOf(hosted.keySet()).forEach(id -> ending.add(remove(id)));
        return ending;
    }

    Optional<HostedGateway> find(String id) {
        return Optional.ofNullable(hosted.get(id));
    }

    Collection<HostedGateway> all() {
        return List.copyOf(hosted.values());
    }

    @Override
    public CompletionStage<Answer> toNetwork(String provider, Address written) {
        return ask(provider, Direction.OUTBOUND, written);
    }

    @Override
    public CompletionStage<Answer> fromNetwork(String provider, Address known) {
        return ask(provider, Direction.INBOUND, known);
    }

    private CompletionStage<Answer> ask(String provider, Direction way, Address address) {
        HostedGateway gateway = hosted.get(provider);
        return gateway == null
                ? CompletableFuture.completedFuture(
                        Answer.refused(Reason.PROVIDER_ABSENT, Reason.PROVIDER_ABSENT.text()))
                : gateway.ask(way, address);
    }
}
