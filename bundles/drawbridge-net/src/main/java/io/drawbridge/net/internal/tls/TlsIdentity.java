// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.tls;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedTrustManager;

/** An own certificate together with whom it trusts: all that TLS needs. Immutable; replaced when a file changes. */
public final class TlsIdentity {
    private static final Duration SESSIONS_LAST = Duration.ofHours(4);
    private static final int MOST_SESSIONS = 20_000;

    private final OwnCertificate own;
    private final PeerTrust trust;
    private final SslProvider provider;

    /** Uses BoringSSL where its library is present, the platform's TLS otherwise. */
    public TlsIdentity(OwnCertificate own, PeerTrust trust) {
        this(own, trust, OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK);
    }

    /** Uses the given provider. */
    public TlsIdentity(OwnCertificate own, PeerTrust trust, SslProvider provider) {
        this.own = own;
        this.trust = trust;
        this.provider = provider;
    }

    /** Returns the certificate. */
    public OwnCertificate own() {
        return own;
    }

    /** Returns whom it trusts. */
    public PeerTrust trust() {
        return trust;
    }

    /** Returns who speaks TLS, for people. */
    public String provider() {
        return provider == SslProvider.JDK ? "the Java platform" : "BoringSSL";
    }

    /** Returns whether TLS 1.0 and 1.1 can be spoken at all; the platform's TLS has them switched off. */
    public boolean speaksLegacy() {
        return provider != SslProvider.JDK;
    }

    SslContext client(TlsProfile profile, PeerCertificate peer, Optional<String> application) throws SSLException {
        return profiled(SslContextBuilder.forClient(), profile, peer, application)
                .keyManager(own.key(), own.chain())
                // The name check is the protocol's: RFC 5922 or the rule of the SRV target.
                .endpointIdentificationAlgorithm(null)
                .build();
    }

    SslContext server(TlsProfile profile, PeerCertificate peer, Optional<String> application) throws SSLException {
        SslContext context = profiled(SslContextBuilder.forServer(own.key(), own.chain()), profile, peer, application)
                .clientAuth(
                        switch (peer) {
                            case DEMANDED -> ClientAuth.REQUIRE;
                            case JUDGED_LATER -> ClientAuth.OPTIONAL;
                            case NOT_ASKED -> ClientAuth.NONE;
                        })
                .build();
        if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
            // No keys given: BoringSSL makes its own and replaces them every two days.
            sessions.setTicketKeys();
        }
        return context;
    }

    private SslContextBuilder profiled(
            SslContextBuilder builder, TlsProfile profile, PeerCertificate peer, Optional<String> application) {
        return builder.sslProvider(provider)
                .trustManager(new Verifier(peer == PeerCertificate.JUDGED_LATER ? chain -> {} : trust::verify))
                .applicationProtocolConfig(
                        application.map(TlsIdentity::announcing).orElse(ApplicationProtocolConfig.DISABLED))
                .protocols(profile.protocols())
                .ciphers(profile.suites(), SupportedCipherSuiteFilter.INSTANCE)
                .sessionTimeout(SESSIONS_LAST.toSeconds())
                .sessionCacheSize(MOST_SESSIONS);
    }

    private static ApplicationProtocolConfig announcing(String application) {
        return new ApplicationProtocolConfig(
                ApplicationProtocolConfig.Protocol.ALPN,
                ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                application);
    }

    /** Accepts a chain or refuses it. */
    private interface Judge {
        void verify(List<X509Certificate> chain) throws CertificateException;
    }

    /** The form in which TLS asks; the server purpose is demanded of clients too. */
    private static final class Verifier extends X509ExtendedTrustManager {
        private final Judge trust;

        Verifier(Judge trust) {
            this.trust = trust;
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String algorithm) throws CertificateException {
            trust.verify(List.of(chain));
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String algorithm) throws CertificateException {
            trust.verify(List.of(chain));
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String algorithm, Socket socket)
                throws CertificateException {
            trust.verify(List.of(chain));
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String algorithm, Socket socket)
                throws CertificateException {
            trust.verify(List.of(chain));
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String algorithm, SSLEngine engine)
                throws CertificateException {
            trust.verify(List.of(chain));
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String algorithm, SSLEngine engine)
                throws CertificateException {
            trust.verify(List.of(chain));
        }

        /** Sent to clients as a hint; a long list breaks some of them (interworking 9.8), an empty one means any. */
        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
