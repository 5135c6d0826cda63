// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.drawbridge.api.configuration.Settings;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.PeerIdentity;
import io.drawbridge.api.model.Side;
import io.drawbridge.net.connection.ConnectException;
import io.drawbridge.net.connection.Connection;
import io.drawbridge.net.connection.ConnectionHandler;
import io.drawbridge.net.connection.Destination;
import io.drawbridge.net.connection.Destination.Location;
import io.drawbridge.net.connection.PeerCheck;
import io.drawbridge.net.internal.connection.Handshakes;
import io.drawbridge.net.internal.connection.OpenConnections;
import io.drawbridge.net.internal.connection.ProtocolHandlers;
import io.drawbridge.net.internal.dns.DnsComponent;
import io.drawbridge.net.internal.loops.EventLoops;
import io.drawbridge.net.internal.tls.AddressRanges;
import io.drawbridge.net.internal.tls.ClientCredentials;
import io.drawbridge.net.internal.tls.ClientTls;
import io.drawbridge.net.internal.tls.OwnCertificate;
import io.drawbridge.net.internal.tls.PeerCertificate;
import io.drawbridge.net.internal.tls.PeerTrust;
import io.drawbridge.net.internal.tls.Revocation;
import io.drawbridge.net.internal.tls.ServerTls;
import io.drawbridge.net.internal.tls.TestAuthority;
import io.drawbridge.net.internal.tls.TlsIdentity;
import io.drawbridge.net.internal.tls.TlsProfile;
import io.drawbridge.net.internal.tls.TlsSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A connector with real loops, DNS and TLS, and with time and names in the test's hand. */
final class Bench implements AutoCloseable {
    static final DomainName FABRIKAM = DomainName.of("fabrikam.example");
    static final String HOST = "sip.fabrikam.example";
    private static final TlsSettings TLS =
            new TlsSettings(TlsProfile.MODERN, AddressRanges.NONE, PeerCertificate.DEMANDED, Duration.ofSeconds(10));

    final TestAuthority authority = TestAuthority.root("Authority");
    final List<Connection> taken = new CopyOnWriteArrayList<>();
    final ProtocolHandlers protocols = new ProtocolHandlers();
    final ConnectionHandler handler = taken::add;
    final PooledConnector connector;
    volatile Instant now = TestAuthority.NOW;
    volatile OwnCertificate own = authority.issue("sip.contoso.example");

    private final ExecutorService handshaking = Executors.newFixedThreadPool(2);
    private final EventLoops loops = new EventLoops();
    private final DnsComponent dns;
    private final List<Peer> peers = new ArrayList<>();

    /** Takes DNS records and settings of the connector as key, value, key, value. */
    Bench(List<String> records, Object... keysAndValues) throws Exception {
        this(Duration.ofSeconds(30), records, keysAndValues);
    }

    /** Does the same with users that wait only so long while another connection would do. */
    Bench(Duration patience, List<String> records, Object... keysAndValues) throws Exception {
        Map<String, Object> settings = new HashMap<>(Map.of("tcpTimeoutMillis", 500, "tlsTimeoutMillis", 1500));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            settings.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        dns = new DnsComponent(Map.of("servers", "127.0.0.1:1", "overrides", records));
        protocols.add(handler, Map.of(ConnectionHandler.PROTOCOL, "sip"));
        ConnectorSettings read =
                ConnectorSettings.of(Settings.read(ConnectorConfig.class, ConnectorConfig.PID, settings)
                        .value());
        ConnectorCounters counters = new ConnectorCounters();
        ConnectionMaker maker = new ConnectionMaker(
                new ConnectionMaker.Collaborators(
                        loops, dns, (side, protocol) -> credentials(), new OpenConnections(), protocols),
                new Dialer(loops, new Handshakes()),
                () -> read,
                () -> now,
                counters);
        connector = new PooledConnector(new PooledConnector.Shared(
                maker, loops, () -> read, patience, () -> now, new Random(7), new Budget(), counters));
    }

    static List<String> srv(int... ports) {
        List<String> records = new ArrayList<>(List.of(HOST + " A 127.0.0.1"));
        for (int i = 0; i < ports.length; i++) {
            records.add("_sipfederationtls._tcp.fabrikam.example SRV " + (i + 1) * 10 + " 0 " + ports[i] + " " + HOST);
        }
        return records;
    }

    void records(List<String> records) {
        dns.configure(Map.of("servers", "127.0.0.1:1", "overrides", records));
    }

    /** Starts a peer with a certificate for its right name. */
    Peer peer() throws Exception {
        return peer(authority.issue(HOST), 0);
    }

    Peer peer(OwnCertificate certificate, int port) throws Exception {
        Peer peer = new Peer(loops, new ServerTls(identity(certificate), TLS), port);
        peers.add(peer);
        return peer;
    }

    /** Starts a peer that trusts another authority than this appliance's. */
    Peer peerThatRefusesUs() throws Exception {
        PeerTrust others = new PeerTrust(
                Set.of(TestAuthority.root("Other").certificate()), Revocation.OFF, () -> now, handshaking);
        Peer peer = new Peer(loops, new ServerTls(new TlsIdentity(authority.issue(HOST), others), TLS), 0);
        peers.add(peer);
        return peer;
    }

    static Destination fabrikam(int connections) {
        return fabrikam(namesHost(), connections);
    }

    static Destination fabrikam(PeerCheck check, int connections) {
        return new Destination(
                "fabrikam.example (SRV)",
                Side.OUTSIDE,
                "sip",
                new Location.FederationSrv(FABRIKAM),
                check,
                connections);
    }

    static PeerCheck namesHost() {
        return Bench::names;
    }

    private static Optional<String> names(PeerIdentity identity, String host) {
        return identity.namesHost(host) ? Optional.empty() : Optional.of("the certificate does not name " + host);
    }

    Connection connect(Destination destination, int affinity) throws Exception {
        return get(connector.connect(destination, affinity));
    }

    ConnectException refused(Destination destination) {
        Throwable thrown = catchThrowable(() -> connect(destination, 0));
        assertThat(thrown).isInstanceOf(ExecutionException.class);
        return (ConnectException) thrown.getCause();
    }

    static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private ClientCredentials credentials() {
        try {
            return new ClientTls(identity(own), TLS).announcing(new HostPort("sip.contoso.example", 5061));
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }

    private TlsIdentity identity(OwnCertificate certificate) {
        return new TlsIdentity(
                certificate, new PeerTrust(Set.of(authority.certificate()), Revocation.OFF, () -> now, handshaking));
    }

    @Override
    public void close() {
        connector.close(Duration.ofSeconds(5));
        for (Peer peer : peers) {
            peer.close();
        }
        dns.close();
        loops.close();
        handshaking.shutdownNow();
    }
}
