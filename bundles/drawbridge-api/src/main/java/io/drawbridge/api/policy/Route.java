// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.policy;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.HostPort;
import java.util.Optional;
import java.util.Set;

/** Where an allowed request goes next. */
public sealed interface Route {
    /**
     * To the organisation's home.
     *
     * @param nextHop the home's entry; empty for the embedded home
     */
    record Home(Optional<HostPort> nextHop) implements Route {
        @Override
        public String toString() {
            return nextHop.map(host -> "next hop " + host).orElse("embedded home");
        }
    }

    /**
     * To a server named by configuration: an allowed partner server, a provider, the default route.
     *
     * @param server its FQDN; port 5061 where none is stated
     * @param domain the foreign domain it serves
     * @param verification which of its certificate's names must fit
     * @param pins SHA-256 fingerprints in hexadecimal, for {@link NameVerification#PINNED}
     */
    record Server(HostPort server, DomainName domain, NameVerification verification, Set<String> pins)
            implements Route {
        /** Copies the pins. */
        public Server {
            pins = Set.copyOf(pins);
        }

        @Override
        public String toString() {
            return "server " + server;
        }
    }

    /**
     * To the servers the domain's federation record names, in its order.
     *
     * @param domain the foreign domain
     * @param verification which of the certificate's names must fit
     * @param pins SHA-256 fingerprints in hexadecimal, for {@link NameVerification#PINNED}
     */
    record FederationSrv(DomainName domain, NameVerification verification, Set<String> pins) implements Route {
        /** Copies the pins. */
        public FederationSrv {
            pins = Set.copyOf(pins);
        }

        @Override
        public String toString() {
            return "SRV of " + domain;
        }
    }

    /**
     * Out of SIP, to the link of another protocol or network.
     *
     * @param link the {@linkplain io.drawbridge.api.link.Link#ID identifier} of the link
     * @param domain the foreign domain
     */
    record Link(String link, DomainName domain) implements Route {
        @Override
        public String toString() {
            return "link " + link;
        }
    }
}
