// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbridge.api.directory.PeerStatus;
import io.drawbridge.api.metrics.MetricSink;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.Side;
import io.drawbridge.net.connection.Connection;
import io.drawbridge.net.connection.ConnectionHandler;
import io.drawbridge.net.internal.connection.Handshakes;
import io.drawbridge.net.internal.connection.OpenConnections;
import io.drawbridge.net.internal.connection.PeerStatuses;
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
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A listener on a loopback port, with peers that share no code with it. */
@SuppressWarnings("FutureReturnValueIgnored") // channels are closed with their loops
final class ListenerTest {
    private static final String PID = "io.drawbridge.net.listener~outside";

    private final TestAuthority authority = TestAuthority.root("Authority");
    private final OwnCertificate peer = authority.issue("sip.fabrikam.example");
    private final EventLoops loops = new EventLoops();
    private final Workers workers = new Workers();
    private final ProtocolHandlers protocols = new ProtocolHandlers();
    private final OpenConnections connections = new OpenConnections();
    private final Handshakes handshakes = new Handshakes();
    private final BlockingQueue<Connection> opened = new LinkedBlockingQueue<>();
    private final ConnectionHandler echo = connection -> {
        connection.channel().pipeline().addLast(new Echo());
        opened.add(connection);
    };
    private final Map<String, Object> settings = new HashMap<>(
            Map.of("side", "OUTSIDE", "protocol", "sip", "address", "127.0.0.1", "port", "0", "identity", "outside"));

    private IdentityState identity = new IdentityState(Optional.empty(), Optional.empty(), List.of());
    private Listener listener;
    private final AtomicLong nanos = new AtomicLong();

    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            context.writeAndFlush(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    @BeforeEach
    void prepare() {
        Shared shared = new Shared(
                loops, this::identity, protocols, connections, handshakes, InstantSource.fixed(TestAuthority.NOW));
        listener = new Listener("outside", PID, shared, nanos::get);
        protocols.add(echo, Map.of(ConnectionHandler.PROTOCOL, "sip"));
        present(authority.issue("sip.contoso.example"));
    }

    @AfterEach
    void end() {
        listener.close();
        loops.close();
        workers.close();
    }

    private Optional<OwnIdentity> identity(String name) {
        return name.equals("outside") ? Optional.of(new Presented(identity)) : Optional.empty();
    }

    private record Presented(IdentityState state) implements OwnIdentity {
        @Override
        public String name() {
            return "outside";
        }
    }

    /** Makes the identity present another certificate. */
    private void present(OwnCertificate own) {
        PeerTrust trust = new PeerTrust(
                Set.of(authority.certificate()),
                Revocation.OFF,
                InstantSource.fixed(TestAuthority.NOW),
                workers.handshakes());
        identity = new IdentityState(
                Optional.of(new TlsIdentity(own, trust)),
                Optional.of(CertificateNames.identity(own.leaf())),
                List.of());
    }

    private void open(String... changes) {
        for (int i = 0; i < changes.length; i += 2) {
            settings.put(changes[i], changes[i + 1]);
        }
        listener.configure(settings);
        listener.reconcile();
    }

    private int port() {
        return HostPort.of(listener.status().address()).port();
    }

    @Test
    void aPeerWithAServerCertificateIsTakenToItsProtocol() throws Exception {
        open();
        try (RawClient client = RawClient.connect(port(), peer)) {
            assertThat(client.echoes("hello")).isTrue();
            Connection connection = opened.poll(10, TimeUnit.SECONDS);
            assertThat(connection.accepted()).isTrue();
            assertThat(connection.side()).isEqualTo(Side.OUTSIDE);
            assertThat(connection.peerName()).isEqualTo("sip.fabrikam.example");
            assertThat(connection.announced()).isEqualTo(new HostPort("sip.contoso.example", port()));
            assertThat(connection.channel().eventLoop().parent()).isSameAs(loops.group());
            assertThat(new PeerStatuses(connections).peers()).singleElement().satisfies(status -> {
                assertThat(status.name()).isEqualTo("sip.fabrikam.example");
                assertThat(status.state()).isEqualTo(PeerStatus.State.UP);
                assertThat(status.connections()).isEqualTo(1);
                assertThat(status.tls()).startsWith("TLSv1.3");
            });
        }
        await(() -> connections.all().isEmpty() && listener.status().connections() == 0);
    }

    @Test
    void aPeerWithoutCertificateIsRefusedAndCounted() throws Exception {
        open();
        assertRefused(null);
        await(() -> count("no_certificate") == 1);
        assertThat(opened).isEmpty();
    }

    @Test
    void aPeerOfAnUnknownAuthorityIsRefusedAndCounted() throws Exception {
        open();
        assertRefused(TestAuthority.root("Stranger").issue("sip.fabrikam.example"));
        await(() -> count("unknown_authority") == 1);
        assertThat(opened).isEmpty();
    }

    @Test
    void aPeerWhoseCertificateHasExpiredIsRefusedAndCounted() throws Exception {
        open();
        assertRefused(authority
                .order("sip.fabrikam.example")
                .valid(TestAuthority.NOW.minus(Duration.ofDays(20)), TestAuthority.NOW.minus(Duration.ofDays(10)))
                .issue());
        await(() -> count("expired") == 1);
        assertThat(opened).isEmpty();
    }

    @Test
    void aClientOfTheHomeNeedsNoCertificate() throws Exception {
        protocols.add(echo, Map.of(ConnectionHandler.PROTOCOL, "sip-client"));
        open("protocol", "sip-client");
        try (RawClient client = RawClient.connect(port(), null)) {
            assertThat(client.echoes("hello")).isTrue();
            assertThat(opened.poll(10, TimeUnit.SECONDS).peer()).isEmpty();
        }
    }

    @Test
    void whoeverDoesNotSpeakTlsIsClosedAndCounted() throws Exception {
        open();
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), port())) {
            plain.setSoTimeout(10_000);
            plain.getOutputStream()
                    .write("OPTIONS sip:contoso.example SIP/2.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(plain.getInputStream().readAllBytes()).hasSizeLessThan(100);
        }
        await(() -> count("not_tls") == 1);
    }

    @Test
    void aSlowHandshakeIsClosedAndCounted() throws Exception {
        open("handshakeTimeoutSeconds", "1");
        try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), port())) {
            silent.setSoTimeout(10_000);
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
        await(() -> count("timed_out") == 1);
        await(() -> listener.status().connections() == 0);
    }

    @Test
    void withoutACertificateThereIsNoEdge() throws Exception {
        open();
        int port = port();
        identity = new IdentityState(Optional.empty(), Optional.empty(), List.of());
        listener.reconcile();
        assertThat(listener.status().open()).isFalse();
        assertThat(listener.status().why()).contains("no certificate, no edge").contains("'outside'");
        assertThatThrownBy(() -> RawClient.connect(port, peer)).isInstanceOf(IOException.class);
    }

    @Test
    void anIdentityThatDoesNotExistIsNamed() {
        open("identity", "other");
        assertThat(listener.status().open()).isFalse();
        assertThat(listener.status().why()).contains("'other' is not configured");
    }

    @Test
    void aListenerFollowsItsProtocol() throws Exception {
        open();
        RawClient client = RawClient.connect(port(), peer);
        assertThat(client.echoes("hello")).isTrue();
        protocols.remove(echo, Map.of(ConnectionHandler.PROTOCOL, "sip"));
        listener.reconcile();
        assertThat(listener.status().why()).contains("no installed bundle serves protocol 'sip'");
        assertThat(client.echoes("still there")).isTrue();
        client.close();
        protocols.add(echo, Map.of(ConnectionHandler.PROTOCOL, "sip"));
        listener.reconcile();
        assertThat(listener.status().open()).isTrue();
    }

    @Test
    void aReplacedCertificateIsSeenByNewConnectionsOnly() throws Exception {
        open();
        int port = port();
        try (RawClient old = RawClient.connect(port, peer)) {
            assertThat(old.echoes("hello")).isTrue();
            OwnCertificate renewed = authority.issue("sip.contoso.example");
            present(renewed);
            listener.reconcile();
            assertThat(port()).isEqualTo(port);
            try (RawClient fresh = RawClient.connect(port, peer)) {
                assertThat(fresh.serverSerial())
                        .isEqualTo(renewed.leaf().getSerialNumber().toString(16))
                        .isNotEqualTo(old.serverSerial());
                assertThat(old.echoes("still there")).isTrue();
            }
        }
    }

    @Test
    void aNewPortIsOpenedAndOldConnectionsStay() throws Exception {
        open();
        int before = port();
        int after = freePort();
        try (RawClient old = RawClient.connect(before, peer)) {
            open("port", String.valueOf(after));
            assertThat(port()).isEqualTo(after);
            assertThatThrownBy(() -> RawClient.connect(before, peer)).isInstanceOf(IOException.class);
            try (RawClient fresh = RawClient.connect(after, peer)) {
                assertThat(fresh.echoes("hello")).isTrue();
            }
            assertThat(old.echoes("still there")).isTrue();
        }
    }

    @Test
    void aPortInUseIsNamedWithItsRemedyAndOpenedWhenItIsFree() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            open("port", String.valueOf(other.getLocalPort()));
            assertThat(listener.status().open()).isFalse();
            assertThat(listener.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.pid()).isEqualTo(PID);
                assertThat(problem.key()).isEqualTo("port");
                assertThat(problem.rule()).contains("in use").contains("ss -ltnp");
            });
        }
        listener.reconcile();
        assertThat(listener.status().open()).isTrue();
        assertThat(listener.problems()).isEmpty();
    }

    @Test
    void aPortInUseLeavesTheOldOneOpen() throws Exception {
        open();
        int before = port();
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            open("port", String.valueOf(other.getLocalPort()));
            assertThat(listener.problems()).hasSize(1);
            try (RawClient client = RawClient.connect(before, peer)) {
                assertThat(client.echoes("hello")).isTrue();
            }
        }
    }

    @Test
    void thePortThatTheSystemChoseCanBeSettledUpon() {
        open("port", "0");
        int chosen = port();
        open("port", String.valueOf(chosen));
        assertThat(listener.problems()).isEmpty();
        assertThat(listener.status().open()).isTrue();
        assertThat(port()).isEqualTo(chosen);
    }

    @Test
    void anAddressOfAnotherMachineIsNamed() {
        open("address", "192.0.2.1");
        assertThat(listener.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.key()).isEqualTo("address");
            assertThat(problem.rule()).contains("belongs to no interface");
        });
    }

    @Test
    void aBadSettingKeepsTheListenerAsItWas() throws Exception {
        open();
        open("maxConnections", "none");
        assertThat(listener.problems()).singleElement().satisfies(problem -> assertThat(problem.key())
                .isEqualTo("maxConnections"));
        try (RawClient client = RawClient.connect(port(), peer)) {
            assertThat(client.echoes("hello")).isTrue();
        }
    }

    @Test
    void aHostNameThatTheCertificateDoesNotHoldIsRefused() {
        open("hostName", "edge.contoso.example");
        assertThat(listener.status().open()).isFalse();
        assertThat(listener.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.key()).isEqualTo("hostName");
            assertThat(problem.rule()).contains("sip.contoso.example");
        });
    }

    @Test
    void connectionsBeyondTheLimitAreClosedAndCounted() throws Exception {
        open("maxConnections", "2");
        try (RawClient one = RawClient.connect(port(), peer);
                RawClient two = RawClient.connect(port(), peer)) {
            assertRefused(peer);
            assertThat(listener.limitsHit()).containsEntry(Limit.CONNECTIONS, 1L);
            assertThat(one.echoes("hello")).isTrue();
            assertThat(two.echoes("hello")).isTrue();
        }
        await(() -> listener.status().connections() == 0);
        try (RawClient again = RawClient.connect(port(), peer)) {
            assertThat(again.echoes("hello")).isTrue();
        }
    }

    @Test
    void aThousandSilentConnectionsAreBoundedAndHinderNobody() throws Exception {
        open("maxHandshakes", "500", "maxHandshakesPerSecond", "10000", "maxConnectionsPerAddress", "2000");
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 1_000; i++) {
                silent.add(new Socket(InetAddress.getLoopbackAddress(), port()));
            }
            await(() -> listener.limitsHit().getOrDefault(Limit.HANDSHAKES, 0L) == 500);
            assertThat(listener.status().connections()).isEqualTo(500);
            silent.get(0).close();
            await(() -> listener.status().connections() == 499);
            try (RawClient client = RawClient.connect(port(), peer)) {
                assertThat(client.echoes("hello")).isTrue();
            }
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void handshakesBeyondTheRateAreClosedAndCounted() throws Exception {
        open("maxHandshakesPerSecond", "1");
        RawClient.connect(port(), peer).close();
        assertRefused(peer);
        assertThat(listener.limitsHit()).containsEntry(Limit.HANDSHAKE_RATE, 1L);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        RawClient.connect(port(), peer).close();
    }

    @Test
    void aProtocolThatFailsLosesTheConnectionAndNothingElse() throws Exception {
        protocols.remove(echo, Map.of(ConnectionHandler.PROTOCOL, "sip"));
        ConnectionHandler broken = connection -> {
            throw new IllegalStateException("broken on purpose");
        };
        protocols.add(broken, Map.of(ConnectionHandler.PROTOCOL, "sip"));
        open();
        try (RawClient client = RawClient.connect(port(), peer)) {
            assertThatThrownBy(() -> {
                        if (!client.echoes("hello")) {
                            throw new IOException("closed");
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
        protocols.remove(broken, Map.of(ConnectionHandler.PROTOCOL, "sip"));
        protocols.add(echo, Map.of(ConnectionHandler.PROTOCOL, "sip"));
        try (RawClient client = RawClient.connect(port(), peer)) {
            assertThat(client.echoes("hello")).isTrue();
        }
    }

    /** With TLS 1.3 a client learns of its refusal only when it reads. */
    private void assertRefused(OwnCertificate presented) {
        assertThatThrownBy(() -> {
                    try (RawClient client = RawClient.connect(port(), presented)) {
                        if (!client.echoes("hello")) {
                            throw new IOException("closed");
                        }
                    }
                })
                .isInstanceOf(IOException.class);
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private long count(String outcome) {
        LongAdder count = new LongAdder();
        handshakes.collect(new CountingSink(outcome, count));
        return count.sum();
    }

    private record CountingSink(String outcome, LongAdder count) implements MetricSink {
        @Override
        public void counter(String name, String help, double value, String... labels) {
            if (name.equals("drawbridge_tls_handshakes") && labels[labels.length - 1].equals(outcome)) {
                count.add((long) value);
            }
        }

        @Override
        public void gauge(String name, String help, double value, String... labels) {}
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waiting").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
