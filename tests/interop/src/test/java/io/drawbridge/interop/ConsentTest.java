// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.testbed.Baresip;
import io.drawbridge.testbed.Eventually;
import io.drawbridge.testbed.Prosody;
import io.drawbridge.testbed.XmppUser;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user of the embedded home is asked who of a Prosody may see her, and what she decides stands. */
final class ConsentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration SILENCE = Duration.ofSeconds(5);
    private static final String ALICE = "alice@contoso.example";

    @TempDir
    private Path directory;

    @AutoClose
    private World world;

    @AutoClose
    private Prosody chat;

    @AutoClose
    private SmallSite contoso;

    @BeforeEach
    void start() {
        world = new World(directory);
        chat = world.startProsody("chat.example", "frank", "grace");
        contoso = new SmallSite(world, "contoso.example", "alice", "chat.example")
                .askingItsUser()
                .allowingXmpp()
                .listeningForXmpp();
        contoso.start();
    }

    private void awaitListed(String status, String watcher) {
        String row = "(?s).*<watcher [^>]*status=\"" + status + "\"[^>]*>sip:" + watcher + "<.*";
        Eventually.await(watcher + " to be listed as " + status, PATIENCE, () -> contoso.watchers()
                .matches(row));
    }

    private static void asks(XmppUser user) {
        user.sends("<presence to='" + ALICE + "' type='subscribe'/>");
    }

    private static void awaitAnswer(XmppUser user, String type) {
        user.awaits("<presence", "from=\"" + ALICE, "type=\"" + type + "\"");
    }

    @Test
    void sheIsAskedApprovesByAddingRefusesByBlockingAndNeedNotDecideAgainAfterARestart() {
        try (XmppUser frank = chat.user("frank");
                XmppUser grace = chat.user("grace")) {
            asks(frank);
            asks(grace);
            awaitListed("pending", "frank@chat.example");
            awaitListed("pending", "grace@chat.example");
            assertThat(frank.hears(SILENCE, "from=\"" + ALICE)).isFalse();
            try (Baresip alice = contoso.signedIn("frank@chat.example")) {
                awaitAnswer(frank, "subscribed");
                frank.awaits("<presence", "from=\"" + ALICE + "/");
                awaitListed("active", "frank@chat.example");
                contoso.block("grace@chat.example");
                awaitAnswer(grace, "unsubscribed");
                alice.command("quit", "");
                frank.awaits("<presence", "from=\"" + ALICE + "/", "type=\"unavailable\"");
            }
        }
        contoso.appliance().process().kill();
        contoso.appliance().start();
        try (Baresip alice = contoso.signedIn("nobody@elsewhere.example");
                XmppUser frank = chat.user("frank");
                XmppUser grace = chat.user("grace")) {
            frank.awaits("<presence", "from=\"" + ALICE + "/");
            awaitListed("active", "frank@chat.example");
            asks(grace);
            awaitAnswer(grace, "unsubscribed");
            alice.command("quit", "");
            frank.awaits("<presence", "from=\"" + ALICE + "/", "type=\"unavailable\"");
        }
    }
}
