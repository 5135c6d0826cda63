// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scenes that later have the appliance in the middle, played without it: what fails here is the testbed's fault. */
final class KamailioDomainTest {
    private static final Duration PLAY = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private KamailioDomain contoso;
    private KamailioDomain fabrikam;

    @BeforeEach
    void startTwoDomains() {
        TestAuthority authority = new TestAuthority("Test CA", directory.resolve("ca"));
        KamailioDomain.Settings at = KamailioDomain.Settings.of("fabrikam.example", "sip.fabrikam.example", 0)
                .with("ann");
        KamailioDomain.Settings other = KamailioDomain.Settings.of(
                        "contoso.example", "pool.contoso.example", at.tlsPort())
                .with("bob");
        contoso = new KamailioDomain(other, directory, authority.issue(Leaf.of(other.host())), authority.anchorFile());
        fabrikam = new KamailioDomain(
                at.wayOut(other.tlsPort()), directory, authority.issue(Leaf.of(at.host())), authority.anchorFile());
    }

    @AfterEach
    void stop() {
        fabrikam.close();
        contoso.close();
    }

    @Test
    void messagesCross() {
        try (Sipp bob = answering("message-answerer");
                Sipp ann = calling("message-caller", Map.of("header", "Subject: test", "expect", "200"))) {
            ann.awaitSuccess(PLAY);
            bob.awaitSuccess(PLAY);
            assertThat(bob.messages()).contains("Hello number 1");
        }
    }

    @Test
    void theAutomaticUserAnswersByItself() {
        Map<String, String> keys = Map.of(
                "from",
                "ann@fabrikam.example",
                "to",
                "auto@contoso.example",
                "header",
                "Subject: test",
                "expect",
                "200");
        Sipp.Part part = Sipp.Part.of(
                "message-caller", fabrikam.portOf("ann"), fabrikam.settings().userPort(), keys);
        try (Sipp ann = Sipp.calling(part.calls(20, 200), directory)) {
            ann.awaitSuccess(PLAY);
            assertThat(ann.successes()).isEqualTo(20);
        }
    }

    @Test
    void anImSessionIsHeldInOneDialog() {
        try (Sipp bob = answering("session-answerer");
                Sipp ann = calling("session-caller", Map.of())) {
            ann.awaitSuccess(PLAY);
            bob.awaitSuccess(PLAY);
        }
    }

    @Test
    void presenceIsWatched() {
        try (Sipp bob = answering("presence-notifier");
                Sipp ann = calling("presence-watcher", Map.of())) {
            ann.awaitSuccess(PLAY);
            bob.awaitSuccess(PLAY);
        }
    }

    @Test
    void aKilledDomainComesBackOnTheSamePorts() {
        contoso.process().kill();
        contoso.restart();
        messagesCross();
    }

    private Sipp answering(String scenario) {
        return Sipp.answering(
                Sipp.Part.of(
                        scenario,
                        contoso.portOf("bob"),
                        contoso.settings().userPort(),
                        Map.of("own", "bob@contoso.example", "entity", "sip:bob@contoso.example", "basic", "open")),
                directory);
    }

    private Sipp calling(String scenario, Map<String, String> keys) {
        Map<String, String> all = new java.util.HashMap<>(keys);
        all.put("from", "ann@fabrikam.example");
        all.put("to", "bob@contoso.example");
        return Sipp.calling(
                Sipp.Part.of(
                        scenario, fabrikam.portOf("ann"), fabrikam.settings().userPort(), all),
                directory);
    }
}
