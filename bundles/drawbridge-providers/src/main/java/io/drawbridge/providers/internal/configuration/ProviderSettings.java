// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.configuration;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.VerificationLevel;
import io.drawbridge.api.provider.Gateway;
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
 * @param gateway how its SIP gateway is met; empty if it has accounts, or nothing says where its gateway is
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
        Optional<GatewaySettings> gateway,
        Map<String, String> own) {
    /**
     * How a new version of the plug-in is tried.
     *
     * @param percent the share of own users it serves; 0 to try none
     * @param errorPercent how many errors it may make
     * @param length how long it is tried
     */
    public record Canary(int percent, int errorPercent, Duration length) {}

    /** The keys that only a provider with accounts has. */
    private static final List<String> NATIVE_KEYS =
            List.of("logInsPerMinute", "canaryPercent", "canaryErrorPercent", "canaryMinutes");

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
            String pid, Map<String, Object> properties, Optional<Declared> plugin, List<InvalidSetting> problems)
            throws InvalidSetting {
        String id = Instances.name(pid);
        Reading<ProviderConfig> reading = new Reading<>(ProviderConfig.class, pid, properties);
        if (!id.matches("[a-z][a-z0-9-]{0,31}")) {
            reading.refuse(
                    "service.pid", id, "the instance's name is a provider's identifier: lower-case letters, digits, -");
        }
        Set<DomainName> domains = reading.value()
                .map(fixed -> domains(reading, fixed.domains(), plugin.map(Declared::description)))
                .orElse(Set.of());
        Optional<GatewaySettings> gateway = reading.value().flatMap(fixed -> gateway(reading, fixed, id, plugin));
        Map<String, String> own =
                reading.own(plugin.map(Declared::description).map(ProviderDescription::settings), problems);
        ProviderConfig fixed = reading.finish();
        return new ProviderSettings(
                pid,
                id,
                fixed.enabled(),
                domains,
                level(reading, fixed, plugin),
                fixed.evenThoughEnded(),
                fixed.threads(),
                fixed.logInsPerMinute(),
                new Canary(
                        fixed.canaryPercent(), fixed.canaryErrorPercent(), Duration.ofMinutes(fixed.canaryMinutes())),
                gateway,
                own);
    }

    private static VerificationLevel level(
            Reading<ProviderConfig> reading, ProviderConfig fixed, Optional<Declared> plugin) {
        return plugin.flatMap(Declared::gateway)
                .filter(preset -> !reading.has("verificationLevel"))
                .map(Gateway::verificationLevel)
                .orElseGet(fixed::verificationLevel);
    }

    /** While the plug-in is not known, the keys say of which kind it is. */
    private static Optional<GatewaySettings> gateway(
            Reading<ProviderConfig> reading, ProviderConfig fixed, String id, Optional<Declared> plugin) {
        Optional<Gateway> preset = plugin.flatMap(Declared::gateway);
        if (preset.isPresent()) {
            reading.refuseAny(NATIVE_KEYS, "is not written for " + id + ", which has a SIP gateway and no accounts");
        } else if (plugin.isPresent()) {
            reading.refuseAny(
                    GatewaySettings.KEYS, "is not written for " + id + ", which has accounts and no SIP gateway");
            return Optional.empty();
        }
        return GatewaySettings.read(reading, fixed, preset);
    }

    private static Set<DomainName> domains(
            Reading<ProviderConfig> reading, String[] written, Optional<ProviderDescription> plugin) {
        if (written.length > MOST_DOMAINS) {
            reading.refuse(DOMAINS, "", "holds at most " + MOST_DOMAINS + " domains");
            return Set.of();
        }
        Set<DomainName> domains = new LinkedHashSet<>();
        for (String name : written) {
            reading.domain(DOMAINS, name).ifPresent(domains::add);
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
