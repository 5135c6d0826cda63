// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import io.drawbridge.testbed.Credential;
import io.drawbridge.testbed.DnsServer;
import io.drawbridge.testbed.Leaf;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The edge, and beside it {@code chat.example}: known to DNS, and a socket on which the test itself answers. */
final class EdgeBesideChat extends EdgeUnderTest {
    private final String[] furtherDomains;

    ServerSocket server;

    /** With settings of {@code io.drawbridge.xmpp}, and with more domains that are reached at the same socket. */
    EdgeBesideChat(Map<String, Object> settings, String... furtherDomains) {
        super(Leaf.of("corp.example"), settings);
        this.furtherDomains = furtherDomains;
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        super.beforeEach(context);
    }

    @Override
    String[] records() {
        return Stream.concat(
                        Stream.of(DnsServer.host("xmpp.chat.example")),
                        Stream.concat(Stream.of("chat.example"), Stream.of(furtherDomains))
                                .map(domain -> DnsServer.xmpp(domain, "xmpp.chat.example", server.getLocalPort())))
                .toArray(String[]::new);
    }

    /** A certificate of chat's that the edge trusts. */
    Credential credential() {
        return authority.issue(Leaf.of("chat.example"));
    }

    /** Chat's next incoming connection. */
    RawPeer accepts() throws IOException {
        return RawPeer.acceptedBy(server);
    }

    /** Chat takes the next stream that the edge opens, and offers features once it is authenticated. */
    RawPeer takesStream(String features) throws Exception {
        RawPeer peer = accepts();
        peer.takesStream(credential(), features);
        return peer;
    }

    /** The same, and agrees to acknowledge stanzas. */
    RawPeer takesStreamAndCounts() throws Exception {
        RawPeer peer = takesStream(RawPeer.COUNTS);
        peer.hears("<enable");
        return peer.says("<enabled xmlns='urn:xmpp:sm:3'/>");
    }

    /** A connection to the edge on which nothing was said. */
    RawPeer connects() throws IOException {
        return RawPeer.to(edge.port);
    }

    /** Chat opens a stream, authenticated by its certificate; what {@code beforeAuth} holds is said before that. */
    RawPeer opensStream(String beforeAuth) throws Exception {
        return opensStreamAs("chat.example", beforeAuth);
    }

    /** The same for both directions, and has the edge acknowledge stanzas. */
    RawPeer opensStreamAndCounts() throws Exception {
        RawPeer peer = opensStream(RawPeer.BIDI);
        peer.says("<enable xmlns='urn:xmpp:sm:3'/>").hears("<enabled");
        peer.hears("/>");
        return peer;
    }

    /** The server of any domain does it. */
    RawPeer opensStreamAs(String domain, String beforeAuth) throws Exception {
        return connects().authenticated(authority.issue(Leaf.of(domain)), domain, beforeAuth);
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        super.afterEach(context);
        server.close();
    }
}
