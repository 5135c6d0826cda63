// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.interop;

import static io.drawbridge.interop.ChatPartner.PLAY;
import static io.drawbridge.interop.PresencePlay.ALICE;
import static io.drawbridge.interop.PresencePlay.presence;
import static io.drawbridge.interop.PresencePlay.subscriptions;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.testbed.ChildProcess;
import io.drawbridge.testbed.Eventually;
import io.drawbridge.testbed.FreePorts;
import io.drawbridge.testbed.Sipp;
import io.drawbridge.testbed.XmppComponentLink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk under the whole appliance is full: nothing is written any more, neither to the ledger nor to the log. */
final class FullDiskTest {
    /** The first page of a file is still written, and nothing behind it. */
    private static final long PAGE = 4_096;

    /** In which the ledger tries again a few times. */
    private static final Duration AWHILE = Duration.ofSeconds(3);

    private static final Duration PAUSE = Duration.ofMillis(500);

    @TempDir
    private static Path directory;

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
                        Map.of("partnerRequestsPerMinute", 100_000, "senderRequestsPerMinute", 1_000));
        int xmppPort = FreePorts.next();
        contoso.publishXmpp(xmppPort);
        chat = new ChatPartner(contoso, "chat.example");
        contoso.listenForXmpp(xmppPort);
        play = new PresencePlay(contoso);
    }

    @Test
    void messagesCrossQuestionsWaitHealthSaysSoAndNothingThatWasGrantedIsLost() {
        ChildProcess appliance = contoso.edge().process();
        try (XmppComponentLink users = chat.users();
                Sipp alice = play.shown("open")) {
            chat.awaitCrossing(users);
            awaitGranted(users, "early");
            appliance.limitFiles(PAGE);
            try {
                assertQuestionsFailForNow(users);
                Eventually.elapse(AWHILE);
                awaitHealth("ledger cannot be used since");
                assertThat(contoso.edge().health()).contains("check disk and database of io.drawbridge.ledger");
                chat.awaitCrossing(users);
                assertSees(users, "early");
            } finally {
                appliance.unlimitFiles();
            }
            awaitGranted(users, "late");
            awaitHealth("ledger is open");
            awaitWatched(alice);
            Eventually.await("everything to be written", PLAY, play::isWritten);
        }
        double held = play.granted();
        assertThat(held).isGreaterThanOrEqualTo(2);
        appliance.kill();
        contoso.edge().start();
        try (XmppComponentLink users = chat.users();
                Sipp alice = play.shown("open")) {
            chat.awaitCrossing(users);
            assertSees(users, "early");
            assertSees(users, "late");
            assertThat(play.granted()).isEqualTo(held);
            awaitWatched(alice);
        }
    }

    private static void assertQuestionsFailForNow(XmppComponentLink users) {
        AtomicInteger attempts = new AtomicInteger();
        Eventually.await("a question to fail", PLAY, () -> asked(users, "waits" + attempts.incrementAndGet())
                .contains("type='error'"));
        assertThat(users.heard("<presence", "type='error'"))
                .allMatch(answer -> answer.has("type='wait'", "resource-constraint"));
    }

    private static void awaitHealth(String finding) {
        Eventually.await(
                "health to say: " + finding, PLAY, () -> contoso.edge().health().contains(finding));
    }

    /** Returns what a contact hears that asks to see Alice. */
    private static String asked(XmppComponentLink users, String contact) {
        users.send(presence("subscribe", contact));
        Eventually.await("an answer to " + contact, PLAY, () -> !users.heard("<presence", "to='" + contact + "@")
                .isEmpty());
        return users.heard("<presence", "to='" + contact + "@").get(0).stanza();
    }

    private static void awaitGranted(XmppComponentLink users, String contact) {
        Eventually.await(contact + " to be let see Alice", PLAY, () -> {
            users.send(presence("subscribe", contact));
            Eventually.elapse(PAUSE);
            return !users.heard("type='subscribed'", "to='" + contact + "@").isEmpty();
        });
    }

    private static void awaitWatched(Sipp alice) {
        Eventually.await(
                "Alice to be watched for both", PLAY, () -> subscriptions(alice).count() >= 2);
    }

    private static void assertSees(XmppComponentLink users, String contact) {
        int before = users.heard().size();
        users.send(presence("probe", contact));
        Eventually.await(contact + " to see Alice", PLAY, () -> users.heard().stream()
                .skip(before)
                .anyMatch(heard -> heard.has("<presence", "from='" + ALICE + "/", "to='" + contact + "@")));
        assertThat(users.heard("to='" + contact + "@", "unsubscribed")).isEmpty();
    }
}
