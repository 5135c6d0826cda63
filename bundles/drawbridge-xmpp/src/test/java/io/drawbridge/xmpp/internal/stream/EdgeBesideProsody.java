// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import io.drawbridge.testbed.DnsServer;
import io.drawbridge.testbed.Leaf;
import io.drawbridge.testbed.Prosody;
import io.drawbridge.testbed.Prosody.Settings;
import io.drawbridge.testbed.TestAuthority;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The edge, and beside it a real Prosody for {@code chat.example}, once a test wants it; DNS knows nobody before that. */
final class EdgeBesideProsody extends EdgeUnderTest {
    Prosody prosody;

    EdgeBesideProsody() {
        super(Leaf.of("corp.example").alsoNamed("sales.example"), Map.of());
    }

    @Override
    String[] records() {
        return new String[0];
    }

    /** A server that the edge trusts, and that trusts the edge. */
    Settings trusted() {
        return settings(authority, "chat.example", authority);
    }

    /** A server whose certificate nobody trusts and that trusts nobody. */
    Settings untrusted() {
        TestAuthority other = stranger();
        return settings(other, "chat.example", other);
    }

    /** A server with a certificate for a name by one authority, that trusts what another one signs. */
    Settings settings(TestAuthority issuer, String name, TestAuthority anchor) {
        return Settings.of("chat.example", dns.port(), issuer.issue(Leaf.of(name)), anchor.anchorFile());
    }

    /** Prosody starts, and from now on DNS knows it and the edge. */
    void starts(Settings settings) {
        starts(settings, edge.port);
    }

    /** The same, and it looks for the edge at another port. */
    void starts(Settings settings, int edgePort) {
        prosody = new Prosody(directory, settings);
        dns.replace(
                DnsServer.host("edge.corp.example"),
                DnsServer.host("xmpp.chat.example"),
                DnsServer.xmpp("corp.example", "edge.corp.example", edgePort),
                DnsServer.xmpp("sales.example", "edge.corp.example", edgePort),
                DnsServer.xmpp("chat.example", "xmpp.chat.example", prosody.port()));
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        if (prosody != null) {
            prosody.close();
        }
        super.afterEach(context);
    }
}
