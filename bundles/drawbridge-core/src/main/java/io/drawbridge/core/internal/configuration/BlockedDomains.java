// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.configuration;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.configuration.Settings;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.core.internal.policy.Blocking;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Domains blocked by one configuration instance.
 *
 * @param domains the domains
 * @param blocking where and why
 */
record BlockedDomains(Set<DomainName> domains, Blocking blocking) implements Entry {
    static final String PID = "io.drawbridge.federation.blocked";

    static Reading read(String pid, Map<String, ?> properties) throws InvalidSetting {
        Settings<BlockedDomainsConfig> settings = Settings.read(BlockedDomainsConfig.class, pid, properties);
        Flaws flaws = new Flaws(pid);
        Set<DomainName> domains = listed(pid, settings.value().domain(), flaws);
        Entry entry =
                new BlockedDomains(domains, new Blocking(pid, settings.value().comment()));
        return new Reading(Optional.of(entry), flaws.found(), settings.unknownKeys());
    }

    /** Reads the key {@code domain} of a list, whose default is the instance's name. */
    static Set<DomainName> listed(String pid, String[] given, Flaws flaws) {
        return flaws.domains("domain", given.length == 0 ? new String[] {Kind.instance(pid)} : given);
    }

    @Override
    public String pid() {
        return blocking.pid();
    }

    @Override
    public void contradictions(Draft draft, Flaws flaws) {
        for (DomainName domain : domains) {
            draft.objectionToBlocking(domain).ifPresent(rule -> flaws.add("domain", domain.value(), rule));
        }
    }

    @Override
    public void enter(Draft draft) {
        for (DomainName domain : domains) {
            if (draft.objectionToBlocking(domain).isEmpty()) {
                draft.blocked.put(domain, blocking);
            }
        }
    }
}
