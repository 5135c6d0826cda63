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
import io.drawbridge.testbed.Tunnel;
import io.drawbridge.testbed.XmppComponentLink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
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
    private static final System.Logger LOG = System.getLogger("interop");
    private static final Duration PLAY = Duration.ofMinutes(2);
    private static final String DOMAIN = "chat.example";
    private static final String HOST = "xmpp.chat.example";
    private static final int CONVERSATIONS = 1_000;
    private static final int PER_SECOND = 25;
    private static final Pattern NUMBER = Pattern.compile("Hello number (\\d+)");
    private static final Pattern ACCEPTED =
            Pattern.compile("SIP/2\\.0 200 [^\\r\\n]*\\R(?:[^\\r\\n]+\\R)*?Call-ID: (\\d+)-");

    private static final Pattern RETURNED = Pattern.compile("<message(?=[^>]*type='error')[^>]*id='n(\\d+)'");

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
        pointTo(server.port(), xmppPort);
    }

    private void pointTo(int chatPort, int edgePort) {
        contoso.dns()
                .replace(
                        DnsServer.host(Contoso.HOME),
                        DnsServer.host(Contoso.EDGE),
                        DnsServer.host(HOST),
                        DnsServer.xmpp(Contoso.DOMAIN, Contoso.EDGE, edgePort),
                        DnsServer.xmpp(DOMAIN, HOST, chatPort));
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

    /** Neither side is told that the connection is no more; what is silent too long is dead. */
    @Test
    void aHalfOpenConnectionIsFoundOutInTimeAndWhatWasLostOnItIsToldAndNotRepeated() {
        chat.restart();
        try (Tunnel there = Tunnel.to(chat.port());
                Tunnel back = Tunnel.to(xmppPort)) {
            pointTo(there.port(), back.port());
            try (XmppComponentLink users = chat.component()) {
                awaitCrossing(users);
                there.swallow();
                back.swallow();
                long begun = System.nanoTime();
                try (Sipp bob = writing("lost", 5, 5)) {
                    bob.awaitSuccess(PLAY);
                    assertThat(bob.messages()).contains("SIP/2.0 504").doesNotContain("SIP/2.0 200");
                }
                Duration told = Duration.ofNanos(System.nanoTime() - begun);
                LOG.log(
                        System.Logger.Level.INFO,
                        "told after {0} s that a half-open connection took nothing",
                        told.toMillis() / 1e3);
                // 32 seconds are what a delivery may take (RFC 3261 timer F); the rest is this machine's.
                assertThat(told).isLessThan(Duration.ofSeconds(45));
                awaitCrossing(users);
                assertThat(users.rest()).noneMatch(stanza -> stanza.contains("lost-"));
                awaitCrossingBack(users);
            }
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

    /** Files of the appliance cannot grow beyond what the ledger's has now, as if the disk were full. */
    private void fillDisk(boolean full) throws IOException, InterruptedException {
        String most = full
                ? Long.toString(Files.size(contoso.edge().home().resolve("data/ledger/ledger.mv.db")))
                : "unlimited";
        List<Long> family = contoso.edge()
                .process()
                .process()
                .toHandle()
                .descendants()
                .map(ProcessHandle::pid)
                .toList();
        for (long pid : family.isEmpty() ? List.of(contoso.edge().process().pid()) : family) {
            Process limiting = new ProcessBuilder(
                            "prlimit", "--pid", Long.toString(pid), "--fsize=" + most + ":unlimited")
                    .inheritIO()
                    .start();
            assertThat(limiting.waitFor()).isZero();
        }
    }

    /** Users of the partner ask to see Bob until something comes of it. */
    private static void asking(String what, XmppComponentLink users, BooleanSupplier done) {
        AtomicInteger number = new AtomicInteger();
        Eventually.await(what, PLAY, () -> {
            users.send("<presence from='" + what.replace(' ', '-') + number.incrementAndGet() + "@" + DOMAIN
                    + "' to='bob@" + Contoso.DOMAIN + "' type='subscribe'/>");
            Eventually.elapse(Duration.ofMillis(200));
            return done.getAsBoolean();
        });
    }

    private double kept() {
        return contoso.edge().metric("drawbridge_ledger_writes_total", "");
    }

    @Test
    void whileTheDiskIsFullMessagesFlowAndQuestionsFailForNow() throws Exception {
        contoso.edge().configure("io.drawbridge.exchange", Map.of("partnerRequestsPerMinute", 100_000));
        try (XmppComponentLink users = chat.component()) {
            asking("questions to be kept", users, () -> kept() > 0);
            fillDisk(true);
            asking("a question to fail for now", users, () -> users.rest().stream()
                    .anyMatch(stanza -> stanza.matches("(?s)<presence.*type='error'.*wait.*resource-constraint.*")
                            || stanza.matches("(?s)<presence.*type='error'.*resource-constraint.*wait.*")));
            assertThat(contoso.edge().shell("drawbridge:trace --json --domain " + DOMAIN))
                    .contains("LEDGER_FAILED");
            awaitCrossing(users);
            awaitCrossingBack(users);
            fillDisk(false);
            double before = kept();
            asking("questions to be kept again", users, () -> kept() > before);
        }
    }

    @Test
    void anApplianceKilledWhileAThousandWriteInLosesNoneWithoutAWordAndRepeatsNone() {
        contoso.edge()
                .configure(
                        "io.drawbridge.exchange",
                        Map.of("partnerMessagesPerSecond", 1_000, "partnerMessageBurst", 10_000));
        List<String> said = new ArrayList<>();
        List<Integer> arrived;
        CompletableFuture<Void> back = new CompletableFuture<>();
        try (XmppComponentLink users = chat.component();
                Sipp bob = Sipp.answering(
                        Contoso.answeringPart("message-answerer", contoso.home())
                                .calls(CONVERSATIONS, PER_SECOND),
                        directory)) {
            for (int number = 1; number <= CONVERSATIONS; number++) {
                users.send("<message from='w" + number + "@" + DOMAIN + "/x' to='bob@" + Contoso.DOMAIN + "' id='n"
                        + number + "'><body>Hello number " + number + "</body></message>");
                if (number == CONVERSATIONS / 2) {
                    contoso.edge().process().kill();
                    back = CompletableFuture.runAsync(contoso.edge()::start);
                } else if (number == CONVERSATIONS * 3 / 4) {
                    back.join();
                    awaitCrossingBack(users);
                }
                Eventually.elapse(Duration.ofMillis(1_000 / PER_SECOND));
            }
            Eventually.await("every message to arrive or to be told of", PLAY, () -> {
                said.addAll(users.rest());
                Set<Integer> known = new HashSet<>(numbers(NUMBER, bob.messages()));
                known.addAll(numbers(RETURNED, String.join("\n", said)));
                return known.size() == CONVERSATIONS;
            });
            arrived = numbers(NUMBER, bob.messages());
        }
        List<Integer> returned = numbers(RETURNED, String.join("\n", said));
        LOG.log(
                System.Logger.Level.INFO,
                "of {0} messages {1} arrived and {2} came back",
                CONVERSATIONS,
                arrived.size(),
                returned.size());
        assertThat(arrived)
                .doesNotHaveDuplicates()
                .anyMatch(number -> number < CONVERSATIONS / 2)
                .contains(CONVERSATIONS);
        assertThat(returned).doesNotHaveDuplicates();
    }
}
