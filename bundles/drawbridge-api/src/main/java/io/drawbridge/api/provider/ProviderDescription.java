// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.provider;

import io.drawbridge.api.model.DomainName;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a network is and can do: constant, and readable before anything opens.
 *
 * @param id names the provider in configuration ({@code io.drawbridge.provider~ID}), commands and metrics: a lower-case
 *     letter, then at most 31 lower-case letters, digits and hyphens
 * @param name for people
 * @param domains the domains its addresses are at, unless the administrator names others; may be empty if the administrator
 *     must
 * @param addressForm a sentence for people on what stands before the {@code @}
 * @param capabilities what people can do on it
 * @param accounts whom one account serves
 * @param settings the plug-in's own keys in {@code io.drawbridge.provider~ID}
 * @param accountSettings the plug-in's own keys in {@code io.drawbridge.provider.account~NAME}
 * @param longestMessage how many octets of UTF-8 a message may have; a longer one is refused before it reaches the plug-in
 * @param deliveryTimeout how long {@link Account#deliver} may take, one second to 30 seconds
 * @param endOfLife that the network ended, or will; past that day it needs the administrator's explicit word
 */
public record ProviderDescription(
        String id,
        String name,
        Set<DomainName> domains,
        String addressForm,
        Set<Capability> capabilities,
        AccountScope accounts,
        List<Setting> settings,
        List<Setting> accountSettings,
        int longestMessage,
        Duration deliveryTimeout,
        Optional<EndOfLife> endOfLife) {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /**
     * Copies the collections and checks what has a range.
     *
     * @throws IllegalArgumentException naming the component that breaks its rule
     */
    public ProviderDescription {
        domains = Set.copyOf(domains);
        capabilities = Set.copyOf(capabilities);
        settings = List.copyOf(settings);
        accountSettings = List.copyOf(accountSettings);
        require(
                id.matches("[a-z][a-z0-9-]{0,31}"),
                "id is a lower-case letter, then lower-case letters, digits, hyphens");
        require(!name.isBlank(), "name is not empty");
        require(capabilities.contains(Capability.MESSAGES), "capabilities hold MESSAGES");
        require(longestMessage > 0, "longestMessage is positive");
        require(
                deliveryTimeout.compareTo(SHORTEST) >= 0 && deliveryTimeout.compareTo(LONGEST) <= 0,
                "deliveryTimeout lies between 1 s and 30 s");
        require(areDifferent(settings) && areDifferent(accountSettings), "each key of the settings is there once");
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }

    private static boolean areDifferent(List<Setting> settings) {
        return settings.stream().map(Setting::key).distinct().count() == settings.size();
    }

    /**
     * Starts the description of a network with messages only, whose accounts serve one user each.
     *
     * @param id as {@link #id()}
     * @param name as {@link #name()}
     */
    public static Builder of(String id, String name) {
        return new Builder(id, name);
    }

    /** Puts a description together. */
    public static final class Builder {
        private final String id;
        private final String name;
        private Set<DomainName> domains = Set.of();
        private String addressForm = "the user's name on the network";
        private final Set<Capability> capabilities = EnumSet.of(Capability.MESSAGES);
        private AccountScope accounts = AccountScope.USER;
        private List<Setting> settings = List.of();
        private List<Setting> accountSettings = List.of();
        private int longestMessage = 4096;
        private Duration deliveryTimeout = Duration.ofSeconds(20);
        private Optional<EndOfLife> endOfLife = Optional.empty();

        private Builder(String id, String name) {
            this.id = id;
            this.name = name;
        }

        /** Names the domains its addresses are at. */
        public Builder domains(String... names) {
            domains = Set.of(names).stream().map(DomainName::of).collect(Collectors.toSet());
            return this;
        }

        /** Says what stands before the {@code @}. */
        public Builder addressForm(String sentence) {
            addressForm = sentence;
            return this;
        }

        /** Adds what people can do besides writing messages. */
        public Builder capable(Capability... more) {
            capabilities.addAll(Set.of(more));
            return this;
        }

        /** Says whom an account serves. */
        public Builder accounts(AccountScope scope) {
            accounts = scope;
            return this;
        }

        /** Declares the plug-in's own keys of the provider. */
        public Builder settings(Setting... declared) {
            settings = List.of(declared);
            return this;
        }

        /** Declares the plug-in's own keys of each account. */
        public Builder accountSettings(Setting... declared) {
            accountSettings = List.of(declared);
            return this;
        }

        /** Limits messages to so many octets of UTF-8. */
        public Builder longestMessage(int octets) {
            longestMessage = octets;
            return this;
        }

        /** Says how long a delivery may take. */
        public Builder deliveryTimeout(Duration longest) {
            deliveryTimeout = longest;
            return this;
        }

        /** Says that the network ended, or will. */
        public Builder endOfLife(EndOfLife end) {
            endOfLife = Optional.of(end);
            return this;
        }

        /**
         * Returns the description.
         *
         * @throws IllegalArgumentException naming the component that breaks its rule
         */
        public ProviderDescription build() {
            return new ProviderDescription(
                    id,
                    name,
                    domains,
                    addressForm,
                    capabilities,
                    accounts,
                    settings,
                    accountSettings,
                    longestMessage,
                    deliveryTimeout,
                    endOfLife);
        }
    }
}
