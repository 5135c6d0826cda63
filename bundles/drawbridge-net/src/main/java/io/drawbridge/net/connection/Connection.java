// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.connection;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.PeerIdentity;
import io.drawbridge.api.model.Side;
import io.netty.channel.Channel;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One TLS connection after its handshake. Its channel belongs to one event loop; everything that touches its protocol
 * state runs there.
 */
@ProviderType
public interface Connection {
    /** Identifies the connection in logs and traces, unique within this appliance. */
    String id();

    /** Returns which side it is on. */
    Side side();

    /** Returns the protocol of its listener or destination: {@code sip}, {@code sip-client} and so on. */
    String protocol();

    /** Returns whether the peer opened it. */
    boolean accepted();

    /** Returns what TLS proved of the peer; empty only where the listener does not demand a certificate. */
    Optional<PeerIdentity> peer();

    /** Returns the name for people: the destination's, or the certificate's, or the address. */
    String peerName();

    /**
     * Returns what protocol headers should say of this appliance on this connection's side: the host name and port of
     * the listener for this side and protocol, a name its certificate holds.
     */
    HostPort announced();

    /** Returns the peer's address and port; for an opened connection, the host is the address that was reached. */
    HostPort remote();

    /** Returns the channel, whose pipeline the protocol's handlers are added to. */
    Channel channel();
}
