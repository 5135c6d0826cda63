// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.configuration;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.configuration.Settings;
import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.provider.AccountScope;
import io.drawbridge.api.provider.ProviderDescription;
import io.drawbridge.api.provider.Setting;
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
 */
public record AccountEntry(
        String pid, String name, String provider, Optional<Principal> user, Map<String, String> own) {
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
     * @throws InvalidSetting for the first value that breaks a rule
     */
    static AccountEntry read(
            String pid,
            Map<String, Object> properties,
            Function<String, Optional<ProviderDescription>> plugins,
            List<InvalidSetting> problems)
            throws InvalidSetting {
        Settings<AccountConfig> read = Settings.read(AccountConfig.class, pid, properties);
        String provider = read.value().provider();
        Optional<ProviderDescription> plugin = plugins.apply(provider);
        Optional<Principal> user = user(pid, read.value().user());
        if (plugin.isPresent() && user.isPresent() != (plugin.get().accounts() == AccountScope.USER)) {
            throw new InvalidSetting(
                    pid,
                    "user",
                    read.value().user(),
                    user.isPresent() ? "is empty: an account of this network serves all" : "is required");
        }
        OwnKeys own = new OwnKeys(pid, properties, read.unknownKeys());
        return new AccountEntry(
                pid,
                Instances.name(pid),
                provider,
                user,
                own.read(plugin.map(ProviderDescription::accountSettings), problems));
    }

    /** Returns the account of a network that serves all with one, and needs no word for it; empty for other networks. */
    static Optional<AccountEntry> implied(ProviderSettings provider, ProviderDescription plugin) {
        if (plugin.accounts() == AccountScope.USER
                || plugin.accountSettings().stream()
                        .anyMatch(setting -> setting.fallback().isEmpty())) {
            return Optional.empty();
        }
        Map<String, String> own = new HashMap<>();
        for (Setting setting : plugin.accountSettings()) {
            own.put(setting.key(), setting.fallback().orElseThrow());
        }
        return Optional.of(new AccountEntry(provider.pid(), provider.id(), provider.id(), Optional.empty(), own));
    }

    private static Optional<Principal> user(String pid, String text) throws InvalidSetting {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            Address address = Address.of(text);
            return Optional.of(Principal.of(address.user(), address.domain()));
        } catch (IllegalArgumentException wrong) {
            throw new InvalidSetting(pid, "user", text, wrong.getMessage());
        }
    }
}
