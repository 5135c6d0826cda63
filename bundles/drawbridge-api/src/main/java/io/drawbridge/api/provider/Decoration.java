// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.provider;

import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.DomainName;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a network names people whose address is at a domain that is not its own: {@code bob@corp.example} is
 * {@code bob(corp.example)@msn.com} there. Lync's {@code NameDecorationRoutingDomain} and
 * {@code NameDecorationExcludedDomainList}.
 *
 * @param routingDomain where decorated addresses are at
 * @param excludedDomains domains whose addresses stay as they are; the routing domain is always one
 */
public record Decoration(DomainName routingDomain, Set<DomainName> excludedDomains) {
    /** The rule an address breaks that has no form on the network, as a sentence for people. */
    public static final String RULE = "parentheses enclose the domain of a decorated address, and nothing else";

    /** Adds the routing domain to the excluded ones. */
    public Decoration {
        excludedDomains = Stream.concat(excludedDomains.stream(), Stream.of(routingDomain))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Returns the decoration of these domains.
     *
     * @throws IllegalArgumentException if one is not a domain name
     */
    public static Decoration at(String routingDomain, String... excludedDomains) {
        return new Decoration(
                DomainName.of(routingDomain),
                Arrays.stream(excludedDomains).map(DomainName::of).collect(Collectors.toSet()));
    }

    /**
     * Returns what the network calls an address.
     *
     * @return empty if it has no form there, see {@link #RULE}
     */
    public Optional<Address> decorated(Address address) {
        String user = plain(address.user());
        boolean parenthesised = user.indexOf('(') >= 0 || user.indexOf(')') >= 0;
        if (parenthesised) {
            return inner(address).map(any -> address);
        }
        return Optional.of(
                user.isEmpty() || excludedDomains.contains(address.domain())
                        ? address
                        : new Address(address.user() + "(" + address.domain() + ")", routingDomain));
    }

    /**
     * Returns whose address at a foreign domain a decorated one is. Who takes it for that person must know that the network
     * may name people of this foreign domain: anybody can call himself so there.
     *
     * @param address an address of the network
     * @return empty if it is not decorated
     */
    public Optional<Address> undecorated(Address address) {
        return inner(address).filter(person -> !excludedDomains.contains(person.domain()));
    }

    /** Returns whether an address the network wrote keeps {@link #RULE}. */
    public boolean isSound(Address address) {
        String user = plain(address.user());
        return (user.indexOf('(') < 0 && user.indexOf(')') < 0)
                || inner(address).isPresent();
    }

    private Optional<Address> inner(Address address) {
        String user = plain(address.user());
        int open = user.indexOf('(');
        boolean decorated = address.domain().equals(routingDomain)
                && open > 0
                && user.indexOf('(', open + 1) < 0
                && user.indexOf(')') == user.length() - 1;
        if (!decorated) {
            return Optional.empty();
        }
        try {
            DomainName domain = DomainName.of(user.substring(open + 1, user.length() - 1));
            return Optional.of(new Address(user.substring(0, open), domain));
        } catch (IllegalArgumentException noDomain) {
            return Optional.empty();
        }
    }

    /** Escaped parentheses are parentheses (RFC 3261 section 19.1.4). */
    private static String plain(String user) {
        return user.indexOf('%') < 0 ? user : user.replace("%28", "(").replace("%29", ")");
    }
}
