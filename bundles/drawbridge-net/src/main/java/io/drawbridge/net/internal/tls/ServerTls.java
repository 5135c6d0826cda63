// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.tls;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import javax.net.ssl.SSLException;

/** TLS as a listener speaks it under one identity. Immutable, thread-safe. */
public final class ServerTls {
    private final TlsIdentity identity;
    private final TlsSettings settings;
    private final SslContext usual;
    private final SslContext legacy;

    /**
     * Prepares it.
     *
     * @throws SSLException if TLS refuses key or settings
     */
    public ServerTls(TlsIdentity identity, TlsSettings settings) throws SSLException {
        this.identity = identity;
        this.settings = settings;
        usual = identity.server(settings.profile(), settings.peerCertificate(), settings.application());
        legacy = settings.legacyPeers().isEmpty()
                ? usual
                : identity.server(TlsProfile.LEGACY, settings.peerCertificate(), settings.application());
    }

    /** Returns the identity it presents. */
    public TlsIdentity identity() {
        return identity;
    }

    /** Starts TLS as server in front of whatever is in the pipeline of a channel, on its event loop. */
    public TlsHandshake accept(Channel channel) {
        SslContext context = settings.legacyPeers().contains(channel.remoteAddress()) ? legacy : usual;
        PeerTrust trust = identity.trust();
        SslHandler handler = context.newHandler(channel.alloc(), trust.executor());
        handler.setHandshakeTimeoutMillis(settings.handshakeTime().toMillis());
        return TlsHandshake.start(channel, handler, trust, settings.peerCertificate());
    }
}
