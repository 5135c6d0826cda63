// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.tls;

import io.drawbridge.api.model.HostPort;
import io.netty.channel.Channel;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** TLS as outgoing connections speak it under the identity of a listener. Immutable, thread-safe. */
public final class ClientTls {
    private final TlsIdentity identity;
    private final TlsSettings settings;
    private final SslContext usual;
    private final SslContext announcing;
    private final SslContext legacy;

    /**
     * Prepares it.
     *
     * @throws SSLException if TLS refuses key or settings
     */
    public ClientTls(TlsIdentity identity, TlsSettings settings) throws SSLException {
        this.identity = identity;
        this.settings = settings;
        PeerCertificate peer = settings.peerCertificate();
        usual = resuming(identity.client(settings.profile(), peer, Optional.empty()));
        announcing = settings.application().isEmpty()
                ? usual
                : resuming(identity.client(settings.profile(), peer, settings.application()));
        legacy = settings.legacyPeers().isEmpty() ? usual : identity.client(TlsProfile.LEGACY, peer, Optional.empty());
    }

    private static SslContext resuming(SslContext context) {
        if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
            sessions.setSessionCacheEnabled(true);
        }
        return context;
    }

    /** Returns it together with the name and port of the listener. */
    public ClientCredentials announcing(HostPort announced) {
        return new Announcing(announced, this);
    }

    /** The credentials of a listener whose address is known. */
    private record Announcing(HostPort announced, ClientTls tls) implements ClientCredentials {
        @Override
        public TlsHandshake secure(Channel channel, HostPort serverName) {
            return tls.secure(channel, serverName, tls.announcing);
        }

        @Override
        public TlsHandshake upgrade(Channel channel, HostPort serverName) {
            return tls.secure(channel, serverName, tls.usual);
        }
    }

    private TlsHandshake secure(Channel channel, HostPort serverName, SslContext preferred) {
        SslContext context = settings.legacyPeers().contains(channel.remoteAddress()) ? legacy : preferred;
        PeerTrust trust = identity.trust();
        SslHandler handler =
                context.newHandler(channel.alloc(), serverName.host(), serverName.port(), trust.executor());
        handler.setHandshakeTimeoutMillis(settings.handshakeTime().toMillis());
        return TlsHandshake.start(channel, handler, trust, settings.peerCertificate());
    }
}
