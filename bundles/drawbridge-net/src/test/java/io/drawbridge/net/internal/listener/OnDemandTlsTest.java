// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.net.connection.Connection;
import io.drawbridge.net.connection.ConnectionHandler;
import io.drawbridge.net.internal.connection.Handshakes;
import io.drawbridge.net.internal.connection.OpenConnections;
import io.drawbridge.net.internal.connection.ProtocolHandlers;
import io.drawbridge.net.internal.identity.IdentityState;
import io.drawbridge.net.internal.identity.OwnIdentity;
import io.drawbridge.net.internal.loops.EventLoops;
import io.drawbridge.net.internal.loops.Workers;
import io.drawbridge.net.internal.tls.CertificateNames;
import io.drawbridge.net.internal.tls.OwnCertificate;
import io.drawbridge.net.internal.tls.PeerTrust;
import io.drawbridge.net.internal.tls.RawClient;
import io.drawbridge.net.internal.tls.Revocation;
import io.drawbridge.net.internal.tls.TestAuthority;
import io.drawbridge.net.internal.tls.TlsIdentity;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A protocol that begins TLS on demand and judges the peer's certificate itself, with peers that share no code with it. */
@Timeout(60)
final class OnDemandTlsTest {
    private final TestAuthority authority = TestAuthority.root("Authority");
    private final EventLoops loops = new EventLoops();
    private final Workers workers = new Workers();
    private final BlockingQueue<Connection> secured = new LinkedBlockingQueue<>();
    private Listener listener;

    /** Answers "tls?" with "go!" and begins TLS; echoes everything else. */
    private final class OnDemand extends SimpleChannelInboundHandler<ByteBuf> {
        private final Connection connection;

        OnDemand(Connection connection) {
            this.connection = connection;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
            if (message.toString(StandardCharsets.US_ASCII).equals("tls?")) {
                context.writeAndFlush(Unpooled.copiedBuffer("go!", StandardCharsets.US_ASCII));
                connection.secure().thenRun(() -> secured.add(connection));
            } else {
                context.writeAndFlush(message.retain());
            }
        }
    }

    private record Presented(String name, IdentityState state) implements OwnIdentity {}

    @BeforeEach
    void open() {
        OwnCertificate own = authority.issue("edge.corp.example");
        PeerTrust trust = new PeerTrust(
                Set.of(authority.certificate()),
                Revocation.OFF,
                InstantSource.fixed(TestAuthority.NOW),
                workers.handshakes());
        IdentityState identity = new IdentityState(
                Optional.of(new TlsIdentity(own, trust)),
                Optional.of(CertificateNames.identity(own.leaf())),
                List.of());
        ProtocolHandlers protocols = new ProtocolHandlers();
        for (String protocol : List.of("xmpp", "xmpps")) {
            protocols.add(
                    connection -> connection.channel().pipeline().addLast(new OnDemand(connection)),
                    Map.of(ConnectionHandler.PROTOCOL, protocol));
        }
        listener = new Listener(
                "xmpp",
                "io.drawbridge.net.listener~xmpp",
                new Shared(
                        loops,
                        name -> Optional.of(new Presented(name, identity)),
                        protocols,
                        new OpenConnections(),
                        new Handshakes(),
                        InstantSource.fixed(TestAuthority.NOW)));
        serve("xmpp");
    }

    private void serve(String protocol) {
        listener.configure(new HashMap<>(Map.of(
                "side", "OUTSIDE", "protocol", protocol, "address", "127.0.0.1", "port", "0", "identity", "outside")));
        listener.reconcile();
    }

    @AfterEach
    void end() {
        listener.close();
        loops.close();
        workers.close();
    }

    private int port() {
        return HostPort.of(listener.status().address()).port();
    }

    private RawClient upgraded(OwnCertificate own) throws Exception {
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), port());
        plain.setSoTimeout(10_000);
        for (String word : List.of("plain", "tls?")) {
            plain.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
            String answer = word.equals("tls?") ? "go!" : word;
            assertThat(new String(plain.getInputStream().readNBytes(answer.length()), StandardCharsets.US_ASCII))
                    .isEqualTo(answer);
        }
        return RawClient.over(plain, own);
    }

    private Connection taken() throws InterruptedException {
        return secured.poll(10, TimeUnit.SECONDS);
    }

    @Test
    void theSameConnectionGoesOnWithTlsAndAProvenPeer() throws Exception {
        try (RawClient client = upgraded(authority.issue("chat.example"))) {
            assertThat(client.echoes("secret")).isTrue();
            Connection connection = taken();
            assertThat(connection.peer()).get().satisfies(peer -> assertThat(peer.dnsNames())
                    .containsExactly("chat.example"));
            assertThat(connection.distrust()).isEmpty();
            assertThat(connection.tls()).get().asString().startsWith("TLSv1.");
        }
    }

    @Test
    void anUntrustedCertificateProvesNothingAndTheReasonIsHandedUp() throws Exception {
        try (RawClient client = upgraded(TestAuthority.root("Stranger").issue("chat.example"))) {
            assertThat(client.echoes("secret")).isTrue();
            Connection connection = taken();
            assertThat(connection.peer()).isEmpty();
            assertThat(connection.distrust()).get().asString().contains("leads to no configured trust anchor");
        }
    }

    @Test
    void aPeerWithoutCertificateIsLetThroughAsNobody() throws Exception {
        try (RawClient client = upgraded(null)) {
            assertThat(client.echoes("secret")).isTrue();
            Connection connection = taken();
            assertThat(connection.peer()).isEmpty();
            assertThat(connection.distrust()).isEmpty();
        }
    }

    @Test
    void tlsFromTheFirstOctetIsServedToo() throws Exception {
        serve("xmpps");
        try (RawClient client = RawClient.connect(port(), null)) {
            assertThat(client.echoes("secret")).isTrue();
        }
    }
}
