// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.testbed.Baresip;
import io.drawbridge.testbed.Eventually;
import io.drawbridge.testbed.Inspircd;
import io.drawbridge.testbed.IrcUser;
import io.drawbridge.testbed.Leaf;
import io.drawbridge.testbed.TestAuthority;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small organisation and an IRC network: an ordinary SIP client talks to a nick, also after the network was away. */
final class IrcTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration TRY = Duration.ofSeconds(5);
    private static final String ACCOUNTS = "drawbridge_provider_accounts";
    private static final String DOMAIN = "irc.example";

    @TempDir
    private static Path directory;

    @AutoClose
    private static World world;

    @AutoClose
    private static Inspircd network;

    @AutoClose
    private static SmallSite contoso;

    @BeforeAll
    static void start() {
        world = new World(directory);
        TestAuthority authority = world.authority();
        network = new Inspircd(
                directory, "irc.rich.example", authority.issue(Leaf.of("localhost")), authority.anchorFile());
        contoso = new SmallSite(world, "contoso.example", "alice", DOMAIN).allowingPublicNetworks();
        contoso.appliance()
                .configure(
                        "io.drawbridge.provider",
                        "irc",
                        Map.of(
                                "enabled",
                                true,
                                "domains",
                                DOMAIN,
                                "server",
                                "localhost:" + network.tlsPort(),
                                "trustAnchors",
                                authority.anchorFile(),
                                "lineMillis",
                                1000));
        linked("wrong password");
        contoso.start();
    }

    private static void linked(String password) {
        contoso.appliance()
                .configure(
                        "io.drawbridge.provider.account",
                        "alice",
                        Map.of(
                                "provider",
                                "irc",
                                "user",
                                "alice@contoso.example",
                                "nick",
                                "alice",
                                ".password",
                                password));
    }

    private static void awaitAccount(String status) {
        Eventually.await(
                "an account that is " + status,
                PATIENCE,
                () -> contoso.appliance().metric(ACCOUNTS, "status=\"" + status + "\"") == 1);
    }

    @Test
    void aUserIsLinkedWritesToANickAndIsFoundAgainAfterAnOutage() {
        isRefusedWithoutItsPlugin();
        enrolled();
        assertThat(contoso.appliance().shell("feature:install drawbridge-provider-irc"))
                .doesNotContain("Error");
        awaitAccount("bad_credentials");
        assertThat(why())
                .contains("alice: the network refuses its credentials")
                .contains("Remedy: correct them in etc/io.drawbridge.provider.account-alice.cfg");
        assertThat(contoso.appliance().log()).doesNotContain("wrong password");
        linked("secret");
        awaitAccount("online");
        assertThat(why()).contains("alice is signed in since").doesNotContain("Remedy");
        try (Baresip alice = contoso.signedIn("bob@" + DOMAIN)) {
            talk(alice, "one");
            network.process().kill();
            awaitAccount("disconnected");
            network.restart();
            awaitAccount("online");
            talk(alice, "two");
        }
    }

    private static String why() {
        return contoso.appliance().shell("drawbridge:why alice@contoso.example bob@" + DOMAIN);
    }

    /** The client looks at its contact: that is one crossing, which failed. */
    private static void isRefusedWithoutItsPlugin() {
        assertThat(why()).contains("Remedy: feature:install drawbridge-provider-NAME");
        Baresip alice = contoso.signedIn("bob@" + DOMAIN);
        try {
            Eventually.await("the refusal", PATIENCE, () -> trace().contains("\"outcome\":\"FAILED\""));
        } finally {
            alice.close();
        }
        assertThat(trace()).doesNotContain("DELIVERED");
    }

    private static String trace() {
        return contoso.appliance().shell("drawbridge:trace --json");
    }

    private static void enrolled() {
        try (IrcUser owner = new IrcUser(network.port(), "alice")) {
            owner.says("NickServ", "REGISTER secret alice@contoso.example");
            owner.awaits("NickServ", "is now registered");
        }
    }

    /** A new person each time: only the name stays. */
    private static void talk(Baresip alice, String word) {
        try (IrcUser bob = seenComing(alice)) {
            alice.command("message", "number " + word);
            bob.awaits(":alice!", " PRIVMSG bob :number " + word);
            bob.says("alice", "back to number " + word);
            alice.awaits("bob@" + DOMAIN + ": ", "back to number " + word);
        }
    }

    /** Baresip shows changes only, not the first status; so somebody may have to come again to be seen. */
    private static IrcUser seenComing(Baresip watcher) {
        IrcUser[] bob = new IrcUser[1];
        Eventually.await("bob to be seen", PATIENCE, () -> {
            if (bob[0] != null) {
                bob[0].close();
            }
            bob[0] = new IrcUser(network.port(), "bob");
            return watcher.hears(TRY, "bob@" + DOMAIN + "> changed status", "to Online");
        });
        return bob[0];
    }
}
