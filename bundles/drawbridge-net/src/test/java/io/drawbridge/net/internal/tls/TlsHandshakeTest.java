// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.net.internal.loops.EventLoops;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Handshakes over loopback sockets, with both providers of TLS on either end. */
@SuppressWarnings("FutureReturnValueIgnored") // channels are closed with their loops
final class TlsHandshakeTest {
    private static final TlsSettings SETTINGS =
            new TlsSettings(TlsProfile.MODERN, AddressRanges.NONE, PeerCertificate.DEMANDED, Duration.ofSeconds(10));

    private final TestAuthority authority = TestAuthority.root("Authority");
    private final EventLoops loops = new EventLoops();
    private final ExecutorService workers = Executors.newCachedThreadPool(new DefaultThreadFactory("worker", true));
    private final List<String> verifiers = new CopyOnWriteArrayList<>();
    private final BlockingQueue<TlsSession> accepted = new LinkedBlockingQueue<>();
    private final BlockingQueue<Throwable> refused = new LinkedBlockingQueue<>();
    private final BlockingQueue<Object> ended = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private volatile Instant now = TestAuthority.NOW;
    private volatile String revoked = "";
    private final AdmittedPeers admitted = new AdmittedPeers((InstantSource) () -> now, new LongAdder());

    @AfterEach
    void end() {
        loops.close();
        workers.shutdownNow();
    }

    @ParameterizedTest
    @CsvSource({"OPENSSL,OPENSSL", "JDK,JDK", "OPENSSL,JDK", "JDK,OPENSSL"})
    void certificatesForServersAreAcceptedInBothDirections(SslProvider ours, SslProvider theirs) throws Exception {
        Channel server = listen(new ServerTls(identity(ours, "sip.contoso.example"), SETTINGS));
        TlsSession session = connect(client(theirs), server).get(10, TimeUnit.SECONDS);
        assertThat(session.version()).isEqualTo("TLSv1.3");
        assertThat(session.peer())
                .hasValueSatisfying(peer -> assertThat(peer.dnsNames()).containsExactly("sip.contoso.example"));
        assertThat(accepted.poll(10, TimeUnit.SECONDS).peer())
                .hasValueSatisfying(peer -> assertThat(peer.dnsNames()).containsExactly("sip.fabrikam.example"));
    }

    @ParameterizedTest
    @CsvSource({"OPENSSL,OPENSSL", "JDK,JDK", "OPENSSL,JDK", "JDK,OPENSSL"})
    void nothingIsVerifiedOnAnEventLoop(SslProvider ours, SslProvider theirs) throws Exception {
        Channel server = listen(new ServerTls(identity(ours, "sip.contoso.example"), SETTINGS));
        connect(client(theirs), server).get(10, TimeUnit.SECONDS);
        accepted.poll(10, TimeUnit.SECONDS);
        assertThat(verifiers).hasSize(2).allMatch(thread -> thread.startsWith("worker"));
    }

    @ParameterizedTest
    @CsvSource({"OPENSSL,OPENSSL", "JDK,JDK"})
    void aPeerIsVerifiedAgainWhileItsConnectionLasts(SslProvider ours, SslProvider theirs) throws Exception {
        Channel server = listen(new ServerTls(identity(ours, "sip.contoso.example"), SETTINGS));
        connect(client(theirs), server).get(10, TimeUnit.SECONDS);
        assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("hello");
        revoked = "sip.fabrikam.example";
        now = now.plus(Duration.ofMinutes(61));
        admitted.verifyDue(trust(authority.certificate()));
        assertThat(ended.poll(10, TimeUnit.SECONDS)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"OPENSSL", "JDK"})
    void whatComesWithTheHandshakeReachesTheProtocol(SslProvider ours) throws Exception {
        Channel server = listen(new ServerTls(identity(ours, "sip.contoso.example"), SETTINGS));
        CompletableFuture<TlsSession> session = connect(client(SslProvider.JDK), server);
        session.get(10, TimeUnit.SECONDS);
        assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("hello");
    }

    /** A refusal within the handshake comes wrapped by TLS; a bare one shows that there were no certificates in it. */
    @ParameterizedTest
    @CsvSource({"OPENSSL,OPENSSL", "JDK,JDK", "OPENSSL,JDK", "JDK,OPENSSL"})
    void aClientThatResumesIsVerifiedAnew(SslProvider ours, SslProvider theirs) throws Exception {
        Channel server = listen(new ServerTls(identity(ours, "sip.contoso.example"), SETTINGS));
        ClientTls client = client(theirs);
        connect(client, server).get(10, TimeUnit.SECONDS);
        assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("hello");
        // BoringSSL sends its tickets along with the first data.
        assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("welcome");
        revoked = "sip.fabrikam.example";
        now = now.plus(Duration.ofMinutes(11));
        connect(client, server);
        assertThat(refused.poll(10, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(UntrustedCertificate.class, untrusted -> assertThat(untrusted.failure())
                        .isEqualTo(HandshakeFailure.REVOKED));
        assertThat(received).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"OPENSSL,OPENSSL", "JDK,JDK", "OPENSSL,JDK", "JDK,OPENSSL"})
    void aServerThatResumesIsVerifiedAnew(SslProvider ours, SslProvider theirs) throws Exception {
        Channel server = listen(new ServerTls(identity(ours, "sip.contoso.example"), SETTINGS));
        ClientTls client = client(theirs);
        connect(client, server).get(10, TimeUnit.SECONDS);
        assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("hello");
        // BoringSSL sends its tickets along with the first data.
        assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("welcome");
        revoked = "sip.contoso.example";
        now = now.plus(Duration.ofMinutes(11));
        assertThatThrownBy(() -> connect(client, server).get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(UntrustedCertificate.class, untrusted -> assertThat(untrusted.failure())
                        .isEqualTo(HandshakeFailure.REVOKED));
        assertThat(received).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"OPENSSL,OPENSSL", "JDK,JDK", "OPENSSL,JDK", "JDK,OPENSSL"})
    void anUnknownAuthorityIsNamedAsTheCauseOnBothEnds(SslProvider ours, SslProvider theirs) throws Exception {
        TestAuthority stranger = TestAuthority.root("Stranger");
        Channel server = listen(new ServerTls(identity(ours, "sip.contoso.example"), SETTINGS));
        ClientTls client = new ClientTls(
                new TlsIdentity(stranger.issue("sip.stranger.example"), trust(authority.certificate()), theirs),
                SETTINGS);
        connect(client, server);
        assertThat(HandshakeFailure.of(refused.poll(10, TimeUnit.SECONDS)))
                .isEqualTo(HandshakeFailure.UNKNOWN_AUTHORITY);
        ClientTls distrustful = new ClientTls(
                new TlsIdentity(authority.issue("sip.fabrikam.example"), trust(stranger.certificate()), theirs),
                SETTINGS);
        assertThatThrownBy(() -> connect(distrustful, server).get(10, TimeUnit.SECONDS))
                .satisfies(failure ->
                        assertThat(HandshakeFailure.of(failure)).isEqualTo(HandshakeFailure.UNKNOWN_AUTHORITY));
    }

    @ParameterizedTest
    @CsvSource({"OPENSSL", "JDK"})
    void aMissingCertificateIsNamedAsTheCause(SslProvider provider) throws Exception {
        Channel server = listen(new ServerTls(identity(provider, "sip.contoso.example"), SETTINGS));
        assertThatThrownBy(() -> {
                    try (RawClient peer = RawClient.connect(port(server), null)) {
                        peer.receive(1);
                        throw new IOException("closed");
                    }
                })
                .isInstanceOf(IOException.class);
        assertThat(HandshakeFailure.of(refused.poll(10, TimeUnit.SECONDS))).isEqualTo(HandshakeFailure.NO_CERTIFICATE);
    }

    @Test
    void tls11IsSpokenWithNamedPeersOnly() throws Exception {
        TlsSettings lenient = new TlsSettings(
                TlsProfile.STRICT,
                AddressRanges.of(List.of("127.0.0.0/8")),
                PeerCertificate.DEMANDED,
                Duration.ofSeconds(10));
        Channel closed = listen(new ServerTls(identity(SslProvider.OPENSSL, "sip.contoso.example"), SETTINGS));
        Channel open = listen(new ServerTls(identity(SslProvider.OPENSSL, "sip.contoso.example"), lenient));
        TlsIdentity old = identity(SslProvider.OPENSSL, "sip.fabrikam.example");
        assertThat(speaksTls11(old, open)).isTrue();
        assertThat(speaksTls11(old, closed)).isFalse();
    }

    /** Plays a peer of old with the bare context, which our own settings cannot be talked into. */
    private boolean speaksTls11(TlsIdentity old, Channel server) throws Exception {
        SslContext context = SslContextBuilder.forClient()
                .sslProvider(SslProvider.OPENSSL)
                .keyManager(old.own().key(), old.own().chain())
                .trustManager(authority.certificate())
                .endpointIdentificationAlgorithm(null)
                .protocols("TLSv1.1")
                .ciphers(TlsProfile.LEGACY.suites(), SupportedCipherSuiteFilter.INSTANCE)
                .build();
        CompletableFuture<Boolean> spoken = new CompletableFuture<>();
        new Bootstrap()
                .group(loops.group())
                .channel(loops.channelType())
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        SslHandler handler = context.newHandler(channel.alloc());
                        channel.pipeline().addLast(handler);
                        handler.handshakeFuture().addListener(done -> spoken.complete(done.isSuccess()));
                    }
                })
                .connect(server.localAddress());
        return spoken.get(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource({"OPENSSL", "JDK"})
    void aPeerCannotRenegotiate(SslProvider provider) throws Exception {
        Channel server = listen(new ServerTls(identity(provider, "sip.contoso.example"), SETTINGS));
        try (RawClient peer = RawClient.connect(port(server), authority.issue("sip.fabrikam.example"), "TLSv1.2")) {
            peer.send("hello");
            assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("hello");
            assertThat(peer.receive(7)).isEqualTo("welcome");
            assertThatThrownBy(() -> {
                        peer.renegotiate();
                        peer.send("again");
                        assertThat(peer.receive(1)).isEmpty();
                        throw new IOException("closed");
                    })
                    .isInstanceOf(IOException.class);
            assertThat(received).isEmpty();
        }
    }

    private PeerTrust trust(X509Certificate anchor) {
        Revocation revocation = (path, at) -> {
            verifiers.add(Thread.currentThread().getName());
            if (path.get(0).getSubjectX500Principal().getName().equals("CN=" + revoked)) {
                throw new UntrustedCertificate(HandshakeFailure.REVOKED, "");
            }
        };
        return new PeerTrust(Set.of(anchor), revocation, (InstantSource) () -> now, workers, admitted);
    }

    private TlsIdentity identity(SslProvider provider, String name) {
        return new TlsIdentity(authority.issue(name), trust(authority.certificate()), provider);
    }

    private ClientTls client(SslProvider provider) throws Exception {
        return new ClientTls(identity(provider, "sip.fabrikam.example"), SETTINGS);
    }

    private Channel listen(ServerTls tls) throws InterruptedException {
        return new ServerBootstrap()
                .group(loops.group())
                .channel(loops.serverChannelType())
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        TlsHandshake handshake = tls.accept(channel);
                        handshake.session().whenComplete((session, failure) -> {
                            if (failure != null) {
                                refused.add(failure);
                                return;
                            }
                            accepted.add(session);
                            channel.closeFuture().addListener(ended::add);
                            channel.pipeline().addLast(new Collector(true));
                            handshake.release();
                        });
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
    }

    private static int port(Channel server) {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    /** Connects and says hello at once when its own handshake is done. */
    private CompletableFuture<TlsSession> connect(ClientTls tls, Channel server) {
        CompletableFuture<TlsSession> result = new CompletableFuture<>();
        HostPort name = new HostPort("sip.contoso.example", port(server));
        new Bootstrap()
                .group(loops.group())
                .channel(loops.channelType())
                .handler(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelActive(ChannelHandlerContext context) {
                        Channel channel = context.channel();
                        channel.pipeline().remove(this);
                        TlsHandshake handshake = tls.announcing(name).secure(channel, name);
                        handshake.session().whenComplete((session, failure) -> {
                            if (failure != null) {
                                result.completeExceptionally(failure);
                                return;
                            }
                            channel.pipeline().addLast(new Collector(false));
                            handshake.release();
                            result.complete(session);
                            channel.writeAndFlush(Unpooled.copiedBuffer("hello", StandardCharsets.US_ASCII));
                        });
                    }
                })
                .connect(server.localAddress());
        return result;
    }

    private final class Collector extends SimpleChannelInboundHandler<ByteBuf> {
        private final boolean server;

        Collector(boolean server) {
            this.server = server;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
            received.add(bytes.toString(StandardCharsets.US_ASCII));
            if (server) {
                context.writeAndFlush(Unpooled.copiedBuffer("welcome", StandardCharsets.US_ASCII));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
