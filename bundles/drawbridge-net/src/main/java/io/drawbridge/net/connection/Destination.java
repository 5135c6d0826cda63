// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.connection;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.Side;
import java.util.Optional;

/**
 * Where connections are wanted, and whom they must lead to.
 *
 * @param name for people, such as {@code fabrikam.example}
 * @param side the side it is on, which selects the own identity
 * @param protocol whose handler takes the connections over
 * @param location how its servers are found
 * @param check the protocol's rule on the peer's names
 * @param connections how many may be open in parallel, at least 1
 */
public record Destination(
        String name, Side side, String protocol, Location location, PeerCheck check, int connections) {

    /** How the servers of a destination are found. */
    public sealed interface Location {
        /**
         * A named server; without a port it is found by RFC 3263 for SIP over TLS.
         *
         * @param server host name or address, and port
         */
        record Server(HostPort server) implements Location {}

        /**
         * The targets of a domain's {@code _sipfederationtls._tcp} record, by priority and weight (RFC 2782).
         *
         * @param domain the SIP domain
         */
        record FederationSrv(DomainName domain) implements Location {}

        /**
         * The XMPP servers of a domain: the targets of its {@code _xmpps-server._tcp} and {@code _xmpp-server._tcp} records
         * in one order, or its own port 5269 if there is neither (RFC 6120 section 3.2, XEP-0368). TLS begins with the
         * connection where the record says so, else on demand. The domain is the server name of TLS.
         *
         * @param domain the XMPP domain
         * @param server its server, instead of what DNS says; port 5269 if none is stated
         */
        record XmppDomain(DomainName domain, Optional<HostPort> server) implements Location {}
    }
}
