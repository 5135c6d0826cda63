// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.dns;

import io.drawbridge.api.model.HostPort;

/**
 * A server to try.
 *
 * @param server its name or address, and port
 * @param tlsAtOnce whether TLS begins with the connection, not on demand
 */
public record Target(HostPort server, boolean tlsAtOnce) {
    static Target secure(HostPort server) {
        return new Target(server, true);
    }

    static Target plain(HostPort server) {
        return new Target(server, false);
    }
}
