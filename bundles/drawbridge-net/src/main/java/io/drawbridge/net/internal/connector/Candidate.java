// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.connector;

import io.drawbridge.api.model.HostPort;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;

/**
 * One address of one server of a destination.
 *
 * @param server the name that was configured or found by SRV
 * @param address where to connect to
 * @param serverName what TLS asks for, and the key under which sessions are resumed
 * @param tlsAtOnce whether TLS begins with the connection, not on demand
 */
record Candidate(HostPort server, InetSocketAddress address, HostPort serverName, boolean tlsAtOnce) {
    String endpoint() {
        return NetUtil.toSocketAddressString(address);
    }

    @Override
    public String toString() {
        String endpoint = endpoint();
        return endpoint.equals(server.toString()) ? endpoint : server + " (" + endpoint + ")";
    }
}
