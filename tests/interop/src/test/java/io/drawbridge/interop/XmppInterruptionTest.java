// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.testbed.Credential;
import io.drawbridge.testbed.DnsServer;
import io.drawbridge.testbed.Eventually;
import io.drawbridge.testbed.FreePorts;
import io.drawbridge.testbed.Leaf;
import io.drawbridge.testbed.Prosody;
import io.drawbridge.testbed.Sipp;
import io.drawbridge.testbed.XmppComponentLink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bad days between a Kamailio as home and a Prosody as partner: each message is delivered once, or its sender is told.
 */
final class XmppInterruptionTest {
    private static final Duration PLAY = Duration.ofMinutes(2);
    private static final String DOMAIN = "chat.example";
    private static final String HOST = "xmpp.chat.example";
    private static final int CONVERSATIONS = 1_000;
    private static final int PER_SECOND = 25;
    private static final Pattern NUMBER = Pattern.compile("Hello number (\\d+)");
    private static final Pattern ACCEPTED =
            Pattern.compile("SIP/2\\.0 200 [^\\r\\n]*\\R(?:[^\\r\\n]+\\R)*?Call-ID: (\\d+)-");

    @TempDir
    private Path directory;

    private final int xmppPort = FreePorts.next();
    private Contoso contoso;
    private Credential credential;
    private Prosody chat;

    @BeforeEach
    void start() {
        contoso = new Contoso(directory, Map.of(), Map.of());
        contoso.identify(
                "outside", contoso.authority().issue(Leaf.of(Contoso.EDGE).alsoNamed(Contoso.DOMAIN)));
        credential = contoso.authority().issue(Leaf.of(DOMAIN));
        chat = chat(directory);
        pointTo(chat);
        contoso.edge()
                .configure(
                        "io.drawbridge.policy.access",
                        "global",
                        Map.of("scope", "global", "enableFederationAccess", true, "enableXmppAccess", true))
                .configure(
                        "io.drawbridge.net.dns",
                        Map.of("servers", "127.0.0.1:" + contoso.dns().port()))
                .configure("io.drawbridge.xmpp.partner", "chat", Map.of("domain", DOMAIN, "partnerType", "Federated"))
                .configure(
                        "io.drawbridge.net.listener",
                        "xmpp",
                        Map.of(
                                "side", "OUTSIDE",
                                "protocol", "xmpp",
                                "address", "127.0.0.1",
                                "port", xmppPort,
                                "identity", "outside"));
        try (XmppComponentLink users = chat.component()) {
            awaitCrossing(users);
        }
    }

    private Prosody chat(Path below) {
        return new Prosody(
                below,
                Prosody.Settings.of(
                                DOMAIN,
                                contoso.dns().port(),
                                credential,
                                contoso.authority().anchorFile())
                        .certificatesOnly()
                        .with("s2s_bidi", "smacks"));
    }

    private void pointTo(Prosody server) {
        contoso.dns()
                .replace(
                        DnsServer.host(Contoso.HOME),
                        DnsServer.host(Contoso.EDGE),
                        DnsServer.host(HOST),
                        DnsServer.xmpp(Contoso.DOMAIN, Contoso.EDGE, xmppPort),
                        DnsServer.xmpp(DOMAIN, HOST, server.port()));
    }

    @AfterEach
    void stop() {
        if (chat != null) {
            chat.close();
        }
        contoso.close();
    }

    /** Bob of the home writes to so many users of the partner; each message must end, however it does. */
    private Sipp writing(String name, int count, int perSecond) {
        return Sipp.calling(
                Contoso.callingPart("message-ender", contoso.home(), name + "-[call_number]@" + DOMAIN, Map.of())
                        .calls(count, perSecond),
                directory);
    }

    private boolean crosses(XmppComponentLink users) {
        try (Sipp bob = writing("probe", 1, 1)) {
            bob.awaitSuccess(PLAY);
            return bob.messages().contains("SIP/2.0 200")
                    && users.rest().stream().anyMatch(stanza -> stanza.contains("probe-1@" + DOMAIN));
        }
    }

    private void awaitCrossing(XmppComponentLink users) {
        Eventually.await("messages to cross", PLAY, () -> crosses(users));
    }

    /** A user of the partner writes, and is told that the message arrived. */
    private static void awaitCrossingBack(XmppComponentLink users) {
        users.send("<message from='carol@" + DOMAIN + "/x' to='auto@" + Contoso.DOMAIN
                + "' id='back'><body>Hello</body><request xmlns='urn:xmpp:receipts'/></message>");
        String answer = users.next(PLAY);
        while (!answer.contains("back")) {
            answer = users.next(PLAY);
        }
        assertThat(answer).contains("<received").doesNotContain("error");
    }

    private static List<Integer> numbers(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> Integer.valueOf(found.group(1)))
                .toList();
    }

    @Test
    void anApplianceKilledAmongAThousandConversationsLosesNoneThatItAcceptedAndRepeatsNone() {
        List<Integer> delivered = new ArrayList<>();
        List<Integer> accepted;
        try (XmppComponentLink users = chat.component();
                Sipp bob = writing("many", CONVERSATIONS, PER_SECOND)) {
            Eventually.await("some to arrive", PLAY, () -> {
                delivered.addAll(numbers(NUMBER, String.join("\n", users.rest())));
                return delivered.size() > CONVERSATIONS / 10;
            });
            contoso.edge().process().kill();
            contoso.edge().start();
            int before = delivered.size();
            awaitCrossingOf(users, delivered, before);
            bob.awaitSuccess(PLAY);
            delivered.addAll(numbers(NUMBER, String.join("\n", users.rest())));
            accepted = numbers(ACCEPTED, bob.messages());
        }
        assertThat(delivered).doesNotHaveDuplicates().containsAll(accepted);
        assertThat(accepted).doesNotHaveDuplicates().hasSizeBetween(CONVERSATIONS / 10, CONVERSATIONS - 1);
    }

    private static void awaitCrossingOf(XmppComponentLink users, List<Integer> delivered, int before) {
        Eventually.await("the rest to arrive", PLAY, () -> {
            delivered.addAll(numbers(NUMBER, String.join("\n", users.rest())));
            return delivered.size() > before + 1;
        });
    }

    @Test
    void whatLeftButWasNotAcknowledgedWhenItsStreamDiedIsAnErrorForItsSenderAndIsNotRepeated() {
        int lost = 20;
        double before = sent();
        chat.process().freeze();
        try (Sipp bob = writing("lost", lost, lost)) {
            Eventually.await("the stanzas to leave", PLAY, () -> sent() == before + lost);
            chat.process().kill();
            bob.awaitSuccess(PLAY);
            assertThat(bob.messages()).contains("SIP/2.0 504").doesNotContain("SIP/2.0 200");
        }
        chat.restart();
        try (XmppComponentLink users = chat.component()) {
            List<String> heard = new ArrayList<>();
            Eventually.await("messages to cross again", PLAY, () -> {
                try (Sipp bob = writing("after", 1, 1)) {
                    bob.awaitSuccess(PLAY);
                    heard.addAll(users.rest());
                    return bob.messages().contains("SIP/2.0 200");
                }
            });
            assertThat(heard).noneMatch(stanza -> stanza.contains("lost-"));
            awaitCrossingBack(users);
        }
    }

    private double sent() {
        return contoso.edge().metric("drawbridge_xmpp_stanzas_sent_total", "kind=\"message\"");
    }

    @Test
    void aPartnerWhoseNewCertificateIsForServersOnlyGoesOnBothWays() throws IOException {
        replaceCertificate(Leaf.of(DOMAIN).purposes(Leaf.Purpose.SERVER));
        try (XmppComponentLink users = chat.component()) {
            awaitCrossingBack(users);
            awaitCrossing(users);
        }
    }

    @Test
    void aPartnerThatMovedIsFoundWhereDnsSaysThatItIsNow() {
        Prosody old = chat;
        chat = chat(directory.resolve("moved"));
        pointTo(chat);
        old.close();
        try (XmppComponentLink users = chat.component()) {
            awaitCrossing(users);
            awaitCrossingBack(users);
        }
    }

    @Test
    void aCertificateThatIsNotValidYetIsNotTrustedAndTheSenderIsToldUntilItIs() throws IOException {
        Instant now = Instant.now();
        replaceCertificate(Leaf.of(DOMAIN).valid(now.plus(Duration.ofHours(1)), now.plus(Duration.ofDays(30))));
        try (Sipp bob = writing("early", 3, 3)) {
            bob.awaitSuccess(PLAY);
            assertThat(bob.messages()).contains("SIP/2.0 50").doesNotContain("SIP/2.0 200");
        }
        assertThat(contoso.edge().shell("drawbridge:trace --json --domain " + DOMAIN))
                .contains("CERTIFICATE_NOT_TRUSTED");
        replaceCertificate(Leaf.of(DOMAIN));
        try (XmppComponentLink users = chat.component()) {
            awaitCrossingBack(users);
            awaitCrossing(users);
            assertThat(users.rest()).noneMatch(stanza -> stanza.contains("early-"));
        }
    }

    @Test
    void aPartnerWhoseClockIsAheadIsHeardAllTheSame() {
        try (XmppComponentLink users = chat.component()) {
            users.send("<message from='carol@" + DOMAIN + "/x' to='auto@" + Contoso.DOMAIN
                    + "' id='ahead'><body>Hello</body><delay xmlns='urn:xmpp:delay' from='" + DOMAIN
                    + "' stamp='2099-01-01T00:00:00Z'/><request xmlns='urn:xmpp:receipts'/></message>");
            String answer = users.next(PLAY);
            while (!answer.contains("ahead")) {
                answer = users.next(PLAY);
            }
            assertThat(answer).contains("<received").doesNotContain("error");
        }
    }

    private void replaceCertificate(Leaf leaf) throws IOException {
        Credential rolled = contoso.authority().issue(leaf);
        Files.copy(rolled.certificateFile(), credential.certificateFile(), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(rolled.keyFile(), credential.keyFile(), StandardCopyOption.REPLACE_EXISTING);
        chat.restart();
    }
}
