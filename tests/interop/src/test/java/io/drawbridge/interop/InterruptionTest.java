// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.testbed.Credential;
import io.drawbridge.testbed.Eventually;
import io.drawbridge.testbed.KamailioDomain;
import io.drawbridge.testbed.Leaf;
import io.drawbridge.testbed.Sipp;
import io.drawbridge.testbed.load.IdlePeers;
import io.drawbridge.testbed.load.LoadMessage;
import io.drawbridge.testbed.load.LoadResult;
import io.drawbridge.testbed.load.LoadTls;
import io.drawbridge.testbed.load.SipLoad;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bad days: whatever breaks in the middle, every request has exactly one final response, nothing arrives twice, and
 * those who have nothing to do with it do not notice.
 */
final class InterruptionTest {
    private static final Duration PLAY = Duration.ofSeconds(60);
    private static final int ANSWER_SECONDS = 8;
    private static final Duration ANSWER = Duration.ofSeconds(ANSWER_SECONDS + 4);
    /** Less than who waits for the frozen one would take, and more than a busy machine of two processors adds. */
    private static final Duration UNDISTURBED = Duration.ofSeconds(4);

    private static final String LOAD_HOST = "sip.load.example";

    @TempDir
    private static Path directory;

    @AutoClose
    private static Contoso contoso;

    private static KamailioDomain fabrikam;

    @AutoClose
    private static SipLoad load;

    @BeforeAll
    static void start() {
        contoso = new Contoso(
                directory,
                Map.of("nonInviteSeconds", ANSWER_SECONDS),
                // Five thousand come in a few seconds; by default such a rush is turned away.
                Map.of("maxHandshakesPerSecond", 10_000, "maxHandshakes", 5_000));
        fabrikam = contoso.partner("fabrikam.example");
        contoso.allow("fabrikam.example");
        contoso.allow("northwind.example");
        contoso.allow("expired.example");
        contoso.allow("late.example");
        contoso.edge()
                .configure(
                        "io.drawbridge.federation.allowed",
                        "load",
                        Map.of("domain", LoadMessage.domain(0), "proxyFqdn", LOAD_HOST));
        load = new SipLoad(target(), loadTls(), ANSWER);
        load.connect(4);
        Eventually.await(
                "the configuration to act",
                PLAY,
                () -> offer(20, Duration.ofMillis(200)).loss() == 0);
    }

    private static SipLoad.Target target() {
        return new SipLoad.Target(
                contoso.outsidePort(), Contoso.EDGE, LoadMessage.ofDomains(LOAD_HOST, 1, "auto@contoso.example"));
    }

    private static LoadTls loadTls() {
        return LoadTls.of(
                contoso.world().authority().issue(Leaf.of(LOAD_HOST)),
                contoso.world().authority().anchorFile());
    }

    @Test
    void aHomeKilledInTheMiddleLeavesNoRequestWithoutAnAnswer() {
        CompletableFuture<LoadResult> running = CompletableFuture.supplyAsync(() -> offer(200, Duration.ofSeconds(6)));
        Eventually.elapse(Duration.ofSeconds(2));
        contoso.home().process().kill();
        Eventually.elapse(Duration.ofSeconds(1));
        contoso.home().restart();
        LoadResult result = running.join();
        assertThat(result.missing()).isZero();
        assertThat(result.duplicates()).isZero();
        assertThat(result.disconnects()).isZero();
        assertThat(result.refused()).isPositive();
        assertThat(result.answered()).isPositive();
        Eventually.await(
                "the home to be used again",
                PLAY,
                () -> offer(50, Duration.ofMillis(200)).loss() == 0);
    }

    @Test
    void aPartnerKilledInTheMiddleLeavesNoRequestWithoutAnAnswer() {
        try (Sipp bob = ending(fabrikam, 200, 100)) {
            Eventually.await("some messages", PLAY, () -> bob.successes() > 20);
            fabrikam.process().kill();
            bob.awaitSuccess(PLAY);
            assertThat(bob.messages()).contains("SIP/2.0 200").contains("SIP/2.0 504");
        }
        fabrikam.restart();
        Eventually.await("the partner to be used again", PLAY, () -> {
            try (Sipp bob = ending(fabrikam, 1, 1)) {
                bob.awaitSuccess(PLAY);
                return bob.messages().contains("SIP/2.0 200");
            }
        });
    }

    @Test
    void aFrozenPartnerDelaysNobodyElseAndItsRequestsAreAnsweredInTime() {
        KamailioDomain northwind = contoso.partner("northwind.example");
        try (Sipp first = ending(northwind, 1, 1)) {
            first.awaitSuccess(PLAY);
            assertThat(first.messages()).contains("SIP/2.0 200");
        }
        northwind.process().freeze();
        try (Sipp waiting = ending(northwind, 50, 50)) {
            LoadResult others = offer(200, Duration.ofSeconds(3));
            assertThat(others.loss()).isZero();
            assertThat(others.percentile(99)).isLessThan(UNDISTURBED);
            waiting.awaitSuccess(ANSWER.plusSeconds(5));
            assertThat(waiting.messages()).contains("SIP/2.0 504").doesNotContain("SIP/2.0 200");
        } finally {
            northwind.process().thaw();
        }
    }

    @Test
    void deadNameServersStopOnlyWhatMustBeLookedUpAnew() {
        contoso.world().dns().process().freeze();
        try {
            assertThat(offer(100, Duration.ofSeconds(1)).loss()).isZero();
            assertThat(contoso.messageEnds("504", contoso.home(), "auto@late.example"))
                    .contains("ms-diagnostics: 1008;");
        } finally {
            contoso.world().dns().process().thaw();
        }
    }

    @Test
    void aCertificateReplacedInFlightIsShownToNewPeersAndDisturbsNoneOfTheOldOnes() {
        Credential renewed = contoso.world().authority().issue(Leaf.of(Contoso.EDGE));
        CompletableFuture<LoadResult> running = CompletableFuture.supplyAsync(() -> offer(100, Duration.ofSeconds(5)));
        contoso.identify("outside", renewed);
        Eventually.await("the new certificate", PLAY, () -> shown().equals(renewed.certificate()));
        LoadResult result = running.join();
        assertThat(result.loss()).isZero();
        assertThat(result.disconnects()).isZero();
    }

    private static X509Certificate shown() {
        try (SipLoad visitor = new SipLoad(target(), loadTls())) {
            visitor.connect(1);
            return visitor.serverCertificate();
        }
    }

    @Test
    void aPartnerWhoseCertificateHasExpiredIsNotTrusted() {
        Instant now = Instant.now();
        Leaf leaf = Leaf.of("sip.expired.example").valid(now.minus(Duration.ofDays(9)), now.minus(Duration.ofDays(1)));
        contoso.partner("expired.example", contoso.world().authority().issue(leaf));
        assertThat(contoso.messageEnds("504", contoso.home(), "auto@expired.example"))
                .contains("ms-diagnostics: 1010;");
    }

    @Test
    void fiveThousandIdlePeersDelayNobody() {
        try (IdlePeers idle = new IdlePeers(contoso.outsidePort(), Contoso.EDGE, loadTls())) {
            CompletableFuture<LoadResult> running =
                    CompletableFuture.supplyAsync(() -> offer(100, Duration.ofSeconds(15)));
            idle.open(3_000, IdlePeers.Patience.AFTER_HANDSHAKE);
            idle.open(1_000, IdlePeers.Patience.WITHIN_REQUEST);
            idle.open(1_000, IdlePeers.Patience.BEFORE_HANDSHAKE);
            LoadResult result = running.join();
            assertThat(idle.refused()).isZero();
            assertThat(result.loss()).isZero();
            assertThat(result.disconnects()).isZero();
            assertThat(result.percentile(99)).isLessThan(UNDISTURBED);
        }
    }

    private static LoadResult offer(double perSecond, Duration time) {
        synchronized (load) {
            return load.offer(perSecond, time);
        }
    }

    /** The home's user sends so many messages to a partner's automatic user; each must end, however it does. */
    private static Sipp ending(KamailioDomain partner, int count, double rate) {
        String recipient = KamailioDomain.AUTO + "@" + partner.settings().domain();
        return Sipp.calling(
                Contoso.callingPart("message-ender", contoso.home(), recipient, Map.of())
                        .calls(count, rate),
                contoso.directory());
    }
}
