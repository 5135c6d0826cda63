// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.clients;

import io.drawbridge.home.internal.RunningHome;
import io.drawbridge.testbed.Baresip;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real Linphone beside the real baresip, over TLS. */
@Timeout(240)
final class LinphoneTest {
    @Test
    void aLinphoneUserWritesToAndCallsABaresipUser(@TempDir Path directory) throws Exception {
        TestIdentity identity = TestIdentity.create(directory);
        try (RunningHome home = new RunningHome();
                TlsFront front = new TlsFront(identity.tls(), home.element());
                Linphone alice =
                        new Linphone(directory.resolve("a"), "alice", "secret-a", front.port(), identity.anchor());
                Baresip bob = new Baresip(
                        new Baresip.Account(
                                "bob@contoso.example",
                                "secret-b",
                                "alice@contoso.example",
                                front.port(),
                                identity.anchor()),
                        directory)) {
            bob.awaits("REGISTER_OK");
            home.awaits("drawbridge_home_contacts", 2);
            alice.command("chat sip:bob@contoso.example hello Bob");
            bob.awaits("hello Bob");
            alice.command("call sip:bob@contoso.example");
            bob.awaits("CALL_ESTABLISHED");
            bob.command("hangup", "");
            bob.awaits("CALL_CLOSED");
        }
    }
}
