// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.interop;

import static io.drawbridge.interop.ChatPartner.PLAY;
import static io.drawbridge.interop.PresencePlay.presence;
import static io.drawbridge.interop.PresencePlay.subscriptions;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.testbed.Eventually;
import io.drawbridge.testbed.FreePorts;
import io.drawbridge.testbed.Leaf;
import io.drawbridge.testbed.Sipp;
import io.drawbridge.testbed.Tunnel;
import io.drawbridge.testbed.XmppComponentLink;
import io.drawbridge.testbed.XmppComponentLink.Heard;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bad days between a Kamailio as home and a Prosody as partner: each message is delivered once, or its sender is told.
 */
final class XmppInterruptionTest {
    private static final String[] ASKS_FOR_BOB = {"<presence", "type='subscribe'", "from='bob@" + Contoso.DOMAIN};
    private static final System.Logger LOG = System.getLogger("interop");
    private static final int CONVERSATIONS = 1_000;
    private static final int PER_SECOND = 50;
    private static final int CONTACTS = 1_000;
    private static final int REBUILDS_PER_SECOND = 200;
    private static final Pattern NUMBER = Pattern.compile("Hello number (\\d+)");
    private static final Pattern ACCEPTED =
            Pattern.compile("SIP/2\\.0 200 [^\\r\\n]*\\R(?:[^\\r\\n]+\\R)*?Call-ID: (\\d+)-");
    private static final Pattern RETURNED = Pattern.compile("<message(?=[^>]*type='error')[^>]*? id='n(\\d+)'");

    @TempDir
    private static Path directory;

    private static int xmppPort;

    @AutoClose
    private static Contoso contoso;

    @AutoClose
    private static ChatPartner chat;

    private static PresencePlay play;

    @BeforeAll
    static void start() {
        contoso = new Contoso(directory, Map.of(), Map.of());
        contoso.edge()
                .configure(
                        "io.drawbridge.exchange",
                        Map.of(
                                "partnerMessagesPerSecond", 1_000,
                                "partnerRequestsPerMinute", 100_000,
                                "senderRequestsPerMinute", 1_000,
                                "watchesPerPartner", 10_000,
                                "watchesPerUser", 10_000,
                                "rebuildsPerSecond", REBUILDS_PER_SECOND));
        xmppPort = FreePorts.next();
        contoso.publishXmpp(xmppPort);
        chat = new ChatPartner(contoso, "chat.example");
        contoso.listenForXmpp(xmppPort);
        play = new PresencePlay(contoso);
    }

    @BeforeEach
    void awaitGoodDay() {
        try (XmppComponentLink users = chat.users()) {
            chat.awaitCrossing(users);
        }
    }

    private static List<Integer> numbers(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> Integer.valueOf(found.group(1)))
                .toList();
    }

    private static String text(List<Heard> stanzas) {
        return stanzas.stream().map(Heard::stanza).collect(Collectors.joining("\n"));
    }

    @Test
    void anApplianceKilledAmongAThousandConversationsEachWayLosesNoneWithoutAWordAndRepeatsNone() {
        try (XmppComponentLink users = chat.users();
                Sipp alice = Sipp.answering(
                        Contoso.answeringPart("message-answerer", contoso.home(), Contoso.ALICE, Map.of())
                                .calls(CONVERSATIONS, PER_SECOND),
                        directory);
                Sipp bob = chat.writing("many", CONVERSATIONS, PER_SECOND)) {
            CompletableFuture<Void> killed = CompletableFuture.runAsync(() -> {
                Eventually.await(
                        "some to arrive each way",
                        PLAY,
                        () -> users.heard("Hello number ").size() > CONVERSATIONS / 10
                                && alice.successes() > CONVERSATIONS / 10);
                contoso.edge().process().kill();
                contoso.edge().start();
            });
            for (int number = 1; number <= CONVERSATIONS; number++) {
                users.send(ChatPartner.message(
                        "n" + number, "w" + number + "@chat.example", Contoso.ALICE, "Hello number " + number));
                Eventually.elapse(Duration.ofSeconds(1).dividedBy(PER_SECOND));
            }
            killed.join();
            bob.awaitSuccess(PLAY);
            chat.awaitCrossing(users);
            assertEachOnceOrTold(users, bob);
            assertEachBackOnceOrTold(users, alice);
        }
    }

    private static void assertEachOnceOrTold(XmppComponentLink users, Sipp bob) {
        List<Integer> delivered = numbers(NUMBER, text(users.heard("many-")));
        List<Integer> accepted = numbers(ACCEPTED, bob.messages());
        assertThat(delivered).doesNotHaveDuplicates().containsAll(accepted);
        assertThat(accepted).doesNotHaveDuplicates().hasSizeBetween(CONVERSATIONS / 10, CONVERSATIONS - 1);
    }

    /** What was on its way when the appliance died may have arrived before its sender is told that this is not known. */
    private static void assertEachBackOnceOrTold(XmppComponentLink users, Sipp alice) {
        Eventually.await("every message to arrive or to be told of", PLAY, () -> {
            Set<Integer> known = new HashSet<>(numbers(NUMBER, alice.messages()));
            known.addAll(numbers(RETURNED, text(users.heard("type='error'"))));
            return known.size() == CONVERSATIONS;
        });
        List<Integer> arrived = numbers(NUMBER, alice.messages());
        List<Integer> returned = numbers(RETURNED, text(users.heard("type='error'")));
        LOG.log(System.Logger.Level.INFO, "{0} arrived and {1} came back", arrived.size(), returned.size());
        assertThat(arrived).doesNotHaveDuplicates().hasSizeBetween(CONVERSATIONS / 10, CONVERSATIONS - 1);
        assertThat(returned).doesNotHaveDuplicates();
    }

    @Test
    void whatLeftButWasNotAcknowledgedWhenItsStreamDiedIsAnErrorForItsSenderAndIsNotRepeated() {
        int lost = 20;
        double before = sent();
        chat.server().process().freeze();
        try (Sipp bob = chat.writing("lost", lost, lost)) {
            Eventually.await("the stanzas to leave", PLAY, () -> sent() == before + lost);
            chat.server().process().kill();
            bob.awaitSuccess(PLAY);
            assertThat(bob.messages()).contains("SIP/2.0 504").doesNotContain("SIP/2.0 200");
        }
        chat.server().restart();
        try (XmppComponentLink users = chat.users()) {
            chat.awaitCrossing(users);
            assertThat(users.heard("lost-")).isEmpty();
        }
    }

    private static double sent() {
        return contoso.edge().metric("drawbridge_xmpp_stanzas_sent_total", "kind=\"message\"");
    }

    /**
     * Neither end of a connection is told that it is no more: one stream was opened by the appliance, the other by the
     * partner. What was said on them is told by whoever had it, the appliance or the partner's server, and both sides find
     * their way again.
     */
    @Test
    void aConnectionThatFellSilentIsGivenUpInTimeAndWhoWroteMeanwhileIsTold() {
        Duration quiet = Duration.ofSeconds(10);
        try (ChatPartner called = new ChatPartner(contoso, "called.example", it -> it.asksAfter(quiet));
                ChatPartner calling = new ChatPartner(contoso, "calling.example", it -> it.asksAfter(quiet));
                Tunnel there = Tunnel.to(called.server().port());
                Tunnel back = Tunnel.to(xmppPort);
                XmppComponentLink calledUsers = called.users();
                XmppComponentLink callingUsers = calling.users()) {
            called.publish(there.port());
            contoso.publishXmpp(back.port());
            calling.awaitCrossing(callingUsers);
            awaitOpened(called, calledUsers);
            there.fallSilent();
            back.fallSilent();
            Instant silent = Instant.now();
            try (Sipp bob = called.writing("lost", 5, 5);
                    Sipp alice = calling.writing(Contoso.ALICE, "lost", 5, 5)) {
                for (String id : List.of("lost1", "lost2", "lost3")) {
                    calledUsers.send(called.message(id));
                    callingUsers.send(calling.message(id));
                }
                bob.awaitSuccess(PLAY);
                alice.awaitSuccess(PLAY);
                // The home waits 20 seconds, the appliance 28 for the acknowledgement of a stanza: either may tell.
                assertThat(bob.messages() + alice.messages())
                        .containsPattern("SIP/2\\.0 (408|504)")
                        .doesNotContain("SIP/2.0 200");
                for (String id : List.of("lost1", "lost2", "lost3")) {
                    assertThat(ChatPartner.answer(calledUsers, id)).contains("type='error'");
                    assertThat(ChatPartner.answer(callingUsers, id)).contains("type='error'");
                }
            }
            Duration told = Duration.between(silent, Instant.now());
            LOG.log(System.Logger.Level.INFO, "all were told after {0} of silence", told);
            assertThat(told).isLessThan(Duration.ofMinutes(1));
            called.awaitCrossing(calledUsers);
            calling.awaitCrossing(callingUsers);
            assertThat(calledUsers.heard("to='lost-")).isEmpty();
            assertThat(callingUsers.heard("to='lost-")).isEmpty();
        } finally {
            contoso.publishXmpp(xmppPort);
        }
    }

    /** The first message goes from here, so that the stream is the appliance's. */
    private static void awaitOpened(ChatPartner partner, XmppComponentLink users) {
        Eventually.await("a stream to " + partner.domain(), PLAY, () -> {
            try (Sipp bob = partner.writing("first", 1, 1)) {
                bob.awaitSuccess(PLAY);
                return bob.messages().contains("SIP/2.0 200");
            }
        });
        partner.assertCrossesBack(users);
    }

    /** Contacts watch Alice, and Bob watches as many contacts. */
    @Test
    void afterTheApplianceDiedWatchesComeBackInPaceNobodyIsAskedAgainAndPresenceIsTrueWithinAMinute() {
        try (XmppComponentLink users = chat.users()) {
            double granted = play.granted();
            try (Sipp alice = play.shown("open");
                    Sipp bob = Sipp.calling(
                            Contoso.callingPart(
                                            "presence-watcher",
                                            contoso.home(),
                                            "watched[call_number]@chat.example",
                                            Map.of())
                                    .calls(CONTACTS, REBUILDS_PER_SECOND),
                            directory)) {
                for (int number = 1; number <= CONTACTS; number++) {
                    users.send(presence("subscribe", "watching" + number));
                }
                answerAll(users);
                bob.awaitSuccess(PLAY);
                Eventually.await(
                        "every right", PLAY, () -> play.granted() == granted + 2 * CONTACTS && play.isWritten());
                assertThat(subscriptions(alice)).hasSizeGreaterThanOrEqualTo(CONTACTS);
            }
            contoso.edge().process().kill();
            int before = users.heard().size();
            try (Sipp alice = play.shown("closed")) {
                contoso.edge().start();
                Instant back = Instant.now();
                Eventually.await(
                        "everybody to see that Alice has gone",
                        PLAY,
                        () -> since(before, users, "type='unavailable'", "to='watching")
                                        .map(XmppInterruptionTest::recipient)
                                        .distinct()
                                        .count()
                                == CONTACTS);
                Duration late = Duration.between(back, Instant.now());
                LOG.log(System.Logger.Level.INFO, "presence was true {0} after the appliance was back", late);
                assertThat(late).isLessThan(Duration.ofMinutes(1));
                Eventually.await(
                        "Bob's contacts to be looked at",
                        PLAY,
                        () -> since(before, users, "type='probe'").count() >= CONTACTS);
                assertThat(since(before, users, "type='probe'")).hasSize(CONTACTS);
                assertThat(since(before, users, "type='subscribe'")).isEmpty();
                List<Instant> times = Stream.concat(
                                since(before, users, "type='probe'").map(Heard::at), subscriptions(alice))
                        .sorted()
                        .toList();
                assertPaced(times);
            }
        }
    }

    /** Each contact lets Bob see it, once it is asked. */
    private static void answerAll(XmppComponentLink users) {
        int answered = 0;
        while (answered < CONTACTS) {
            int next = answered;
            Eventually.await("a question", PLAY, () -> users.heard(ASKS_FOR_BOB).size() > next);
            List<Heard> questions = users.heard(ASKS_FOR_BOB);
            for (Heard question : questions.subList(answered, questions.size())) {
                users.send("<presence type='subscribed' from='" + recipient(question) + "' to='bob@" + Contoso.DOMAIN
                        + "'/>");
            }
            answered = questions.size();
        }
    }

    private static Stream<Heard> since(int before, XmppComponentLink users, String... parts) {
        return users.heard().stream().skip(before).filter(heard -> heard.has(parts));
    }

    private static String recipient(Heard heard) {
        return heard.stanza().replaceAll("(?s).*? to='([^'/]*).*", "$1");
    }

    /** Never more than the budget since the first one, give or take what two seconds allow. */
    private static void assertPaced(List<Instant> times) {
        assertThat(times).hasSizeBetween(2 * CONTACTS, 2 * CONTACTS + PER_SECOND);
        for (int count = 0; count < times.size(); count++) {
            double seconds = Duration.between(times.get(0), times.get(count)).toMillis() / 1e3;
            assertThat((double) count).isLessThanOrEqualTo(REBUILDS_PER_SECOND * (seconds + 2));
        }
    }

    @Test
    void aPartnerWhoseNewCertificateIsForServersOnlyGoesOnBothWays() {
        chat.replaceCertificate(Leaf.of(chat.domain()).purposes(Leaf.Purpose.SERVER));
        try (XmppComponentLink users = chat.users()) {
            chat.assertCrossesBack(users);
            chat.awaitCrossing(users);
        }
    }

    @Test
    void aPartnerThatMovedIsFoundWhereDnsSaysThatItIsNow() {
        chat.move();
        try (XmppComponentLink users = chat.users()) {
            chat.awaitCrossing(users);
        }
    }

    @Test
    void aCertificateThatIsNotValidYetIsNotTrustedAndTheSenderIsToldUntilItIs() {
        Instant now = Instant.now();
        chat.replaceCertificate(
                Leaf.of(chat.domain()).valid(now.plus(Duration.ofHours(1)), now.plus(Duration.ofDays(30))));
        try (Sipp bob = chat.writing("early", 3, 3)) {
            bob.awaitSuccess(PLAY);
            assertThat(bob.messages()).contains("SIP/2.0 50").doesNotContain("SIP/2.0 200");
        }
        assertThat(contoso.edge().shell("drawbridge:trace --json --domain " + chat.domain()))
                .contains("CERTIFICATE_NOT_TRUSTED");
        chat.replaceCertificate(Leaf.of(chat.domain()));
        try (XmppComponentLink users = chat.users()) {
            chat.assertCrossesBack(users);
            chat.awaitCrossing(users);
            assertThat(users.heard("early-")).isEmpty();
        }
    }

    @Test
    void aPartnerWhoseClockIsAheadIsHeardAllTheSame() {
        try (XmppComponentLink users = chat.users()) {
            users.send(
                    chat.message("ahead")
                            .replace(
                                    "</message>",
                                    "<delay xmlns='urn:xmpp:delay' from='chat.example' stamp='2099-01-01T00:00:00Z'/></message>"));
            assertThat(ChatPartner.answer(users, "ahead")).contains("<received").doesNotContain("error");
        }
    }
}
