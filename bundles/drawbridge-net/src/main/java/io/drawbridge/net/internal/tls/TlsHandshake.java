// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.tls;

import io.drawbridge.api.model.PeerIdentity;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * One handshake, from its first octet to the verified peer. What the peer sends along with the end of the handshake
 * waits here, with reading off, until the protocol's handlers are in place. Belongs to the channel's event loop.
 */
public final class TlsHandshake {
    private final Channel channel;
    private final SslHandler tls;
    private final PeerTrust trust;
    private final PeerCertificate demand;
    private final Gate gate = new Gate();
    private final CompletableFuture<TlsSession> session = new CompletableFuture<>();

    private TlsHandshake(Channel channel, SslHandler tls, PeerTrust trust, PeerCertificate demand) {
        this.channel = channel;
        this.tls = tls;
        this.trust = trust;
        this.demand = demand;
    }

    /**
     * Puts TLS in front of the pipeline and switches reading off; the handshake reads for itself.
     *
     * @param trust the same that stands in the handler's context
     * @param demand as in the handler's context
     */
    static TlsHandshake start(Channel channel, SslHandler tls, PeerTrust trust, PeerCertificate demand) {
        TlsHandshake handshake = new TlsHandshake(channel, tls, trust, demand);
        channel.config().setAutoRead(false);
        channel.pipeline().addFirst("handshake", handshake.gate).addFirst("tls", tls);
        // SslHandler reads on while its handshake lasts, but leaves the first step to whoever switched reading off.
        channel.read();
        return handshake;
    }

    /**
     * Completes on the event loop when the handshake is done and the peer's chain is verified, also for a resumed
     * session, or was found wanting where that is no failure; exceptionally with what went wrong, the channel then being closed.
     */
    public CompletionStage<TlsSession> session() {
        return session;
    }

    /** Lets what the peer sends through to the protocol's handlers, which are now in the pipeline. */
    public void release() {
        if (!channel.isActive()) {
            return;
        }
        channel.pipeline().remove(gate);
        channel.config().setAutoRead(true);
    }

    private void verifyPeer() {
        List<X509Certificate> chain = chain(tls.engine().getSession());
        if (chain.isEmpty() || trust.recentlyAccepted(chain)) {
            succeed(chain, Optional.empty());
            return;
        }
        // RFC 8446 section 2.2: a resumed session skips the certificates, so nobody has looked at them for a while.
        try {
            trust.executor().execute(() -> {
                try {
                    trust.verify(chain);
                    channel.eventLoop().execute(() -> succeed(chain, Optional.empty()));
                } catch (CertificateException | RuntimeException untrusted) {
                    channel.eventLoop().execute(() -> distrust(untrusted));
                }
            });
        } catch (RejectedExecutionException busy) {
            fail(busy);
        }
    }

    private static List<X509Certificate> chain(SSLSession session) {
        try {
            return Stream.of(session.getPeerCertificates())
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (SSLPeerUnverifiedException nonePresented) {
            return List.of();
        }
    }

    private void distrust(Exception untrusted) {
        if (demand == PeerCertificate.JUDGED_LATER && untrusted instanceof CertificateException) {
            succeed(List.of(), Optional.of(String.valueOf(untrusted.getMessage())));
        } else {
            fail(untrusted);
        }
    }

    private void succeed(List<X509Certificate> chain, Optional<String> distrust) {
        if (!channel.isActive()) {
            fail(new ClosedChannelException());
            return;
        }
        Optional<PeerIdentity> peer = chain.stream().findFirst().map(CertificateNames::identity);
        SSLSession agreed = tls.engine().getSession();
        refuseRenegotiation(agreed);
        if (!chain.isEmpty()) {
            trust.admit(channel, chain);
        }
        session.complete(new TlsSession(peer, distrust, agreed.getProtocol(), agreed.getCipherSuite()));
    }

    /**
     * BoringSSL refuses by itself. The platform's TLS has one switch for the whole virtual machine; with no suite left
     * to choose from, this engine's next handshake fails. TLS 1.3 has no renegotiation.
     */
    private void refuseRenegotiation(SSLSession agreed) {
        if (!(tls.engine() instanceof ReferenceCountedOpenSslEngine)
                && !agreed.getProtocol().equals("TLSv1.3")) {
            tls.engine().setEnabledCipherSuites(new String[0]);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // whether closing succeeds changes nothing
    private void fail(Throwable cause) {
        channel.close();
        session.completeExceptionally(cause);
    }

    /** Holds back what arrives until the pipeline behind it is complete. */
    private final class Gate extends ChannelInboundHandlerAdapter {
        private final Queue<Object> early = new ArrayDeque<>();

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof SslHandshakeCompletionEvent done) {
                if (done.isSuccess()) {
                    verifyPeer();
                } else {
                    fail(done.cause());
                }
            }
            context.fireUserEventTriggered(event);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            early.add(message);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            // Nobody behind the gate has read anything yet.
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            fail(cause);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            early.forEach(ReferenceCountUtil::release);
            early.clear();
            session.completeExceptionally(new ClosedChannelException());
            context.fireChannelInactive();
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext context) {
            if (early.isEmpty()) {
                return;
            }
            for (Object message = early.poll(); message != null; message = early.poll()) {
                context.fireChannelRead(message);
            }
            context.fireChannelReadComplete();
        }
    }
}
