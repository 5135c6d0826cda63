// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.testbed.Baresip;
import io.drawbridge.testbed.Eventually;
import io.drawbridge.testbed.Prosody;
import io.drawbridge.testbed.XmppUser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users of the embedded home and users of a Prosody, with ordinary clients on both sides, as if they were one network. */
final class XmppFederationTest {
    private static final System.Logger LOG = System.getLogger("interop");
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration TRY = Duration.ofSeconds(3);
    private static final String ALICE = "alice@contoso.example";

    @TempDir
    private static Path directory;

    @AutoClose
    private static World world;

    @AutoClose
    private static Prosody chat;

    @AutoClose
    private static SmallSite contoso;

    @BeforeAll
    static void start() {
        world = new World(directory);
        chat = world.startProsody("chat.example", "bob", "carol", "dave", "erin");
        contoso = new SmallSite(world, "contoso.example", "alice", "chat.example")
                .allowingXmpp()
                .listeningForXmpp();
        contoso.start();
    }

    private static String chat(String id, String text) {
        return "<message to='" + ALICE + "' type='chat' id='" + id + "'><body>" + text + "</body></message>";
    }

    /** Returns once a watcher sees a user come; baresip shows changes only, not the first status. */
    private static void awaitSeen(Baresip watcher, XmppUser user, String address) {
        Iterator<String> turns = Stream.iterate(
                        " type='unavailable'", last -> last.isEmpty() ? " type='unavailable'" : "")
                .iterator();
        Eventually.await(address + " to be seen", PATIENCE, () -> {
            user.sends("<presence" + turns.next() + "/>");
            return watcher.hears(TRY, address + "> changed status", "to Online");
        });
    }

    @Test
    void theyWriteToEachOther() {
        try (XmppUser bob = chat.user("bob");
                Baresip alice = contoso.signedIn("bob@chat.example")) {
            alice.command("message", "Good morning, Bob");
            bob.awaits("<message", "from=\"" + ALICE, "<body>Good morning, Bob</body>");
            bob.sends(chat("m1", "Good morning, &lt;Alice&gt;"));
            alice.awaits("Good morning, <Alice>");
        }
    }

    @Test
    void theySeeEachOtherOnceBothAgreed() {
        try (XmppUser carol = chat.user("carol")) {
            try (Baresip alice = contoso.signedIn("carol@chat.example")) {
                carol.awaits("<presence", "from=\"" + ALICE, "type=\"subscribe\"");
                carol.sends("<presence to='" + ALICE + "' type='subscribed'/>");
                awaitSeen(alice, carol, "carol@chat.example");
                // The home allows the domain, so that nobody need be asked there.
                carol.sends("<presence to='" + ALICE + "' type='subscribe'/>");
                carol.awaits("<presence", "from=\"" + ALICE, "type=\"subscribed\"");
                carol.awaits("<presence", "from=\"" + ALICE + "/");
                carol.sends("<presence type='unavailable'/>");
                alice.awaits("carol@chat.example> changed status", "to Offline");
                carol.sends("<presence/>");
                alice.awaits("carol@chat.example> changed status", "to Online");
                alice.command("quit", "");
                carol.awaits("<presence", "from=\"" + ALICE + "/", "type=\"unavailable\"");
            }
        }
    }

    @Test
    void whoDoesNotExistIsSaidSoToTheSender() {
        try (XmppUser bob = chat.user("bob");
                Baresip alice = contoso.signedIn("nobody@chat.example")) {
            alice.command("message", "Is anybody there?");
            // RFC 7247 section 5: the partner's server does not tell who exists, service-unavailable is 403.
            alice.awaits("403 Forbidden");
            bob.sends("<message to='nobody@contoso.example' type='chat' id='m2'><body>Hello?</body></message>");
            bob.awaits("<message", "id=\"m2\"", "type=\"error\"", "item-not-found");
        }
    }

    @Test
    void aPartnerThatIsRemovedIsRefusedWithTheReason() {
        try (XmppUser dave = chat.user("dave");
                Baresip alice = contoso.signedIn("dave@chat.example")) {
            alice.command("message", "Are you there?");
            dave.awaits("Are you there?");
            contoso.forgetXmpp();
            Eventually.await("the removal to act", PATIENCE, () -> {
                dave.sends(chat("m3", "Still here?"));
                return dave.hears(TRY, "id=\"m3\"", "type=\"error\"");
            });
            alice.command("message", "Still there?");
            alice.awaits("403 Forbidden");
            assertThat(contoso.appliance().shell("drawbridge:trace --json --domain chat.example"))
                    .contains("DOMAIN_NOT_ALLOWED");
            assertThat(contoso.appliance().shell("drawbridge:why --json " + ALICE + " dave@chat.example"))
                    .contains("DOMAIN_NOT_ALLOWED");
            contoso.allowingXmpp();
            Eventually.await("the permission to act again", PATIENCE, () -> {
                alice.command("message", "There again?");
                return dave.hears(TRY, "There again?");
            });
        }
    }

    @Test
    void afterTheServerOfAPartnerDiedPresenceIsTrueAgain() {
        try (Baresip alice = contoso.signedIn("erin@chat.example")) {
            try (XmppUser erin = chat.user("erin")) {
                erin.awaits("<presence", "from=\"" + ALICE, "type=\"subscribe\"");
                erin.sends("<presence to='" + ALICE + "' type='subscribed'/>");
                awaitSeen(alice, erin, "erin@chat.example");
                erin.sends("<presence type='unavailable'/>");
                alice.awaits("erin@chat.example> changed status", "to Offline");
            }
            chat.process().kill();
            try {
                alice.command("message", "Can you hear me?");
                alice.awaits("504 Server Time-out");
            } finally {
                chat.restart();
            }
            try (XmppUser erin = chat.user("erin")) {
                long back = System.nanoTime();
                erin.sends("<presence/>");
                assertThat(alice.hears(Duration.ofMinutes(1), "erin@chat.example> changed status", "to Online"))
                        .as("presence is true again within a minute")
                        .isTrue();
                LOG.log(
                        System.Logger.Level.INFO,
                        "presence was true {0} s after a partner was back",
                        (System.nanoTime() - back) / 1e9);
                alice.command("message", "Back again?");
                // What alice was told did not arrive does not arrive later.
                assertThat(erin.awaits("<message")).contains("Back again?");
                erin.sends(chat("m4", "I am back"));
                alice.awaits("I am back");
            }
        }
    }
}
