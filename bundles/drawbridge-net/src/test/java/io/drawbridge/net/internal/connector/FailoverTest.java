// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.policy.Reason;
import io.drawbridge.net.connection.ConnectException;
import io.drawbridge.net.connection.Connection;
import io.drawbridge.net.internal.tls.TestAuthority;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which server of a destination is taken when others fail. */
@Timeout(60)
class FailoverTest {
    @Test
    void theServerOfTheLowestPriorityNumberIsTaken() throws Exception {
        try (Bench bench = new Bench(List.of())) {
            Peer first = bench.peer();
            bench.records(Bench.srv(first.port(), bench.peer().port()));

            Connection connection = bench.connect(Bench.fabrikam(1), 0);

            assertThat(connection.remote().port()).isEqualTo(first.port());
            assertThat(connection.remote().host()).isEqualTo("127.0.0.1");
            assertThat(connection.accepted()).isFalse();
            assertThat(connection.peerName()).isEqualTo("fabrikam.example (SRV)");
            assertThat(connection.peer().orElseThrow().dnsNames()).contains(Bench.HOST);
            assertThat(bench.taken).containsExactly(connection);
        }
    }

    @Test
    void aServerThatRefusesIsPassedOver() throws Exception {
        try (Bench bench = new Bench(List.of())) {
            assertSecondTaken(bench, freePort());
        }
    }

    @Test
    void aServerThatHangsInTcpIsPassedOver() throws Exception {
        try (Bench bench = new Bench(List.of());
                ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Socket> filling = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                filling.add(new Socket(InetAddress.getLoopbackAddress(), full.getLocalPort()));
            }
            assertSecondTaken(bench, full.getLocalPort());
            for (Socket one : filling) {
                one.close();
            }
        }
    }

    @Test
    void aServerThatHangsInTlsIsPassedOver() throws Exception {
        try (Bench bench = new Bench(List.of());
                ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            assertSecondTaken(bench, silent.getLocalPort());
        }
    }

    @Test
    void aServerWithTheWrongNameIsPassedOver() throws Exception {
        try (Bench bench = new Bench(List.of())) {
            assertSecondTaken(
                    bench,
                    bench.peer(bench.authority.issue("sip.other.example"), 0).port());
        }
    }

    @Test
    void aServerOfAnUnknownAuthorityIsPassedOver() throws Exception {
        try (Bench bench = new Bench(List.of())) {
            TestAuthority stranger = TestAuthority.root("Stranger");
            assertSecondTaken(bench, bench.peer(stranger.issue(Bench.HOST), 0).port());
        }
    }

    @Test
    void aServerWithoutAddressIsPassedOver() throws Exception {
        try (Bench bench = new Bench(List.of())) {
            Peer good = bench.peer();
            List<String> records = new ArrayList<>(Bench.srv(good.port()));
            records.add("_sipfederationtls._tcp.fabrikam.example SRV 1 0 5061 nowhere.fabrikam.example");
            records.add("nowhere.fabrikam.example SRV 1 0 5061 x.example");
            bench.records(records);

            assertThat(bench.connect(Bench.fabrikam(1), 0).remote().port()).isEqualTo(good.port());
        }
    }

    @Test
    void anAddressFamilyThatLeadsNowhereIsPassedOver() throws Exception {
        try (Bench bench = new Bench(List.of())) {
            Peer good = bench.peer();
            List<String> records = Bench.srv(good.port());
            records.add(Bench.HOST + " AAAA ::1");
            bench.records(records);

            assertThat(bench.connect(Bench.fabrikam(1), 0).remote().host()).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void theWholeAttemptEndsInTime() throws Exception {
        try (Bench bench = new Bench(List.of(), "tlsTimeoutMillis", 15_000, "totalTimeoutMillis", 700);
                ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            bench.records(Bench.srv(silent.getLocalPort()));
            long before = System.nanoTime();

            assertThat(bench.refused(Bench.fabrikam(1)))
                    .hasMessageContaining("no connection within 700 ms")
                    .hasMessageContaining(Bench.HOST);

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void aServerThatFailedIsTriedLastForAWhile() throws Exception {
        try (Bench bench = new Bench(List.of())) {
            int down = freePort();
            Peer second = bench.peer();
            bench.records(Bench.srv(down, second.port()));
            bench.connect(Bench.fabrikam(1), 0);
            Peer first = bench.peer(bench.authority.issue(Bench.HOST), down);

            dropAndForget(bench, second);
            assertThat(bench.connect(Bench.fabrikam(1), 0).remote().port()).isEqualTo(second.port());

            bench.now = bench.now.plusSeconds(31);
            dropAndForget(bench, second);
            assertThat(bench.connect(Bench.fabrikam(1), 0).remote().port()).isEqualTo(first.port());
        }
    }

    @Test
    void aServerThatFailedIsStillTheLastResort() throws Exception {
        try (Bench bench = new Bench(List.of())) {
            int down = freePort();
            Peer second = bench.peer();
            bench.records(Bench.srv(down, second.port()));
            bench.connect(Bench.fabrikam(1), 0);
            bench.peer(bench.authority.issue(Bench.HOST), down);

            bench.now = bench.now.plusSeconds(5);
            second.close();
            Bench.until(() -> bench.connector.open(Bench.fabrikam(1), 0).isEmpty());
            assertThat(bench.connect(Bench.fabrikam(1), 0).remote().port()).isEqualTo(down);
        }
    }

    /** RFC 3263 section 4.3: a server that answered 503 is left for another. */
    @Test
    void aServerItsProtocolAvoidsIsLeftForAnother() throws Exception {
        try (Bench bench = new Bench(List.of())) {
            Peer first = bench.peer();
            Peer second = bench.peer();
            bench.records(Bench.srv(first.port(), second.port()));
            Connection overloaded = bench.connect(Bench.fabrikam(1), 0);

            bench.connector.avoid(overloaded, Duration.ofSeconds(30));

            assertThat(bench.connector.open(Bench.fabrikam(1), 0)).isEmpty();
            assertThat(bench.connect(Bench.fabrikam(1), 0).remote().port()).isEqualTo(second.port());
            assertThat(overloaded.channel().isActive()).isTrue();
        }
    }

    @Test
    void anAvoidedServerIsUsedOnWhenThereIsNoOther() throws Exception {
        try (Bench bench = new Bench(List.of())) {
            Peer only = bench.peer();
            bench.records(Bench.srv(only.port()));
            Connection connection = bench.connect(Bench.fabrikam(1), 0);

            bench.connector.avoid(connection, Duration.ofSeconds(30));

            assertThat(bench.connect(Bench.fabrikam(1), 0)).isSameAs(connection);
            assertThat(bench.connector.open(Bench.fabrikam(1), 0)).containsSame(connection);
            // The client ends a TLS 1.3 handshake before the server does.
            Bench.until(() -> only.handshakes() == 1);
            assertThat(only.connections()).isEqualTo(1);
        }
    }

    @Test
    void theReasonSaysAtWhichStageTheLastServerFailed() throws Exception {
        try (Bench bench = new Bench(List.of());
                ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            assertReason(bench, freePort(), Reason.UNREACHABLE);
            assertReason(bench, silent.getLocalPort(), Reason.TLS_FAILED);
            Peer wrongName = bench.peer(bench.authority.issue("sip.other.example"), 0);
            assertReason(bench, wrongName.port(), Reason.CERTIFICATE_NOT_TRUSTED);
            Peer expired = bench.peer(
                    bench.authority
                            .order(Bench.HOST)
                            .valid(bench.now.minusSeconds(100), bench.now.minusSeconds(50))
                            .issue(),
                    0);
            assertReason(bench, expired.port(), Reason.CERTIFICATE_NOT_TRUSTED);
            bench.records(List.of("_sipfederationtls._tcp.fabrikam.example SRV 0 0 0 ."));
            bench.now = bench.now.plusSeconds(60);
            assertThat(bench.refused(Bench.fabrikam(1)).reason()).isEqualTo(Reason.NO_FEDERATION_RECORD);
            bench.records(List.of());
            bench.now = bench.now.plusSeconds(60);
            assertThat(bench.refused(Bench.fabrikam(1)).reason()).isEqualTo(Reason.DNS_FAILED);
        }
    }

    private static void assertReason(Bench bench, int port, Reason reason) {
        bench.records(Bench.srv(port));
        bench.now = bench.now.plusSeconds(60);
        ConnectException refused = bench.refused(Bench.fabrikam(1));
        assertThat(refused.reason()).as(refused.getMessage()).isEqualTo(reason);
        assertThat(refused).hasMessageContaining(Bench.HOST);
    }

    private static void assertSecondTaken(Bench bench, int firstPort) throws Exception {
        Peer second = bench.peer();
        bench.records(Bench.srv(firstPort, second.port()));
        assertThat(bench.connect(Bench.fabrikam(1), 0).remote().port()).isEqualTo(second.port());
    }

    private static void dropAndForget(Bench bench, Peer peer) {
        bench.now = bench.now.plusSeconds(5);
        peer.dropConnections();
        Bench.until(() -> bench.connector.outgoing().get(0).connections() == 0);
    }

    private static int freePort() throws Exception {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
