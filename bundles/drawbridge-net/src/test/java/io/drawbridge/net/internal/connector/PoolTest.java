// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.directory.PeerStatus;
import io.drawbridge.api.directory.PeerStatus.State;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.Side;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.net.connection.ConnectException;
import io.drawbridge.net.connection.Connection;
import io.drawbridge.net.connection.ConnectionHandler;
import io.drawbridge.net.connection.Destination;
import io.drawbridge.net.connection.Destination.Location;
import io.drawbridge.net.connection.PeerCheck;
import io.drawbridge.net.internal.dns.Numbers;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections in parallel, their reuse, their waits and their end. */
@Timeout(60)
class PoolTest {
    @Test
    void nothingIsOpenBeforeSomebodyConnects() throws Exception {
        try (Bench bench = new Bench(List.of())) {
            assertThat(bench.connector.open(Bench.fabrikam(1), 0)).isEmpty();
            assertThat(bench.connector.outgoing()).isEmpty();
        }
    }

    @Test
    void theSameAffinityGetsTheSameConnectionAndOthersTheirOwn() throws Exception {
        try (Bench bench = new Bench(List.of())) {
            Peer peer = bench.peer();
            bench.records(Bench.srv(peer.port()));
            Set<Connection> connections = new HashSet<>();
            for (int affinity = -40; affinity < 40; affinity++) {
                Connection connection = bench.connect(Bench.fabrikam(4), affinity);
                assertThat(bench.connector.open(Bench.fabrikam(4), affinity)).containsSame(connection);
                assertThat(bench.connector.open(Bench.fabrikam(4), affinity + 4))
                        .containsSame(connection);
                connections.add(connection);
            }
            assertThat(connections).hasSize(4);
            Bench.until(() -> peer.handshakes() == 4);
            assertThat(peer.connections()).isEqualTo(4);
        }
    }

    @Test
    void whoeverWaitsSharesOneAttempt() throws Exception {
        try (Bench bench = new Bench(List.of())) {
            Peer peer = bench.peer();
            bench.records(Bench.srv(peer.port()));
            List<CompletableFuture<Connection>> waiting = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                waiting.add(bench.connector.connect(Bench.fabrikam(1), i).toCompletableFuture());
            }
            Set<Connection> connections = new HashSet<>();
            for (CompletableFuture<Connection> one : waiting) {
                connections.add(Bench.get(one));
            }
            assertThat(connections).hasSize(1);
            Bench.until(() -> peer.handshakes() == 1);
            assertThat(peer.connections()).isEqualTo(1);
            assertThat(waiting(bench)).isZero();
        }
    }

    @Test
    void anOpenConnectionIsPromisedOnItsOwnLoop() throws Exception {
        try (Bench bench = new Bench(List.of())) {
            bench.records(Bench.srv(bench.peer().port()));
            for (int i = 0; i < 2; i++) {
                boolean onLoop = Bench.get(bench.connector
                        .connect(Bench.fabrikam(1), 0)
                        .thenApply(
                                connection -> connection.channel().eventLoop().inEventLoop()));
                assertThat(onLoop).isTrue();
            }
        }
    }

    @Test
    void howManyMayWaitIsBounded() throws Exception {
        try (Bench bench = new Bench(List.of(), "maxWaitingPerDestination", 3);
                ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            bench.records(Bench.srv(silent.getLocalPort()));
            for (int i = 0; i < 3; i++) {
                assertThat(bench.connector.connect(Bench.fabrikam(1), i).toCompletableFuture())
                        .isNotDone();
            }
            assertThat(bench.refused(Bench.fabrikam(1)).reason()).isEqualTo(Reason.OVERLOADED);
            assertThat(reached(bench, "waiting_per_destination")).isEqualTo(1);
            Bench.until(() -> waiting(bench) == 0);
        }
    }

    @Test
    void howManyDestinationsAreKnownIsBounded() throws Exception {
        try (Bench bench = new Bench(List.of(), "maxDestinations", 1)) {
            Peer peer = bench.peer();
            bench.connect(atAddress(peer, 1), 0);
            assertThat(bench.refused(Bench.fabrikam(1)).reason()).isEqualTo(Reason.OVERLOADED);
            assertThat(reached(bench, "destinations")).isEqualTo(1);
        }
    }

    @Test
    void howManyConnectionsAreOpenIsBounded() throws Exception {
        try (Bench bench = new Bench(List.of(), "maxConnections", 1)) {
            Peer peer = bench.peer();
            bench.records(Bench.srv(peer.port()));
            bench.connect(Bench.fabrikam(1), 0);
            assertThat(bench.refused(atAddress(peer, 1)).reason()).isEqualTo(Reason.OVERLOADED);
            assertThat(reached(bench, "connections")).isEqualTo(1);

            peer.dropConnections();
            // Its place is given back when its channel has closed, which is after it is seen to be gone.
            Bench.until(() -> number(bench, "drawbridge_connector_connections") == 0);
            bench.now = bench.now.plusSeconds(60);
            assertThat(bench.connect(atAddress(peer, 1), 0).channel().isActive())
                    .isTrue();
        }
    }

    /** RFC 5626 section 4.5: waits grow between attempts, and are spread by chance. */
    @Test
    void aDestinationThatFailedIsLeftAloneForAGrowingWhile() throws Exception {
        try (Bench bench = new Bench(List.of())) {
            bench.records(Bench.srv(freePort()));
            long wait = 1000;
            for (int failures = 1; failures <= 8; failures++) {
                assertThat(bench.refused(Bench.fabrikam(1))).message().doesNotContain("next attempt");
                bench.now = bench.now.plusMillis(wait * 3 / 4 - 1);
                assertThat(bench.refused(Bench.fabrikam(1))).hasMessageContaining("the next attempt is in");
                bench.now = bench.now.plusMillis(wait / 4 + 2);
                wait = Math.min(2 * wait, 30_000);
            }
            PeerStatus status = bench.connector.outgoing().get(0);
            assertThat(status.state()).isEqualTo(State.DOWN);
            assertThat(status.why()).contains(Bench.HOST);
        }
    }

    @Test
    void trafficRecoversSoonAfterThePeerReturns() throws Exception {
        try (Bench bench = new Bench(List.of())) {
            int port = freePort();
            bench.records(Bench.srv(port));
            assertThat(bench.refused(Bench.fabrikam(1)).reason()).isEqualTo(Reason.UNREACHABLE);
            bench.peer(bench.authority.issue(Bench.HOST), port);

            bench.now = bench.now.plusSeconds(1);

            assertThat(bench.connect(Bench.fabrikam(1), 0).channel().isActive()).isTrue();
            assertThat(bench.connector.outgoing().get(0).state()).isEqualTo(State.UP);
        }
    }

    @Test
    void aSlotWithoutConnectionBorrowsWhileMakingOneFails() throws Exception {
        try (Bench bench = new Bench(List.of())) {
            Peer peer = bench.peer();
            bench.records(Bench.srv(peer.port()));
            Connection first = bench.connect(Bench.fabrikam(2), 0);
            bench.records(Bench.srv(freePort()));

            assertThat(bench.connect(Bench.fabrikam(2), 1)).isSameAs(first);
            assertThat(bench.connector.open(Bench.fabrikam(2), 1)).containsSame(first);
        }
    }

    @Test
    void aSlotWithoutConnectionBorrowsWhileMakingOneTakesLong() throws Exception {
        try (Bench bench = new Bench(Duration.ofMillis(100), List.of(), "tlsTimeoutMillis", 15_000);
                ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            bench.records(Bench.srv(bench.peer().port()));
            Connection first = bench.connect(Bench.fabrikam(2), 0);
            bench.records(Bench.srv(silent.getLocalPort()));
            long before = System.nanoTime();

            assertThat(bench.connect(Bench.fabrikam(2), 1)).isSameAs(first);

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void aConnectionIsOnlyHandedToWhoAcceptsItsPeer() throws Exception {
        try (Bench bench = new Bench(List.of())) {
            Peer peer = bench.peer();
            bench.records(Bench.srv(peer.port()));
            PeerCheck demanding = (identity, host) -> Optional.of("the key is not pinned");
            Connection connection = bench.connect(Bench.fabrikam(1), 0);

            assertThat(bench.connector.open(Bench.fabrikam(demanding, 1), 0)).isEmpty();
            ConnectException refused = bench.refused(Bench.fabrikam(demanding, 1));
            assertThat(refused.reason()).isEqualTo(Reason.CERTIFICATE_NOT_TRUSTED);
            assertThat(refused).hasMessageContaining("the key is not pinned");
            assertThat(bench.connector.open(Bench.fabrikam(1), 0)).containsSame(connection);
            // The one who refuses the name waits; the others are not held back by it.
            assertThat(bench.refused(Bench.fabrikam(demanding, 1))).hasMessageContaining("next attempt");
            peer.dropConnections();
            Bench.until(() -> bench.connector.open(Bench.fabrikam(1), 0).isEmpty());
        }
    }

    /** RFC 8446 section 4.4.2.4: the server judges the client's certificate after the client is done. */
    @Test
    void aPeerThatRefusesOurCertificateAfterTheHandshakeCountsAsFailed() throws Exception {
        try (Bench bench = new Bench(List.of())) {
            bench.records(Bench.srv(bench.peerThatRefusesUs().port()));

            bench.connector.connect(Bench.fabrikam(1), 0).exceptionally(failure -> null);

            Bench.until(() -> bench.connector.outgoing().get(0).state() == State.DOWN);
            assertThat(bench.connector.outgoing().get(0).why()).contains("certificate");
            assertThat(bench.refused(Bench.fabrikam(1)).reason()).isEqualTo(Reason.TLS_FAILED);
        }
    }

    @Test
    void aNewOwnCertificateIsForNewConnectionsAndLeavesTheOldAlone() throws Exception {
        try (Bench bench = new Bench(List.of())) {
            bench.records(Bench.srv(bench.peer().port()));
            Connection old = bench.connect(Bench.fabrikam(2), 0);
            bench.own = bench.authority.issue("sip.contoso.example");

            bench.connect(Bench.fabrikam(2), 1);

            assertThat(bench.connector.open(Bench.fabrikam(2), 0)).containsSame(old);
            assertThat(old.channel().isActive()).isTrue();
        }
    }

    @Test
    void aChangeInDnsIsFollowedByNewConnections() throws Exception {
        try (Bench bench = new Bench(List.of())) {
            Peer before = bench.peer();
            Peer after = bench.peer();
            bench.records(Bench.srv(before.port()));
            assertThat(bench.connect(Bench.fabrikam(2), 0).remote().port()).isEqualTo(before.port());
            bench.records(Bench.srv(after.port()));
            assertThat(bench.connect(Bench.fabrikam(2), 1).remote().port()).isEqualTo(after.port());
        }
    }

    @Test
    void idleConnectionsCloseAndTheirDestinationIsForgotten() throws Exception {
        try (Bench bench = new Bench(List.of(), "idleSeconds", 300)) {
            Peer peer = bench.peer();
            bench.records(Bench.srv(peer.port()));
            bench.connect(Bench.fabrikam(1), 0);
            bench.now = bench.now.plusSeconds(299);
            bench.connector.sweep();
            assertThat(bench.connector.open(Bench.fabrikam(1), 0)).isPresent();

            bench.now = bench.now.plusSeconds(301);
            bench.connector.sweep();
            assertThat(bench.connector.open(Bench.fabrikam(1), 0)).isEmpty();
            bench.connector.sweep();
            Bench.until(() -> peer.connections() == 0);
            bench.now = bench.now.plusSeconds(301);
            bench.connector.sweep();
            assertThat(bench.connector.outgoing()).isEmpty();
        }
    }

    @Test
    void aProtocolThatGoesAwayGetsNothingNewButKeepsWhatIsUnderWay() throws Exception {
        try (Bench bench = new Bench(List.of())) {
            Peer peer = bench.peer();
            bench.records(Bench.srv(peer.port()));
            Connection connection = bench.connect(Bench.fabrikam(1), 0);
            bench.protocols.remove(bench.handler, Map.of(ConnectionHandler.PROTOCOL, "sip"));

            bench.connector.drain("sip", Duration.ofMillis(200));

            assertThat(connection.channel().isActive()).isTrue();
            assertThat(bench.connector.open(Bench.fabrikam(1), 0)).isEmpty();
            assertThat(bench.refused(Bench.fabrikam(1)).reason()).isEqualTo(Reason.INTERNAL);
            Bench.until(() -> peer.connections() == 0);
        }
    }

    @Test
    void closingEndsEveryConnectionAndAnswersWhoeverWaits() throws Exception {
        try (Bench bench = new Bench(List.of(), "tlsTimeoutMillis", 15_000);
                ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Peer peer = bench.peer();
            bench.records(Bench.srv(silent.getLocalPort()));
            Connection connection = bench.connect(atAddress(peer, 1), 0);
            CompletableFuture<Connection> waiting =
                    bench.connector.connect(Bench.fabrikam(1), 0).toCompletableFuture();

            bench.connector.close(Duration.ofSeconds(5));

            assertThat(connection.channel().isActive()).isFalse();
            assertThat(waiting).isCompletedExceptionally();
            assertThat(bench.refused(Bench.fabrikam(1)).reason()).isEqualTo(Reason.SHUTTING_DOWN);
        }
    }

    @Test
    void everybodyIsAnsweredWhileConnectionsKeepBreaking() throws Exception {
        try (Bench bench = new Bench(List.of(), "backOffMillis", 10)) {
            Peer peer = bench.peer();
            bench.records(Bench.srv(peer.port()));
            List<CompletableFuture<Connection>> asked = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                asked.add(bench.connector.connect(Bench.fabrikam(4), i).toCompletableFuture());
                if (i % 20 == 19) {
                    peer.dropConnections();
                    bench.now = bench.now.plusSeconds(1);
                }
            }
            for (CompletableFuture<Connection> one : asked) {
                Bench.get(one.exceptionally(failure -> null));
            }
            assertThat(waiting(bench)).isZero();
            // An attempt may outlast those who waited for it.
            Bench.until(() -> {
                peer.dropConnections();
                return number(bench, "drawbridge_connector_connections") == 0;
            });
            bench.now = bench.now.plusSeconds(60);
            assertThat(bench.connect(Bench.fabrikam(4), 0).channel().isActive()).isTrue();
        }
    }

    @Test
    void statesAndNumbersAreReported() throws Exception {
        try (Bench bench = new Bench(List.of())) {
            Peer peer = bench.peer();
            bench.records(Bench.srv(freePort()));
            bench.refused(Bench.fabrikam(1));
            bench.connect(atAddress(peer, 1), 0);

            assertThat(bench.connector.outgoing()).extracting(PeerStatus::state).contains(State.UP, State.DOWN);
            PeerStatus up = bench.connector.outgoing().stream()
                    .filter(status -> status.state() == State.UP)
                    .findFirst()
                    .orElseThrow();
            assertThat(up.address()).isEqualTo("127.0.0.1:" + peer.port());
            assertThat(up.tls()).startsWith("TLSv1.3");
            assertThat(up.certificateExpires()).isPresent();
            Numbers numbers = new Numbers();
            bench.connector.collect(numbers);
            assertThat(numbers.value("drawbridge_connector_attempts", "outside", "sip", "ok"))
                    .isEqualTo(1);
            assertThat(numbers.value("drawbridge_connector_attempts", "outside", "sip", "unreachable"))
                    .isEqualTo(1);
            assertThat(numbers.value("drawbridge_connector_destinations", "up")).isEqualTo(1);
            assertThat(numbers.value("drawbridge_connector_destinations", "down"))
                    .isEqualTo(1);
        }
    }

    private static double waiting(Bench bench) {
        return number(bench, "drawbridge_connector_waiting");
    }

    private static double reached(Bench bench, String limit) {
        return number(bench, "drawbridge_connector_limits_hit", limit);
    }

    private static double number(Bench bench, String name, String... labelValues) {
        Numbers numbers = new Numbers();
        bench.connector.collect(numbers);
        return numbers.value(name, labelValues);
    }

    private static Destination atAddress(Peer peer, int connections) {
        return new Destination(
                "next hop",
                Side.OUTSIDE,
                "sip",
                new Location.Server(new HostPort("127.0.0.1", peer.port())),
                (identity, host) -> Optional.empty(),
                connections);
    }

    private static int freePort() throws Exception {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
