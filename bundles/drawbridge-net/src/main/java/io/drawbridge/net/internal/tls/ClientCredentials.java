// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.tls;

import io.drawbridge.api.model.HostPort;
import io.netty.channel.Channel;

/** What outgoing connections of one side present and trust. Replaced, not changed, when configuration or files change. */
public interface ClientCredentials {
    /** Returns the name and port that protocol headers announce on this side. */
    HostPort announced();

    /**
     * Starts TLS as client on a channel that was just connected, in front of whatever is in its pipeline. Call it on the
     * channel's event loop; it switches reading off until {@link TlsHandshake#release()}.
     *
     * @param serverName sent as server name (SNI) unless it is an IP address; with the port also the key under which
     *     sessions are resumed
     */
    TlsHandshake secure(Channel channel, HostPort serverName);

    /** Does the same on a channel that already carried its protocol, which has no name in TLS then (STARTTLS). */
    TlsHandshake upgrade(Channel channel, HostPort serverName);
}
