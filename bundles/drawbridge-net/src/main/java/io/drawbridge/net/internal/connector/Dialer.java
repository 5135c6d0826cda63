// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.connector;

import io.drawbridge.api.diagnosis.Step;
import io.drawbridge.api.model.PeerIdentity;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.net.internal.connection.Handshakes;
import io.drawbridge.net.internal.connection.TlsConnection.Origin;
import io.drawbridge.net.internal.connector.Opened.Secured;
import io.drawbridge.net.internal.loops.EventLoops;
import io.drawbridge.net.internal.tls.ClientCredentials;
import io.drawbridge.net.internal.tls.HandshakeFailure;
import io.drawbridge.net.internal.tls.TlsHandshake;
import io.drawbridge.net.internal.tls.TlsSession;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Connects to one address and shakes hands if TLS begins with the connection. Everything happens on the given event loop. */
final class Dialer {
    private static final int KEEPALIVE_IDLE_SECONDS = 60;
    private static final int KEEPALIVE_INTERVAL_SECONDS = 15;
    private static final int KEEPALIVE_PROBES = 4;
    /** After this long without acknowledgement the peer is dead; below the 32 seconds a request may take. */
    private static final int UNACKNOWLEDGED_MILLIS = 20_000;

    private final EventLoops loops;
    private final Handshakes handshakes;

    Dialer(EventLoops loops, Handshakes handshakes) {
        this.loops = loops;
        this.handshakes = handshakes;
    }

    /**
     * Opens a channel; completing the result from outside, as an impatient caller does, closes it.
     *
     * @param journal takes each step
     * @return fails with {@link SetupFailure}
     */
    CompletableFuture<Opened> dial(
            EventLoop loop,
            Candidate candidate,
            ClientCredentials credentials,
            Origin origin,
            ConnectorSettings settings,
            Consumer<Step> journal) {
        CompletableFuture<Opened> result = new CompletableFuture<>();
        long start = System.nanoTime();
        var connecting = bootstrap(loop)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        settings.tcpTimeout().toMillis())
                .connect(candidate.address());
        Channel channel = connecting.channel();
        result.whenComplete((opened, failure) -> {
            if (failure != null) {
                channel.close();
            }
        });
        String step = "TCP " + candidate.endpoint();
        connecting.addListener(done -> {
            if (done.isSuccess()) {
                journal.accept(Step.ok(step, "connected", since(start)));
                if (candidate.tlsAtOnce()) {
                    new Securing(candidate, channel, origin, journal, result).start(credentials, settings.tlsTimeout());
                } else if (!result.complete(new Opened(candidate, channel, Optional.empty()))) {
                    channel.close();
                }
            } else if (!result.isDone()) {
                String trouble = ConnectTrouble.of(done.cause());
                journal.accept(Step.failed(step, trouble, since(start), Remedies.TCP));
                result.completeExceptionally(new SetupFailure(Reason.UNREACHABLE, candidate + ": " + trouble));
            }
        });
        return result;
    }

    /** Begins TLS on a channel whose protocol does so on demand. */
    TlsHandshake upgrade(Opened opened, ClientCredentials credentials, Origin origin) {
        return handshakes.counted(
                origin, credentials.upgrade(opened.channel(), opened.candidate().serverName()));
    }

    private Bootstrap bootstrap(EventLoop loop) {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(loops.channelType())
                // TLS fills the pipeline once there is a connection; Netty insists on a handler before.
                .handler(new ChannelInboundHandlerAdapter())
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true);
        if (EpollSocketChannel.class.equals(loops.channelType())) {
            bootstrap
                    .option(EpollChannelOption.TCP_KEEPIDLE, KEEPALIVE_IDLE_SECONDS)
                    .option(EpollChannelOption.TCP_KEEPINTVL, KEEPALIVE_INTERVAL_SECONDS)
                    .option(EpollChannelOption.TCP_KEEPCNT, KEEPALIVE_PROBES)
                    .option(EpollChannelOption.TCP_USER_TIMEOUT, UNACKNOWLEDGED_MILLIS);
        }
        return bootstrap;
    }

    static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** The handshake of one channel. */
    private final class Securing {
        private final Candidate candidate;
        private final Channel channel;
        private final Origin origin;
        private final Consumer<Step> journal;
        private final CompletableFuture<Opened> result;
        private final long start = System.nanoTime();

        Securing(
                Candidate candidate,
                Channel channel,
                Origin origin,
                Consumer<Step> journal,
                CompletableFuture<Opened> result) {
            this.candidate = candidate;
            this.channel = channel;
            this.origin = origin;
            this.journal = journal;
            this.result = result;
        }

        void start(ClientCredentials credentials, Duration timeout) {
            TlsHandshake handshake = credentials.secure(channel, candidate.serverName());
            var expiry = channel.eventLoop()
                    .schedule(() -> fail(HandshakeFailure.TIMED_OUT, ""), timeout.toMillis(), TimeUnit.MILLISECONDS);
            handshake.session().whenComplete((session, thrown) -> {
                expiry.cancel(false);
                if (thrown == null) {
                    succeed(handshake, session);
                } else {
                    fail(HandshakeFailure.of(thrown), String.valueOf(thrown.getMessage()));
                }
            });
        }

        private void succeed(TlsHandshake handshake, TlsSession session) {
            handshakes.succeeded(origin);
            journal.accept(Step.ok("TLS " + candidate.server().host(), session.toString(), Dialer.since(start)));
            session.peer().ifPresent(peer -> journal.accept(Step.ok("certificate", describe(peer), Duration.ZERO)));
            if (!result.complete(new Opened(candidate, channel, Optional.of(new Secured(handshake, session))))) {
                channel.close();
            }
        }

        private void fail(HandshakeFailure failure, String detail) {
            if (result.isDone()) {
                return;
            }
            handshakes.failed(origin, failure);
            Reason reason = failure.reason();
            String step = reason == Reason.CERTIFICATE_NOT_TRUSTED
                    ? "certificate"
                    : "TLS " + candidate.server().host();
            String trouble = detail.isEmpty() || detail.startsWith(failure.text())
                    ? failure.text()
                            + detail.substring(
                                    detail.isEmpty() ? 0 : failure.text().length())
                    : failure.text() + ": " + detail;
            journal.accept(Step.failed(step, trouble, Dialer.since(start), Remedies.of(failure)));
            result.completeExceptionally(new SetupFailure(reason, candidate + ": " + trouble));
        }

        private static String describe(PeerIdentity peer) {
            return peer.subject() + ", issued by " + peer.issuer() + ", valid until " + peer.notAfter();
        }
    }
}
