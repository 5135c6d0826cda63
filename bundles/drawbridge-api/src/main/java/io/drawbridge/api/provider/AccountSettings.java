// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.provider;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.Principal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an account is configured with.
 *
 * @param name the account's name in the configuration, for people
 * @param user the own user it belongs to; empty for a {@linkplain AccountScope#SHARED shared} account
 * @param domains the domains its network's addresses are at: those the administrator named, or else those of
 *     {@link ProviderDescription#domains()}; never empty
 * @param provider the values of {@link ProviderDescription#settings()} by key, with the fallbacks filled in
 * @param account the values of {@link ProviderDescription#accountSettings()} by key, with the fallbacks filled in
 */
public record AccountSettings(
        String name,
        Optional<Principal> user,
        Set<DomainName> domains,
        Map<String, String> provider,
        Map<String, String> account) {
    /** Copies the collections. */
    public AccountSettings {
        domains = Set.copyOf(domains);
        provider = Map.copyOf(provider);
        account = Map.copyOf(account);
    }

    /** Names the account only: values may be secrets. */
    @Override
    public String toString() {
        return name;
    }
}
