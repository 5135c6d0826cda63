// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.tls;

import io.drawbridge.api.model.HostPort;
import io.netty.channel.Channel;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import javax.net.ssl.SSLException;

/** TLS as outgoing connections speak it under the identity of a listener. Immutable, thread-safe. */
public final class ClientTls implements ClientCredentials {
    private final TlsIdentity identity;
    private final TlsSettings settings;
    private final HostPort announced;
    private final SslContext usual;
    private final SslContext legacy;

    /**
     * Prepares it.
     *
     * @param announced the name and port of the listener
     * @throws SSLException if TLS refuses key or settings
     */
    public ClientTls(TlsIdentity identity, TlsSettings settings, HostPort announced) throws SSLException {
        this.identity = identity;
        this.settings = settings;
        this.announced = announced;
        usual = resuming(identity.client(settings.profile()));
        legacy = settings.legacyPeers().isEmpty() ? usual : identity.client(TlsProfile.LEGACY);
    }

    private static SslContext resuming(SslContext context) {
        if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
            sessions.setSessionCacheEnabled(true);
        }
        return context;
    }

    @Override
    public HostPort announced() {
        return announced;
    }

    @Override
    public TlsHandshake secure(Channel channel, HostPort serverName) {
        SslContext context = settings.legacyPeers().contains(channel.remoteAddress()) ? legacy : usual;
        PeerTrust trust = identity.trust();
        SslHandler handler =
                context.newHandler(channel.alloc(), serverName.host(), serverName.port(), trust.executor());
        handler.setHandshakeTimeoutMillis(settings.handshakeTime().toMillis());
        return TlsHandshake.start(channel, handler, trust);
    }
}
