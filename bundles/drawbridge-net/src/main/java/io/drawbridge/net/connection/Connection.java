// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.connection;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.PeerIdentity;
import io.drawbridge.api.model.Side;
import io.netty.channel.Channel;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One connection, after its TLS handshake unless its protocol begins TLS on demand. Its channel belongs to one event loop;
 * everything that touches its protocol state runs there.
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

    /**
     * Returns what TLS proved of the peer; empty only before TLS and where a trusted certificate is not demanded: then
     * {@link #distrust} says more.
     */
    Optional<PeerIdentity> peer();

    /** Returns why the certificate the peer showed is not trusted; empty if it is, or if it showed none. */
    Optional<String> distrust();

    /** Returns the version and cipher suite of TLS, for people; empty before TLS. */
    Optional<String> tls();

    /**
     * Begins TLS on a connection whose protocol does so on demand, as server if the peer opened it. Call it on the event
     * loop, when what is to go without TLS has been written; what the peer sends meanwhile waits until the result's
     * dependents have run.
     *
     * @return completes on the event loop when {@link #peer}, {@link #distrust} and {@link #tls} say what came of it,
     *     exceptionally with {@link ConnectException}, the channel then being closed
     * @throws IllegalStateException if it has TLS already
     */
    CompletionStage<Void> secure();

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
