// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.interop;

import io.drawbridge.testbed.Baresip;
import io.drawbridge.testbed.Distribution;
import io.drawbridge.testbed.DnsServer;
import io.drawbridge.testbed.Eventually;
import io.drawbridge.testbed.FreePorts;
import io.drawbridge.testbed.TestAuthority;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two small organisations with nothing but Drawbridge, and ordinary clients at their embedded homes. */
final class TwoAppliancesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private static Path directory;

    private static TestAuthority authority;
    private static DnsServer dns;
    private static SmallSite contoso;
    private static SmallSite fabrikam;

    @BeforeAll
    static void start() {
        authority = new TestAuthority("Test CA", directory.resolve("ca"));
        int contosoPort = FreePorts.next();
        int fabrikamPort = FreePorts.next();
        dns = new DnsServer(
                directory,
                DnsServer.host("sip.contoso.example"),
                DnsServer.host("sip.fabrikam.example"),
                DnsServer.federation("contoso.example", "sip.contoso.example", contosoPort),
                DnsServer.federation("fabrikam.example", "sip.fabrikam.example", fabrikamPort));
        Distribution distribution = Distribution.unpack(directory);
        contoso = new SmallSite("contoso.example", "alice", contosoPort, "fabrikam.example", distribution, directory)
                .allowingSip();
        fabrikam = new SmallSite("fabrikam.example", "bob", fabrikamPort, "contoso.example", distribution, directory)
                .allowingSip();
        contoso.start(authority, dns);
        fabrikam.start(authority, dns);
    }

    @AfterAll
    static void stop() {
        if (fabrikam != null) {
            fabrikam.close();
        }
        if (contoso != null) {
            contoso.close();
        }
        if (dns != null) {
            dns.close();
        }
    }

    @Test
    void theirUsersWriteCallAndSeeEachOther() {
        try (Baresip alice = contoso.client(authority, dns, "bob@fabrikam.example")) {
            alice.awaits("REGISTER_OK");
            try (Baresip bob = fabrikam.client(authority, dns, "alice@contoso.example")) {
                bob.awaits("REGISTER_OK");
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
        try (Baresip alice = contoso.client(authority, dns, "bob@fabrikam.example");
                Baresip bob = fabrikam.client(authority, dns, "alice@contoso.example")) {
            alice.awaits("REGISTER_OK");
            bob.awaits("REGISTER_OK");
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
