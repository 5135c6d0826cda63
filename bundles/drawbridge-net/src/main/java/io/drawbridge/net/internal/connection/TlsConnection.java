// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.connection;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.PeerIdentity;
import io.drawbridge.api.model.Side;
import io.drawbridge.net.connection.Connection;
import io.drawbridge.net.internal.tls.TlsSession;
import io.netty.channel.Channel;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A connection after its handshake, accepted by a listener or opened by the connector. */
public final class TlsConnection implements Connection {
    private static final AtomicLong LAST_ID = new AtomicLong();

    private final String id = "c" + LAST_ID.incrementAndGet();
    private final Origin origin;
    private final String peerName;
    private final HostPort announced;
    private final HostPort remote;
    private final TlsSession session;
    private final Instant since;
    private final Channel channel;

    /**
     * Takes what is known when the handshake ends.
     *
     * @param origin where it belongs
     * @param destination the name of the destination; empty for an accepted connection, which is named by its
     *     certificate, or else by its address
     * @param announced what protocol headers say of this appliance
     * @param remote the peer's address and port
     * @param session what the handshake agreed on
     * @param since when it ended
     * @param channel the channel
     */
    public TlsConnection(
            Origin origin,
            Optional<String> destination,
            HostPort announced,
            HostPort remote,
            TlsSession session,
            Instant since,
            Channel channel) {
        this.origin = origin;
        this.peerName = destination
                .or(() -> session.peer().map(PeerIdentity::displayName))
                .orElse(remote.host());
        this.announced = announced;
        this.remote = remote;
        this.session = session;
        this.since = since;
        this.channel = channel;
    }

    /**
     * Where a connection belongs.
     *
     * @param side which side it is on
     * @param protocol of its listener or destination
     * @param accepted whether the peer opened it
     */
    public record Origin(Side side, String protocol, boolean accepted) {}

    @Override
    public String id() {
        return id;
    }

    /** Returns side, protocol and direction in one. */
    public Origin origin() {
        return origin;
    }

    @Override
    public Side side() {
        return origin.side();
    }

    @Override
    public String protocol() {
        return origin.protocol();
    }

    @Override
    public boolean accepted() {
        return origin.accepted();
    }

    @Override
    public Optional<PeerIdentity> peer() {
        return session.peer();
    }

    @Override
    public String peerName() {
        return peerName;
    }

    @Override
    public HostPort announced() {
        return announced;
    }

    @Override
    public HostPort remote() {
        return remote;
    }

    @Override
    public Channel channel() {
        return channel;
    }

    /** Returns what the handshake agreed on. */
    public TlsSession session() {
        return session;
    }

    /** Returns when the handshake ended. */
    public Instant since() {
        return since;
    }

    @Override
    public String toString() {
        return id + " " + (accepted() ? "from " : "to ") + peerName + " " + remote;
    }
}
