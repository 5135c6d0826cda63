// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.dns;

import io.drawbridge.net.connection.Destination.Location;
import java.net.InetAddress;
import java.util.concurrent.CompletionStage;

/** Finds the servers of a destination and their addresses. Never blocks, never completes exceptionally. */
public interface ServerLocator {
    /**
     * Finds the servers of a location, each with a port: by the federation record, by RFC 3263 for SIP over TLS, or by RFC
     * 6120 for XMPP. The order among equals is drawn anew each time.
     */
    CompletionStage<Located<Target>> servers(Location location);

    /** Finds the addresses of a host, IPv6 and IPv4 in turns; an address is its own. */
    CompletionStage<Located<InetAddress>> addresses(String host);
}
