// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.configuration;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.partner.PublicProvider;
import io.drawbridge.api.partner.SipGateway;
import io.drawbridge.core.internal.policy.PublicGateway;
import io.drawbridge.core.internal.policy.TranslatedPartner;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One public provider, as its host offers it: only the host knows the keys of the plug-in beside those that policy needs.
 *
 * @param provider what the host read
 */
record PublicProviderEntry(PublicProvider provider) implements Entry {
    static final String PID = "io.drawbridge.provider";

    private static final String DOMAINS = "domains";
    private static final String OFFERED = "provider";

    /** Returns what stands for an offered provider among the properties of PIDs. */
    static Map<String, Object> offered(PublicProvider provider) {
        return Map.of(OFFERED, provider);
    }

    static Reading read(String pid, Map<String, ?> properties) {
        PublicProvider provider = (PublicProvider) properties.get(OFFERED);
        return new Reading(Optional.of(new PublicProviderEntry(provider)), List.of(), List.of());
    }

    @Override
    public String pid() {
        return provider.pid();
    }

    @Override
    public void contradictions(Draft draft, Flaws flaws) {
        for (DomainName domain : provider.domains()) {
            draft.objectionToTranslating(domain).ifPresent(rule -> flaws.add(DOMAINS, domain.value(), rule));
        }
        provider.gateway()
                .flatMap(gateway -> objection(gateway, draft))
                .ifPresent(rule -> flaws.add(
                        "proxyFqdn", provider.gateway().orElseThrow().proxy().toString(), rule));
    }

    /** A gateway is a server like a hosting provider's, which has one role (lync-edge 6.2). */
    private static Optional<String> objection(SipGateway gateway, Draft draft) {
        if (draft.edge.defaultRoute().isPresent()) {
            return Optional.of("has no place beside routingMethod=UseDefaultRouting of " + EdgeEntry.PID);
        }
        return draft.objectionToServer(gateway.proxy()).or(() -> draft.allowed.values().stream()
                .filter(partner -> partner.proxy()
                        .filter(server -> server.host().equals(gateway.proxy().host()))
                        .isPresent())
                .findAny()
                .map(partner -> "is the server of the partner " + partner.pid() + "; one server has one role"));
    }

    @Override
    public void enter(Draft draft) {
        Set<DomainName> free = provider.domains().stream()
                .filter(domain -> draft.objectionToTranslating(domain).isEmpty())
                .collect(Collectors.toSet());
        if (provider.gateway().isEmpty()) {
            TranslatedPartner translated = TranslatedPartner.of(provider);
            free.forEach(domain -> draft.translated.put(domain, translated));
        } else if (!free.isEmpty() && objection(provider.gateway().get(), draft).isEmpty()) {
            PublicGateway gateway =
                    PublicGateway.of(provider, provider.gateway().get(), free);
            free.forEach(domain -> draft.gateways.put(domain, gateway));
        }
    }
}
