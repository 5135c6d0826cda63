// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.configuration;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.configuration.Settings;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.core.internal.policy.Provider;
import java.util.Map;
import java.util.Optional;

/**
 * One hosting provider.
 *
 * @param provider what is configured of it
 */
record HostingProvider(Provider provider) implements Entry {
    static final String PID = "io.drawbridge.federation.hosting";

    static Reading read(String pid, Map<String, ?> properties) throws InvalidSetting {
        Settings<HostingProviderConfig> settings = Settings.read(HostingProviderConfig.class, pid, properties);
        HostingProviderConfig config = settings.value();
        Flaws flaws = new Flaws(pid);
        Optional<HostPort> proxy = flaws.server("proxyFqdn", config.proxyFqdn());
        Optional<Entry> entry = proxy.map(server -> new HostingProvider(Provider.of(
                pid, server, config.enabled(), config.verificationLevel(), config.enabledSharedAddressSpace())));
        return new Reading(entry, flaws.found(), settings.unknownKeys());
    }

    @Override
    public String pid() {
        return provider.pid();
    }

    @Override
    public void contradictions(Draft draft, Flaws flaws) {
        String proxy = provider.proxy().toString();
        if (draft.edge.defaultRoute().isPresent()) {
            flaws.add("proxyFqdn", proxy, "has no place beside routingMethod=UseDefaultRouting of " + EdgeEntry.PID);
        }
        draft.objectionToServer(provider.proxy()).ifPresent(rule -> flaws.add("proxyFqdn", proxy, rule));
        if (provider.sharesOwnDomains()) {
            draft.providers.values().stream()
                    .filter(Provider::sharesOwnDomains)
                    .findAny()
                    .ifPresent(other -> flaws.add(
                            "enabledSharedAddressSpace",
                            "true",
                            "is so for " + other.pid() + " already; one provider can share the own domains"));
        }
    }

    @Override
    public void enter(Draft draft) {
        Flaws flaws = new Flaws(pid());
        contradictions(draft, flaws);
        if (flaws.none()) {
            draft.providers.put(provider.proxy().host(), provider);
        }
    }
}
