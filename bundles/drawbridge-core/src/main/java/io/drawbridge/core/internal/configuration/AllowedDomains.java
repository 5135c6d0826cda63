// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.configuration;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.configuration.Settings;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.policy.NameVerification;
import io.drawbridge.core.internal.policy.Partner;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Domains allowed by one configuration instance.
 *
 * @param domains the domains
 * @param partner what is agreed with all of them
 */
record AllowedDomains(Set<DomainName> domains, Partner partner) implements Entry {
    static final String PID = "io.drawbridge.federation.allowed";

    static Reading read(String pid, Map<String, ?> properties) throws InvalidSetting {
        Settings<AllowedDomainsConfig> settings = Settings.read(AllowedDomainsConfig.class, pid, properties);
        AllowedDomainsConfig config = settings.value();
        Flaws flaws = new Flaws(pid);
        Partner partner = partner(pid, config, flaws);
        // A wrong domain leaves the others as they are; a wrong agreement would change what they mean.
        boolean usable = flaws.none();
        Set<DomainName> domains = BlockedDomains.listed(pid, config.domain(), flaws);
        Optional<Entry> entry = usable ? Optional.of(new AllowedDomains(domains, partner)) : Optional.empty();
        return new Reading(entry, flaws.found(), settings.unknownKeys());
    }

    private static Partner partner(String pid, AllowedDomainsConfig config, Flaws flaws) {
        Optional<HostPort> proxy = flaws.server("proxyFqdn", config.proxyFqdn());
        Set<String> pins = flaws.fingerprints("pins", config.pins());
        if (config.nameVerification() == NameVerification.PINNED && config.pins().length == 0) {
            flaws.add("pins", "", "is required by nameVerification=Pinned");
        }
        return Partner.of(
                pid,
                proxy,
                config.verificationLevel(),
                config.nameVerification(),
                pins,
                config.comment(),
                config.markForMonitoring());
    }

    @Override
    public String pid() {
        return partner.pid();
    }

    @Override
    public void contradictions(Draft draft, Flaws flaws) {
        objectionToServer(draft)
                .ifPresent(rule ->
                        flaws.add("proxyFqdn", partner.proxy().orElseThrow().toString(), rule));
        for (DomainName domain : domains) {
            draft.objectionToAllowing(domain).ifPresent(rule -> flaws.add("domain", domain.value(), rule));
        }
    }

    @Override
    public void enter(Draft draft) {
        if (objectionToServer(draft).isPresent()) {
            return;
        }
        for (DomainName domain : domains) {
            if (draft.objectionToAllowing(domain).isEmpty()) {
                draft.allowed.put(domain, partner);
            }
        }
    }

    private Optional<String> objectionToServer(Draft draft) {
        return partner.proxy().flatMap(draft::objectionToServer);
    }
}
