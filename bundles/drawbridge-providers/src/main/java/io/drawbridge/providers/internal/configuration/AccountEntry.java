// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.configuration;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.provider.AccountScope;
import io.drawbridge.api.provider.ProviderDescription;
import io.drawbridge.api.provider.Setting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is configured for one account.
 *
 * @param pid where; that of the provider if nothing is written for the account
 * @param name its name for people
 * @param provider the identifier of its provider
 * @param user the own user it belongs to; empty for an account that serves all
 * @param own the plug-in's own values, with the fallbacks filled in once the plug-in is known
 * @param ignored the keys that nobody knows
 */
public record AccountEntry(
        String pid,
        String name,
        String provider,
        Optional<Principal> user,
        Map<String, String> own,
        List<InvalidSetting> ignored) {
    private static final String USER = "user";

    /** Names the account only: values may be secrets. */
    @Override
    public String toString() {
        return provider + "/" + name;
    }

    /**
     * Reads one account.
     *
     * @param plugins what the plug-in of a provider declares, if that is known
     * @param problems gets the keys that nobody knows
     * @throws InvalidSetting if values break rules, with all of them
     */
    static AccountEntry read(
            String pid,
            Map<String, Object> properties,
            Function<String, Optional<Declared>> plugins,
            List<InvalidSetting> problems)
            throws InvalidSetting {
        Reading<AccountConfig> reading = new Reading<>(AccountConfig.class, pid, properties);
        String provider = reading.value().map(AccountConfig::provider).orElse("");
        Optional<Declared> declared = plugins.apply(provider);
        if (declared.flatMap(Declared::gateway).isPresent()) {
            reading.refuse("provider", provider, "is no network with accounts, but one with a SIP gateway");
        }
        Optional<ProviderDescription> plugin = declared.map(Declared::description);
        Optional<Principal> user = reading.value().flatMap(fixed -> user(reading, fixed.user(), plugin));
        List<InvalidSetting> ignored = new ArrayList<>();
        Map<String, String> own = reading.own(plugin.map(ProviderDescription::accountSettings), ignored);
        problems.addAll(ignored);
        reading.finish();
        return new AccountEntry(pid, Instances.name(pid), provider, user, own, List.copyOf(ignored));
    }

    private static Optional<Principal> user(
            Reading<AccountConfig> reading, String text, Optional<ProviderDescription> plugin) {
        boolean isShared = plugin.filter(network -> network.accounts() == AccountScope.SHARED)
                .isPresent();
        if (text.isEmpty()) {
            if (plugin.isPresent() && !isShared) {
                reading.refuse(USER, text, "is required");
            }
            return Optional.empty();
        }
        if (isShared) {
            reading.refuse(USER, text, "is empty: an account of this network serves all");
        }
        try {
            Address address = Address.of(text);
            return Optional.of(Principal.of(address.user(), address.domain()));
        } catch (IllegalArgumentException wrong) {
            reading.refuse(USER, text, wrong.getMessage());
            return Optional.empty();
        }
    }

    /** Returns the account of a network that serves all with one, and needs no word for it; empty for other networks. */
    static Optional<AccountEntry> implied(ProviderSettings provider, Declared declared) {
        ProviderDescription plugin = declared.description();
        if (declared.gateway().isPresent()
                || plugin.accounts() == AccountScope.USER
                || plugin.accountSettings().stream()
                        .anyMatch(setting -> setting.fallback().isEmpty())) {
            return Optional.empty();
        }
        Map<String, String> own = new HashMap<>();
        for (Setting setting : plugin.accountSettings()) {
            own.put(setting.key(), setting.fallback().orElseThrow());
        }
        return Optional.of(
                new AccountEntry(provider.pid(), provider.id(), provider.id(), Optional.empty(), own, List.of()));
    }
}
