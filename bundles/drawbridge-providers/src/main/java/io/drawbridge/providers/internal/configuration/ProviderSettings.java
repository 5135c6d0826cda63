// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.configuration;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.VerificationLevel;
import io.drawbridge.api.provider.ProviderDescription;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is configured for one provider.
 *
 * @param pid where
 * @param id its identifier
 * @param enabled whether the administrator wants it
 * @param domains the domains its addresses are at
 * @param level how far its word about its users is taken
 * @param evenThoughEnded whether it takes part past its end of life
 * @param threads how many threads its plug-in has
 * @param logInsPerMinute how often its accounts may sign in
 * @param canary how a new version of the plug-in is tried
 * @param own the plug-in's own values, with the fallbacks filled in once the plug-in is known
 */
public record ProviderSettings(
        String pid,
        String id,
        boolean enabled,
        Set<DomainName> domains,
        VerificationLevel level,
        boolean evenThoughEnded,
        int threads,
        int logInsPerMinute,
        Canary canary,
        Map<String, String> own) {
    /**
     * How a new version of the plug-in is tried.
     *
     * @param percent the share of own users it serves; 0 to try none
     * @param errorPercent how many errors it may make
     * @param length how long it is tried
     */
    public record Canary(int percent, int errorPercent, Duration length) {}

    private static final String DOMAINS = "domains";
    private static final int MOST_DOMAINS = 1000;

    /**
     * Reads one provider.
     *
     * @param plugin what its plug-in declares, if that is known
     * @param problems gets the keys that nobody knows
     * @throws InvalidSetting if values break rules, with all of them
     */
    static ProviderSettings read(
            String pid,
            Map<String, Object> properties,
            Optional<ProviderDescription> plugin,
            List<InvalidSetting> problems)
            throws InvalidSetting {
        String id = Instances.name(pid);
        Reading<ProviderConfig> reading = new Reading<>(ProviderConfig.class, pid, properties);
        if (!id.matches("[a-z][a-z0-9-]{0,31}")) {
            reading.refuse(
                    "service.pid", id, "the instance's name is a provider's identifier: lower-case letters, digits, -");
        }
        Set<DomainName> domains = reading.value()
                .map(fixed -> domains(reading, fixed.domains(), plugin))
                .orElse(Set.of());
        Map<String, String> own = reading.own(plugin.map(ProviderDescription::settings), problems);
        ProviderConfig fixed = reading.finish();
        return new ProviderSettings(
                pid,
                id,
                fixed.enabled(),
                domains,
                fixed.verificationLevel(),
                fixed.evenThoughEnded(),
                fixed.threads(),
                fixed.logInsPerMinute(),
                new Canary(
                        fixed.canaryPercent(), fixed.canaryErrorPercent(), Duration.ofMinutes(fixed.canaryMinutes())),
                own);
    }

    private static Set<DomainName> domains(
            Reading<ProviderConfig> reading, String[] written, Optional<ProviderDescription> plugin) {
        if (written.length > MOST_DOMAINS) {
            reading.refuse(DOMAINS, "", "holds at most " + MOST_DOMAINS + " domains");
            return Set.of();
        }
        Set<DomainName> domains = new LinkedHashSet<>();
        for (String name : written) {
            try {
                domains.add(DomainName.of(name));
            } catch (IllegalArgumentException wrong) {
                reading.refuse(DOMAINS, name, wrong.getMessage());
            }
        }
        if (written.length > 0 || plugin.isEmpty()) {
            return domains;
        }
        if (plugin.get().domains().isEmpty()) {
            reading.refuse(DOMAINS, "", "is required, since the plug-in names none");
        }
        return plugin.get().domains();
    }
}
