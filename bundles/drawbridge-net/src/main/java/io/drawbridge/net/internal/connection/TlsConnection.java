// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.connection;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.PeerIdentity;
import io.drawbridge.api.model.Side;
import io.drawbridge.net.connection.ConnectException;
import io.drawbridge.net.connection.Connection;
import io.drawbridge.net.internal.tls.HandshakeFailure;
import io.drawbridge.net.internal.tls.TlsHandshake;
import io.drawbridge.net.internal.tls.TlsSession;
import io.netty.channel.Channel;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** A connection accepted by a listener or opened by the connector, after its handshake or before one on demand. */
public final class TlsConnection implements Connection {
    private static final AtomicLong LAST_ID = new AtomicLong();

    private final String id = "c" + LAST_ID.incrementAndGet();
    private final Origin origin;
    private final Optional<String> destination;
    private final HostPort announced;
    private final HostPort remote;
    private final Instant since;
    private final Channel channel;
    private final Supplier<TlsHandshake> upgrade;
    private volatile Optional<TlsSession> session;

    /**
     * Takes what is known when the handshake ends, or when there is a connection whose handshake comes on demand.
     *
     * @param origin where it belongs
     * @param destination the name of the destination; empty for an accepted connection, which is named by its
     *     certificate, or else by its address
     * @param announced what protocol headers say of this appliance
     * @param remote the peer's address and port
     * @param session what the handshake agreed on; empty if there was none yet
     * @param since when this was
     * @param channel the channel
     * @param upgrade begins the handshake on demand, at most once
     */
    public TlsConnection(
            Origin origin,
            Optional<String> destination,
            HostPort announced,
            HostPort remote,
            Optional<TlsSession> session,
            Instant since,
            Channel channel,
            Supplier<TlsHandshake> upgrade) {
        this.origin = origin;
        this.destination = destination;
        this.announced = announced;
        this.remote = remote;
        this.session = session;
        this.since = since;
        this.channel = channel;
        this.upgrade = upgrade;
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
        return session.flatMap(TlsSession::peer);
    }

    @Override
    public String peerName() {
        return destination.or(() -> peer().map(PeerIdentity::displayName)).orElse(remote.host());
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

    @Override
    public Optional<String> distrust() {
        return session.flatMap(TlsSession::distrust);
    }

    @Override
    public Optional<String> tls() {
        return session.map(TlsSession::toString);
    }

    @Override
    public CompletionStage<Void> secure() {
        if (session.isPresent()) {
            throw new IllegalStateException("there is TLS already on " + this);
        }
        CompletableFuture<Void> secured = new CompletableFuture<>();
        TlsHandshake handshake = upgrade.get();
        handshake.session().whenComplete((agreed, thrown) -> {
            if (thrown == null) {
                session = Optional.of(agreed);
                secured.complete(null);
                handshake.release();
            } else {
                secured.completeExceptionally(failure(thrown));
            }
        });
        return secured;
    }

    private ConnectException failure(Throwable thrown) {
        HandshakeFailure cause = HandshakeFailure.of(thrown);
        return new ConnectException(cause.reason(), this + ": " + cause.text());
    }

    /** Returns since when it can be used. */
    public Instant since() {
        return since;
    }

    @Override
    public String toString() {
        return id + " " + (accepted() ? "from " : "to ") + peerName() + " " + remote;
    }
}
