// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.policy;

import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.provider.Decoration;
import java.util.Optional;
import java.util.Set;

/**
 * How people of a public provider with a SIP gateway are named on its network and here. A decorated address is taken for the
 * person it names only at a domain that is the provider's here, and so nobody else's: whoever calls himself
 * {@code bob(corp.example)} on the network is {@code bob@corp.example} to own users if {@code corp.example} is one of
 * {@link #domains()}, and {@code bob(corp.example)@msn.com} otherwise.
 *
 * @param provider the provider's identifier
 * @param domains the domains that are the provider's and on no other list
 * @param decoration how the network names people whose address is at a foreign domain, if it does
 */
public record Naming(String provider, Set<DomainName> domains, Optional<Decoration> decoration) {
    /** Copies the domains. */
    public Naming {
        domains = Set.copyOf(domains);
    }

    /** Returns whether an address is decorated already. */
    public boolean isDecorated(Address address) {
        return decoration.flatMap(form -> form.undecorated(address)).isPresent();
    }

    /**
     * Returns what the network calls an address.
     *
     * @return empty if it has no form there
     */
    public Optional<Address> onNetwork(Address address) {
        return decoration.isEmpty() ? Optional.of(address) : decoration.get().decorated(address);
    }

    /**
     * Returns whom own users take an address of the network for.
     *
     * @return empty if the network breaks its own rule
     */
    public Optional<Address> here(Address known) {
        if (decoration.isEmpty()) {
            return Optional.of(known);
        }
        if (!decoration.get().isSound(known)) {
            return Optional.empty();
        }
        return Optional.of(decoration
                .get()
                .undecorated(known)
                .filter(person -> domains.contains(person.domain()))
                .orElse(known));
    }
}
