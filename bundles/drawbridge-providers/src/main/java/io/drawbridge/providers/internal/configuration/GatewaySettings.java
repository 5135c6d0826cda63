// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.configuration;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.provider.Decoration;
import io.drawbridge.api.provider.Gateway;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is configured for a provider's SIP gateway, over what its plug-in presets.
 *
 * @param proxy its FQDN and port
 * @param decoration how the network names people whose address is at a foreign domain, if it does
 */
public record GatewaySettings(HostPort proxy, Optional<Decoration> decoration) {
    /** The keys that only a provider with a gateway has. */
    static final List<String> KEYS =
            List.of("proxyFqdn", "proxyPort", "nameDecorationRoutingDomain", "nameDecorationExcludedDomainList");

    private static final String NO_DECORATION = "none";

    /** Reads the keys; what is wrong is noted. */
    static Optional<GatewaySettings> read(
            Reading<ProviderConfig> reading, ProviderConfig fixed, Optional<Gateway> preset) {
        Optional<HostPort> proxy = proxy(reading, fixed, preset);
        Optional<Decoration> decoration = decoration(reading, fixed, preset);
        return proxy.map(server -> new GatewaySettings(server, decoration));
    }

    private static Optional<HostPort> proxy(
            Reading<ProviderConfig> reading, ProviderConfig fixed, Optional<Gateway> preset) {
        Optional<HostPort> given = preset.map(Gateway::proxy);
        if (!fixed.proxyFqdn().isBlank()) {
            given = reading.domain("proxyFqdn", fixed.proxyFqdn())
                    .map(host -> new HostPort(host.value(), Gateway.DEFAULT_PORT));
        }
        return fixed.proxyPort() == 0 ? given : given.map(server -> new HostPort(server.host(), fixed.proxyPort()));
    }

    private static Optional<Decoration> decoration(
            Reading<ProviderConfig> reading, ProviderConfig fixed, Optional<Gateway> preset) {
        Optional<Decoration> given = preset.flatMap(Gateway::decoration);
        String routing = fixed.nameDecorationRoutingDomain().strip();
        if (routing.equals(NO_DECORATION)) {
            return Optional.empty();
        }
        Optional<DomainName> domain = routing.isEmpty()
                ? given.map(Decoration::routingDomain)
                : reading.domain("nameDecorationRoutingDomain", routing);
        Set<DomainName> excluded = new LinkedHashSet<>();
        for (String name : fixed.nameDecorationExcludedDomainList()) {
            reading.domain("nameDecorationExcludedDomainList", name).ifPresent(excluded::add);
        }
        if (!excluded.isEmpty() && domain.isEmpty()) {
            reading.refuse(
                    "nameDecorationExcludedDomainList",
                    String.join(",", fixed.nameDecorationExcludedDomainList()),
                    "has no effect without nameDecorationRoutingDomain");
        }
        return domain.map(at -> new Decoration(
                at, excluded.isEmpty() ? given.map(Decoration::excludedDomains).orElse(Set.of()) : excluded));
    }
}
