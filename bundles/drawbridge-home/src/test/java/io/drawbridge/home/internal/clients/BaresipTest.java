// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.clients;

import io.drawbridge.home.internal.RunningHome;
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
                Baresip alice = new Baresip(
                        directory.resolve("a"), "alice", "secret-a", "bob", front.port(), identity.anchor())) {
            alice.awaits("REGISTER_OK");
            try (Baresip bob =
                    new Baresip(directory.resolve("b"), "bob", "secret-b", "alice", front.port(), identity.anchor())) {
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
}
