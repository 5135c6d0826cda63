// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.cert.CRLException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RevocationCheckTest {
    private static final Instant NOW = TestAuthority.NOW;

    private final TestAuthority authority = TestAuthority.root("Authority");
    private final AtomicInteger requests = new AtomicInteger();
    private final RevocationDownloads downloads = new RevocationDownloads(new HttpFetch(), InstantSource.fixed(NOW));
    private final LongAdder unknown = new LongAdder();
    private HttpServer web;

    @BeforeEach
    void startWeb() throws IOException {
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.start();
    }

    @AfterEach
    void stopWeb() {
        web.stop(0);
    }

    @Test
    void aListInAFileRevokes() throws Exception {
        OwnCertificate peer = authority.issue("sip.partner.example");
        RevocationCheck soft = check(false, lists(authority.revocationList(peer.leaf())));
        assertThatRefused(soft, peer, HandshakeFailure.REVOKED);
    }

    @Test
    void aListInAFileClears() throws Exception {
        OwnCertificate peer = authority.issue("sip.partner.example");
        assertThatAccepted(check(true, lists(authority.revocationList())), peer);
    }

    @Test
    void aListOfAnotherAuthorityWithTheSameNameSaysNothing() throws Exception {
        OwnCertificate peer = authority.issue("sip.partner.example");
        byte[] forged = TestAuthority.root("Authority").revocationList(peer.leaf());
        RevocationCheck soft = check(false, lists(forged));
        assertThatAccepted(soft, peer);
        assertThat(unknown.sum()).isEqualTo(1);
    }

    @Test
    void unknownStatusPassesWhenSoftAndIsRefusedWhenHard() {
        OwnCertificate peer = authority.issue("sip.partner.example");
        RevocationCheck soft = check(false, List.of());
        assertThatAccepted(soft, peer);
        assertThat(unknown.sum()).isEqualTo(1);
        assertThatRefused(check(true, List.of()), peer, HandshakeFailure.REVOCATION_UNKNOWN);
    }

    @Test
    void aResponderIsAskedOnceAndItsAnswerKept() {
        OwnCertificate peer = authority
                .order("sip.partner.example")
                .ocsp(serve(request -> authority.ocspAnswer(request, false)))
                .issue();
        RevocationCheck hard = check(true, List.of());
        assertThatAccepted(hard, peer);
        assertThatAccepted(hard, peer);
        assertThat(requests).hasValue(1);
    }

    @Test
    void aResponderRevokes() {
        OwnCertificate peer = authority
                .order("sip.partner.example")
                .ocsp(serve(request -> authority.ocspAnswer(request, true)))
                .issue();
        assertThatRefused(check(false, List.of()), peer, HandshakeFailure.REVOKED);
    }

    @Test
    void anAnswerSignedBySomebodyElseSaysNothing() {
        TestAuthority forger = TestAuthority.root("Authority");
        OwnCertificate peer = authority
                .order("sip.partner.example")
                .ocsp(serve(request -> forger.ocspAnswer(request, true)))
                .issue();
        assertThatAccepted(check(false, List.of()), peer);
        assertThatRefused(check(true, List.of()), peer, HandshakeFailure.REVOCATION_UNKNOWN);
    }

    @Test
    void aListIsFetchedFromItsDistributionPointOnce() {
        X509Certificate[] revoked = new X509Certificate[1];
        OwnCertificate peer = authority
                .order("sip.partner.example")
                .distributionPoint(serve(nothing -> authority.revocationList(revoked[0])))
                .issue();
        revoked[0] = peer.leaf();
        RevocationCheck soft = check(false, List.of());
        assertThatRefused(soft, peer, HandshakeFailure.REVOKED);
        assertThatRefused(soft, peer, HandshakeFailure.REVOKED);
        assertThat(requests).hasValue(1);
    }

    @Test
    void aDeadSourceIsAskedOnceAMinuteAtMost() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String uri = "http://127.0.0.1:" + silent.getLocalPort() + "/crl";
            OwnCertificate peer = authority
                    .order("sip.partner.example")
                    .distributionPoint(uri)
                    .issue();
            RevocationCheck soft = check(false, List.of());
            assertThatAccepted(soft, peer);
            long begin = System.nanoTime();
            assertThatAccepted(soft, peer);
            assertThat(System.nanoTime() - begin)
                    .as("nanoseconds of the second check")
                    .isLessThan(1_000_000_000L);
        }
    }

    @Test
    void whatTheSettingsSwitchOffIsNotAsked() {
        OwnCertificate peer = authority
                .order("sip.partner.example")
                .ocsp(serve(request -> authority.ocspAnswer(request, true)))
                .distributionPoint(serve(nothing -> authority.revocationList()))
                .issue();
        RevocationCheck offline =
                new RevocationCheck(new RevocationCheck.Settings(false, List.of(), false, false), downloads, unknown);
        assertThatAccepted(offline, peer);
        assertThat(requests).hasValue(0);
    }

    private RevocationCheck check(boolean hard, List<X509CRL> lists) {
        return new RevocationCheck(new RevocationCheck.Settings(hard, lists, true, true), downloads, unknown);
    }

    private static List<X509CRL> lists(byte[] encoded) throws CRLException {
        return CertificateFiles.revocationLists(encoded);
    }

    private void assertThatAccepted(RevocationCheck check, OwnCertificate peer) {
        assertThatCode(() -> check.require(List.of(peer.leaf(), authority.certificate()), NOW))
                .doesNotThrowAnyException();
    }

    private void assertThatRefused(RevocationCheck check, OwnCertificate peer, HandshakeFailure cause) {
        assertThatThrownBy(() -> check.require(List.of(peer.leaf(), authority.certificate()), NOW))
                .isInstanceOfSatisfying(UntrustedCertificate.class, refused -> assertThat(refused.failure())
                        .isEqualTo(cause));
    }

    /** Serves one document, and returns its address. */
    private String serve(UnaryOperator<byte[]> answer) {
        String path = "/" + requests.hashCode() + "-" + web.hashCode() + "-" + answer.hashCode();
        web.createContext(path, exchange -> {
            requests.incrementAndGet();
            byte[] body = answer.apply(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        return "http://127.0.0.1:" + web.getAddress().getPort() + path;
    }
}
