// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.Receipt;
import io.drawbridge.testbed.Credential;
import io.drawbridge.testbed.Leaf;
import io.drawbridge.testbed.Specified;
import io.drawbridge.testbed.TestAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions of RFC 4975 and RFC 7573 over the real listener and real TLS sockets. */
class MsrpOverTlsTest {
    private static final String EDGE = "edge.corp.example";
    private static final String ROMEO = "romeo.corp.example";

    @TempDir
    private static Path directory;

    private static TestAuthority authority;
    private static Credential edgeCertificate;
    private static Credential romeos;
    private MsrpEdge edge;
    private Scene scene;

    @BeforeAll
    static void certify() {
        authority = new TestAuthority("Test CA", directory.resolve("ca"));
        edgeCertificate = authority.issue(Leaf.of(EDGE));
        romeos = authority.issue(Leaf.of(ROMEO));
    }

    @BeforeEach
    void start() throws Exception {
        edge = new MsrpEdge(edgeCertificate, authority.anchorFile(), ROMEO);
        scene = edge.scene;
    }

    @AfterEach
    void stop() {
        edge.close();
    }

    private static String sdp(int port, String more) {
        return MsrpTalk.SDP.replace("msrps://10.0.0.1:2855", "msrps://" + ROMEO + ":" + port) + more;
    }

    /** Romeo's client invites, and connects to the gateway as RFC 4975 section 5.4 has it. */
    private MsrpClient invited(String[] gateway) throws IOException {
        String accepted = scene.invites(sdp(2855, ""));
        gateway[0] = MsrpTalk.path(accepted);
        assertThat(gateway[0]).startsWith("msrps://" + EDGE + ":" + edge.port + "/");
        return MsrpClient.to(EDGE, edge.port, romeos, authority.anchorFile());
    }

    private static String send(String to, String transaction, String range, String text, String flag) {
        return "MSRP " + transaction + " SEND\nTo-Path: " + to + "\nFrom-Path: msrps://" + ROMEO
                + ":2855/rom30;tcp\nMessage-ID: m1\nByte-Range: " + range
                + "\nSuccess-Report: yes\nContent-Type: text/plain\n\n" + text + "\n-------" + transaction + flag
                + "\n";
    }

    @Test
    @Specified(
            document = "RFC 4975",
            section = "5.4",
            requirement = "Over TLS, an invitation is accepted and the one who offered connects")
    @Specified(
            document = "RFC 7573",
            section = "7",
            requirement = "Over TLS, a receipt of the other network is a success report")
    void whatTheHomesUserSaysInChunksIsOneMessageAndItsReceiptAReport() throws Exception {
        String[] gateway = new String[1];
        try (MsrpClient romeo = invited(gateway)) {
            romeo.writes(send(gateway[0], "t001", "1-3/5", "Hel", "+"));
            romeo.writes(send(gateway[0], "t002", "4-5/5", "lo", "$"));
            edge.until("the message", () -> !scene.events.isEmpty());
            assertThat(romeo.reads()).startsWith("MSRP t001 200");
            assertThat(romeo.reads()).startsWith("MSRP t002 200");
            assertThat(scene.event(Event.Said.class).message().bodies().get(0).text())
                    .isEqualTo("Hello");

            scene.deliver(new Event.Acknowledged(
                    Scene.BALCONY, Scene.ANY_ROMEO, "T1", new Receipt("m1", Receipt.Kind.DELIVERED)));
            assertThat(romeo.reads())
                    .contains(" REPORT\r\n")
                    .contains("Status: 000 200 OK")
                    .contains("1-5/5");

            CompletableFuture<DeliveryOutcome> outcome = scene.says("Hi, Romeo");
            String frame = romeo.reads();
            assertThat(MsrpClient.content(frame)).isEqualTo("Hi, Romeo");
            romeo.answers(frame, "200 OK");
            edge.until("the outcome", outcome::isDone);
            assertThat(outcome).isCompletedWithValue(new DeliveryOutcome.Delivered());
        }
    }

    @Test
    @Specified(
            document = "RFC 4975",
            section = "5.4",
            requirement = "Over TLS, a session whose connection is lost is over")
    void whoLeavesLosesItsConnectionAndWhoLosesItsConnectionLeaves() throws Exception {
        String[] gateway = new String[1];
        try (MsrpClient romeo = invited(gateway)) {
            romeo.writes(send(gateway[0], "t001", "1-2/2", "Hi", "$"));
            edge.until("the message", () -> !scene.events.isEmpty());
            assertThat(romeo.reads()).startsWith("MSRP t001 200");
        }
        edge.until("the end of the session", scene::hasNews);
        scene.gets("BYE ");
        assertThat(scene.agent.msrpEnds()).isZero();
    }

    @Test
    @Specified(
            document = "RFC 4975",
            section = "5.1",
            requirement = "Over TLS, a message of more than 2048 octets goes in chunks")
    void theFirstMessageOpensASessionAndGoesInChunksOverTls() throws Exception {
        scene.with("messageMode", "MSRP");
        String text = "x".repeat(3000) + "y".repeat(2000);
        try (ServerSocket server = MsrpClient.listening(romeos, authority.anchorFile())) {
            CompletableFuture<DeliveryOutcome> outcome = scene.says(text);
            String invite = scene.gets("INVITE sip:romeo@corp.example");
            scene.accepts(invite, sdp(server.getLocalPort(), ""));
            CompletableFuture<MsrpClient> accepted = accepting(server);
            edge.until("the connection", () -> scene.agent.msrpEnds() == 1 && accepted.isDone());
            try (MsrpClient romeo = accepted.join()) {
                StringBuilder whole = new StringBuilder();
                CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> readAll(romeo, text.length(), whole));
                edge.until("the outcome", outcome::isDone);
                reader.join();
                assertThat(outcome).isCompletedWithValue(new DeliveryOutcome.Delivered());
                assertThat(whole).hasToString(text);
                scene.hangsUp(invite);
                assertThat(romeo.hasEnded()).isTrue();
            }
        }
    }

    @Test
    @Specified(
            document = "RFC 8122",
            section = "5",
            requirement = "Over TLS, a certificate whose hash is not the one of the description ends the connection")
    void whoShowsAnotherCertificateThanTheDescriptionsHearsNothing() throws Exception {
        scene.with("messageMode", "MSRP");
        try (ServerSocket server = MsrpClient.listening(romeos, authority.anchorFile())) {
            CompletableFuture<DeliveryOutcome> outcome = scene.says("Secret");
            String wrong = fingerprint(edgeCertificate);
            scene.accepts(scene.gets("INVITE "), sdp(server.getLocalPort(), "a=fingerprint:" + wrong + "\n"));
            CompletableFuture<MsrpClient> accepted = accepting(server);
            edge.until("the outcome", outcome::isDone);

            assertThat(outcome.join()).isInstanceOf(DeliveryOutcome.Failed.class);
            scene.gets("BYE ");
            try (MsrpClient romeo = accepted.join()) {
                assertThat(romeo.hasEnded()).isTrue();
            }
        }
    }

    @Test
    @Specified(
            document = "RFC 8122",
            section = "5",
            requirement = "Over TLS, the hash in the description stands in for an authority")
    void whoShowsTheCertificateOfTheDescriptionNeedsNoAuthority() throws Exception {
        Credential own = new TestAuthority("Another CA", directory.resolve("other")).issue(Leaf.of("anything.example"));
        scene.with("messageMode", "MSRP");
        try (ServerSocket server = MsrpClient.listening(own, authority.anchorFile())) {
            CompletableFuture<DeliveryOutcome> outcome = scene.says("Hi");
            scene.accepts(
                    scene.gets("INVITE "), sdp(server.getLocalPort(), "a=fingerprint:" + fingerprint(own) + "\n"));
            CompletableFuture<MsrpClient> accepted = accepting(server);
            edge.until("the connection", accepted::isDone);
            try (MsrpClient romeo = accepted.join()) {
                CompletableFuture<Void> reader =
                        CompletableFuture.runAsync(() -> readAll(romeo, 2, new StringBuilder()));
                edge.until("the outcome", outcome::isDone);
                reader.join();
            }
            assertThat(outcome).isCompletedWithValue(new DeliveryOutcome.Delivered());
        }
    }

    private static String fingerprint(Credential credential) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256")
                .digest(credential.certificate().getEncoded());
        return "SHA-256 " + HexFormat.ofDelimiter(":").withUpperCase().formatHex(hash);
    }

    private static CompletableFuture<MsrpClient> accepting(ServerSocket server) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return MsrpClient.of(server);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void readAll(MsrpClient romeo, int octets, StringBuilder whole) {
        try {
            while (whole.length() < octets) {
                String chunk = romeo.reads();
                whole.append(MsrpClient.content(chunk));
                romeo.answers(chunk, "200 OK");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
