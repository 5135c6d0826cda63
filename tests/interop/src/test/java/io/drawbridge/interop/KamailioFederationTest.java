// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.testbed.DnsServer;
import io.drawbridge.testbed.Eventually;
import io.drawbridge.testbed.KamailioDomain;
import io.drawbridge.testbed.Leaf;
import io.drawbridge.testbed.Sipp;
import io.drawbridge.testbed.TestAuthority;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kamailio as home, Kamailio as partner, users who speak the Lync dialect, Drawbridge between them. */
final class KamailioFederationTest {
    private static final Duration PLAY = Duration.ofSeconds(60);
    private static final String BOB = "bob@contoso.example";
    private static final String ANN = "ann@fabrikam.example";

    @TempDir
    private static Path directory;

    @AutoClose
    private static Contoso contoso;

    private static KamailioDomain fabrikam;

    @BeforeAll
    static void start() {
        contoso = new Contoso(directory, Map.of(), Map.of());
        fabrikam = contoso.partner("fabrikam.example");
        contoso.allow("fabrikam.example");
        contoso.allow("no-record.example");
        contoso.allow("mismatch.example");
        contoso.allowByHost("hosted.example");
        contoso.allow("impostor.example");
        contoso.allow("stranger.example");
        contoso.edge()
                .configure("io.drawbridge.federation.blocked", "litware.example", Map.of("domain", "litware.example"));
        Eventually.await(
                "the allowed domains to act",
                PLAY,
                () -> contoso.messageEnded("200", contoso.home(), "auto@fabrikam.example", Map.of()));
    }

    @Test
    void messagesGoOut() {
        try (Sipp ann = contoso.answering("message-answerer", fabrikam);
                Sipp bob = contoso.calling("message-caller", contoso.home(), ANN, Map.of())) {
            bob.awaitSuccess(PLAY);
            ann.awaitSuccess(PLAY);
        }
    }

    @Test
    void messagesComeInWithTheirHeadersAsTheyWereSent() {
        try (Sipp bob = contoso.answering("message-answerer", contoso.home());
                Sipp ann = contoso.calling("message-caller", fabrikam, BOB, Map.of())) {
            ann.awaitSuccess(PLAY);
            bob.awaitSuccess(PLAY);
            assertThat(bob.messages())
                    .contains("From: \"Ann Ügly\"<sip:ann@fabrikam.example>;tag=1f;epid=0a1b2c3d4e\r\n")
                    .contains("Content-Type: text/plain; charset=UTF-8;msgr=WAAtTQBNAFMA\r\n");
        }
    }

    /** MS-SIPRE 2.2.15: the edge says how far a message from outside is trusted, and nobody else does. */
    @Test
    void whatThePartnerClaimsAboutItsOwnTrustStaysOutside() {
        String claim = "ms-edge-proxy-message-trust: ms-source-type=InternetUser;ms-source-verified-user=verified";
        try (Sipp bob = contoso.answering("message-answerer", contoso.home());
                Sipp ann = contoso.calling("message-caller", fabrikam, BOB, Map.of("header", claim))) {
            ann.awaitSuccess(PLAY);
            bob.awaitSuccess(PLAY);
            assertThat(bob.messages())
                    .contains("ms-source-type=AutoFederation")
                    .contains("ms-source-network=federation")
                    .doesNotContain("InternetUser");
        }
    }

    @Test
    void anImSessionIsHeldFromInside() {
        try (Sipp ann = contoso.answering("session-answerer", fabrikam);
                Sipp bob = contoso.calling("session-caller", contoso.home(), ANN, Map.of())) {
            bob.awaitSuccess(PLAY);
            ann.awaitSuccess(PLAY);
        }
    }

    @Test
    void anImSessionIsHeldFromOutside() {
        try (Sipp bob = contoso.answering("session-answerer", contoso.home());
                Sipp ann = contoso.calling("session-caller", fabrikam, BOB, Map.of())) {
            ann.awaitSuccess(PLAY);
            bob.awaitSuccess(PLAY);
        }
    }

    @Test
    void presenceIsWatchedFromInside() {
        try (Sipp ann = contoso.answering("presence-notifier", fabrikam);
                Sipp bob = contoso.calling("presence-watcher", contoso.home(), ANN, Map.of())) {
            bob.awaitSuccess(PLAY);
            ann.awaitSuccess(PLAY);
        }
    }

    @Test
    void presenceIsWatchedFromOutside() {
        try (Sipp bob = contoso.answering("presence-notifier", contoso.home());
                Sipp ann = contoso.calling("presence-watcher", fabrikam, BOB, Map.of())) {
            ann.awaitSuccess(PLAY);
            bob.awaitSuccess(PLAY);
        }
    }

    @Test
    void anUnknownUserIsThePartnersToRefuse() {
        contoso.messageEnds("404", contoso.home(), "nobody@fabrikam.example");
        contoso.messageEnds("404", fabrikam, "nobody@contoso.example");
    }

    @Test
    void aBlockedDomainIsForbiddenBothWays() {
        KamailioDomain litware = contoso.partner("litware.example");
        assertThat(contoso.messageEnds("403", contoso.home(), "auto@litware.example"))
                .contains("ms-diagnostics: 1002;");
        assertThat(contoso.messageEnds("403", litware, "auto@contoso.example")).doesNotContain("ms-diagnostics");
    }

    @Test
    void aDomainOnNoListIsForbiddenBothWaysWhileDiscoveryIsOff() {
        KamailioDomain unlisted = contoso.partner("unlisted.example");
        assertThat(contoso.messageEnds("403", contoso.home(), "auto@unlisted.example"))
                .contains("ms-diagnostics: 1002;");
        assertThat(contoso.messageEnds("403", unlisted, "auto@contoso.example")).doesNotContain("ms-diagnostics");
    }

    @Test
    void aDomainWithoutAFederationRecordCannotBeReached() {
        assertThat(contoso.messageEnds("504", contoso.home(), "auto@no-record.example"))
                .contains("ms-diagnostics: 1008;");
    }

    /** Interworking 1.8, 1.9: the host must lie in the domain, or its certificate name the domain itself. */
    @Test
    void aRecordThatLeadsOutOfItsDomainNeedsACertificateOfTheDomain() {
        contoso.world()
                .publish(DnsServer.federation(
                        "mismatch.example",
                        "sip.fabrikam.example",
                        fabrikam.settings().tlsPort()));
        assertThat(contoso.messageEnds("504", contoso.home(), "auto@mismatch.example"))
                .contains("ms-diagnostics: 1010;");
    }

    /** Interworking 1.8: "A mismatch is refused with 504 and diagnostics id 1009." */
    @Test
    void aRecordThatLeadsOutOfItsDomainIsNotFollowedWhereTheHostMustStandForIt() {
        contoso.world()
                .publish(DnsServer.federation(
                        "hosted.example",
                        "sip.fabrikam.example",
                        fabrikam.settings().tlsPort()));
        assertThat(contoso.messageEnds("504", contoso.home(), "auto@hosted.example"))
                .contains("ms-diagnostics: 1009;");
    }

    @Test
    void aServerWithAnothersCertificateIsTrustedInNeitherDirection() {
        KamailioDomain impostor = contoso.partner(
                "impostor.example", contoso.world().authority().issue(Leaf.of("sip.somebody-else.example")));
        assertThat(contoso.messageEnds("504", contoso.home(), "auto@impostor.example"))
                .contains("ms-diagnostics: 1010;");
        contoso.messageEnds("403", impostor, "auto@contoso.example");
    }

    @Test
    void aServerOfAnUnknownAuthorityIsNotEvenHeard() {
        TestAuthority foreign = new TestAuthority("Test CA", directory.resolve("foreign-ca"));
        KamailioDomain stranger = contoso.partner("stranger.example", foreign.issue(Leaf.of("sip.stranger.example")));
        assertThat(contoso.messageEnds("504", contoso.home(), "auto@stranger.example"))
                .contains("ms-diagnostics: 1010;");
        try (Sipp ann = contoso.calling("message-ender", stranger, "auto@contoso.example", Map.of())) {
            ann.awaitSuccess(PLAY);
            assertThat(ann.messages()).doesNotContain("SIP/2.0 200");
        }
    }

    @Test
    void aPartnerSpeaksForItsOwnDomainOnly() {
        for (String borrowed : new String[] {"eve@impostor.example", "eve@contoso.example"}) {
            contoso.messageEnds("403", fabrikam, "auto@contoso.example", Map.of("from", borrowed));
        }
    }

    @Test
    void outsideNeverReachesOutside() {
        contoso.messageEnds("404", fabrikam, "auto@litware.example");
    }
}
