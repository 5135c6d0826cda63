// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.testbed.Baresip;
import io.drawbridge.testbed.Distribution;
import io.drawbridge.testbed.DnsServer;
import io.drawbridge.testbed.Eventually;
import io.drawbridge.testbed.FreePorts;
import io.drawbridge.testbed.Leaf;
import io.drawbridge.testbed.Prosody;
import io.drawbridge.testbed.TestAuthority;
import io.drawbridge.testbed.XmppUser;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
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

    private TestAuthority authority;
    private DnsServer dns;
    private Prosody chat;
    private SmallSite contoso;

    @BeforeEach
    void start() {
        authority = new TestAuthority("Test CA", directory.resolve("ca"));
        dns = new DnsServer(directory);
        chat = new Prosody(
                directory,
                Prosody.Settings.of(
                                "chat.example",
                                dns.port(),
                                authority.issue(Leaf.of("chat.example")),
                                authority.anchorFile())
                        .certificatesOnly()
                        .with("s2s_bidi", "smacks")
                        .withUsers("frank", "grace"));
        int xmppPort = FreePorts.next();
        dns.replace(
                DnsServer.host("sip.contoso.example"),
                DnsServer.host("xmpp.chat.example"),
                DnsServer.xmpp("contoso.example", "sip.contoso.example", xmppPort),
                DnsServer.xmpp("chat.example", "xmpp.chat.example", chat.port()));
        contoso = new SmallSite(
                        "contoso.example",
                        "alice",
                        FreePorts.next(),
                        "chat.example",
                        Distribution.unpack(directory),
                        directory)
                .askingItsUser()
                .allowingXmpp()
                .listeningForXmpp(xmppPort);
        contoso.start(authority, dns);
    }

    @AfterEach
    void stop() {
        if (contoso != null) {
            contoso.close();
        }
        if (chat != null) {
            chat.close();
        }
        if (dns != null) {
            dns.close();
        }
    }

    private Baresip aliceWith(String contact) {
        Baresip alice = contoso.client(authority, dns, contact);
        alice.awaits("REGISTER_OK");
        return alice;
    }

    private void awaitListed(String status, String watcher) {
        String row = "(?s).*<watcher [^>]*status=\"" + status + "\"[^>]*>sip:" + watcher + "<.*";
        Eventually.await(watcher + " to be listed as " + status, PATIENCE, () -> contoso.watchers(authority)
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
            try (Baresip alice = aliceWith("frank@chat.example")) {
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
        try (Baresip alice = aliceWith("nobody@elsewhere.example");
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
