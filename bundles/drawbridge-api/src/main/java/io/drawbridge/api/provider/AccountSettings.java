// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.provider;

import io.drawbridge.api.model.Principal;
import java.util.Map;
import java.util.Optional;

/**
 * What an account is configured with.
 *
 * @param name the account's name in the configuration, for people
 * @param user the own user it belongs to; empty for a {@linkplain AccountScope#SHARED shared} account
 * @param provider the values of {@link ProviderDescription#settings()} by key, with the fallbacks filled in
 * @param account the values of {@link ProviderDescription#accountSettings()} by key, with the fallbacks filled in
 */
public record AccountSettings(
        String name, Optional<Principal> user, Map<String, String> provider, Map<String, String> account) {
    /** Copies the maps. */
    public AccountSettings {
        provider = Map.copyOf(provider);
        account = Map.copyOf(account);
    }

    /** Names the account only: values may be secrets. */
    @Override
    public String toString() {
        return name;
    }
}
