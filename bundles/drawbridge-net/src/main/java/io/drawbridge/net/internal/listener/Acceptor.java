// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.listener;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.net.connection.ConnectionHandler;
import io.drawbridge.net.internal.connection.TlsConnection;
import io.drawbridge.net.internal.connection.TlsConnection.Origin;
import io.drawbridge.net.internal.tls.HandshakeFailure;
import io.drawbridge.net.internal.tls.TlsHandshake;
import io.drawbridge.net.internal.tls.TlsSession;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a connection from the accepting socket through admission and handshake to its protocol. */
@Sharable
@SuppressWarnings("FutureReturnValueIgnored") // closing: nobody waits for it, and it cannot fail in a way that matters
final class Acceptor extends ChannelInitializer<Channel> {
    private static final Logger log = LoggerFactory.getLogger(Acceptor.class);
    private static final double WARNINGS_A_SECOND = 1;

    private final Listener listener;
    private final Admission admission;
    private final Shared shared;
    private final TokenBucket warnings = new TokenBucket(WARNINGS_A_SECOND, System::nanoTime);

    Acceptor(Listener listener, Admission admission, Shared shared) {
        this.listener = listener;
        this.admission = admission;
        this.shared = shared;
    }

    @Override
    protected void initChannel(Channel channel) {
        Optional<Readiness> ready = listener.readiness();
        if (ready.isEmpty() || !(channel.remoteAddress() instanceof InetSocketAddress remote)) {
            channel.close();
            return;
        }
        Optional<Limit> limit = admission.enter(remote.getAddress());
        if (limit.isPresent()) {
            refuse(channel, remote, limit.get());
            return;
        }
        InetAddress address = remote.getAddress();
        channel.closeFuture().addListener(closed -> admission.left(address));
        if (!ready.get().settings().manner().tlsAtOnce()) {
            admission.handshakeEnded();
            takeOver(channel, ready.get(), Optional.empty());
            return;
        }
        TlsHandshake handshake = ready.get().server().accept(channel);
        handshake.session().whenComplete((session, failure) -> {
            admission.handshakeEnded();
            if (failure == null) {
                shared.handshakes().succeeded(ready.get().settings().origin());
                if (takeOver(channel, ready.get(), Optional.of(session))) {
                    handshake.release();
                }
            } else {
                failed(ready.get().settings().origin(), remote, failure);
            }
        });
    }

    private void refuse(Channel channel, InetSocketAddress remote, Limit limit) {
        // A reset instead of an orderly end: the refused side must not fill this one with waiting sockets.
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.close();
        if (warnings.take()) {
            log.warn("Listener {}: {} closed at once, limit {} reached", listener.name(), remote, limit.key());
        }
    }

    private void failed(Origin origin, InetSocketAddress remote, Throwable failure) {
        HandshakeFailure cause = HandshakeFailure.of(failure);
        shared.handshakes().failed(origin, cause);
        if (cause.isAboutCertificate() && warnings.take()) {
            log.warn("Listener {}: {} refused, {}", listener.name(), remote, cause.text());
        }
        log.debug("Listener {}: handshake with {} failed", listener.name(), remote, failure);
    }

    /** Returns whether a protocol has it now; otherwise it is closed. */
    private boolean takeOver(Channel channel, Readiness ready, Optional<TlsSession> session) {
        Origin origin = ready.settings().origin();
        Optional<ConnectionHandler> protocol = shared.protocols().handler(origin.protocol());
        if (protocol.isEmpty()) {
            channel.close();
            return false;
        }
        InetSocketAddress remote = (InetSocketAddress) channel.remoteAddress();
        TlsConnection connection = new TlsConnection(
                origin,
                Optional.empty(),
                listener.announced(ready),
                new HostPort(remote.getAddress().getHostAddress(), remote.getPort()),
                session,
                shared.clock().instant(),
                channel,
                () -> shared.handshakes().counted(origin, ready.server().accept(channel)));
        shared.connections().add(connection);
        log.debug("Listener {}: {} with {}", listener.name(), connection, session);
        try {
            protocol.get().opened(connection);
            return true;
        } catch (RuntimeException bug) {
            log.error("Protocol {} failed to take over {}", origin.protocol(), connection, bug);
            channel.close();
            return false;
        }
    }
}
