// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.interop;

import io.drawbridge.testbed.Baresip;
import io.drawbridge.testbed.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two small organisations with nothing but Drawbridge, and ordinary clients at their embedded homes. */
final class TwoAppliancesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private static Path directory;

    @AutoClose
    private static World world;

    @AutoClose
    private static SmallSite contoso;

    @AutoClose
    private static SmallSite fabrikam;

    @BeforeAll
    static void start() {
        world = new World(directory);
        contoso = new SmallSite(world, "contoso.example", "alice", "fabrikam.example").allowingSip();
        fabrikam = new SmallSite(world, "fabrikam.example", "bob", "contoso.example").allowingSip();
        contoso.start();
        fabrikam.start();
    }

    @Test
    void theirUsersWriteCallAndSeeEachOther() {
        try (Baresip alice = contoso.signedIn("bob@fabrikam.example")) {
            try (Baresip bob = fabrikam.signedIn("alice@contoso.example")) {
                // baresip shows no first status, only changes.
                Eventually.await("both to watch each other", PATIENCE, () -> watched(contoso) && watched(fabrikam));
                alice.command("message", "hello Bob");
                bob.awaits("hello Bob");
                bob.command("message", "hello Alice");
                alice.awaits("hello Alice");
                alice.command("dial", "sip:bob@fabrikam.example");
                alice.awaits("CALL_ESTABLISHED");
                bob.awaits("CALL_ESTABLISHED");
                bob.command("hangup", "");
                alice.awaits("CALL_CLOSED");
                bob.command("quit", "");
                alice.awaits("bob@fabrikam.example> changed status", "Offline");
            }
        }
    }

    @Test
    void anApplianceKilledWithoutWarningServesAgainWithWhatItKnew() {
        fabrikam.appliance().process().kill();
        fabrikam.appliance().start();
        try (Baresip alice = contoso.signedIn("bob@fabrikam.example");
                Baresip bob = fabrikam.signedIn("alice@contoso.example")) {
            // Until the edge tries its partner again, the sender is told that the message was not delivered.
            Eventually.await("a message across the edges", PATIENCE, () -> {
                alice.command("message", "are you back?");
                return bob.hears(Duration.ofSeconds(2), "are you back?");
            });
        }
    }

    private static boolean watched(SmallSite site) {
        return site.appliance().metric("drawbridge_home_subscriptions", "") == 1;
    }
}
