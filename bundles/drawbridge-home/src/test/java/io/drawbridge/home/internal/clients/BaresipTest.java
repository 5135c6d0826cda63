// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.clients;

import io.drawbridge.home.internal.RunningHome;
import io.drawbridge.testbed.Baresip;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real baresip as an ordinary user's client, over TLS. */
@Timeout(180)
final class BaresipTest {
    @Test
    void twoUsersSeeEachOtherWriteAndCall(@TempDir Path directory) throws Exception {
        TestIdentity identity = TestIdentity.create(directory);
        try (RunningHome home = new RunningHome();
                TlsFront front = new TlsFront(identity.tls(), home.element());
                Baresip alice =
                        new Baresip(account("alice", "secret-a", "bob", front.port(), identity.anchor()), directory)) {
            alice.awaits("REGISTER_OK");
            try (Baresip bob =
                    new Baresip(account("bob", "secret-b", "alice", front.port(), identity.anchor()), directory)) {
                bob.awaits("REGISTER_OK");
                alice.command("message", "hello Bob");
                bob.awaits("hello Bob");
                alice.command("dial", "sip:bob@contoso.example");
                alice.awaits("CALL_ESTABLISHED");
                bob.awaits("CALL_ESTABLISHED");
                bob.command("hangup", "");
                alice.awaits("CALL_CLOSED");
                home.awaits("drawbridge_home_subscriptions", 2);
                bob.command("quit", "");
                alice.awaits("bob@contoso.example> changed status", "Offline");
            }
        }
    }

    private static Baresip.Account account(String user, String password, String contact, int port, Path anchor) {
        return new Baresip.Account(user + "@contoso.example", password, contact + "@contoso.example", port, anchor);
    }
}
