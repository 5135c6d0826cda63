// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import io.drawbridge.testbed.DnsServer;
import io.drawbridge.testbed.Leaf;
import io.drawbridge.testbed.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** The edge, and beside it {@code chat.example}: known to DNS, and a socket on which the test itself answers. */
final class EdgeBesideChat implements AutoCloseable {
    final TestAuthority authority;
    final ServerSocket server;
    final Edge edge;
    final DnsServer dns;

    /** With settings of {@code io.drawbridge.xmpp}, and with more domains that are reached at the same socket. */
    EdgeBesideChat(Path directory, Map<String, Object> settings, String... furtherDomains) throws Exception {
        authority = new TestAuthority("Authority", directory.resolve("authority"));
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        dns = new DnsServer(
                directory,
                Stream.concat(
                                Stream.of(DnsServer.host("xmpp.chat.example")),
                                Stream.concat(Stream.of("chat.example"), Stream.of(furtherDomains))
                                        .map(this::reachable))
                        .toArray(String[]::new));
        edge = new Edge(dns.port(), authority.issue(Leaf.of("corp.example")), authority.anchorFile(), settings);
    }

    private String reachable(String domain) {
        return DnsServer.xmpp(domain, "xmpp.chat.example", server.getLocalPort());
    }

    /** Chat's next incoming connection. */
    RawPeer accepts() throws Exception {
        return RawPeer.acceptedBy(server);
    }

    @Override
    public void close() throws IOException {
        edge.close();
        dns.close();
        server.close();
    }
}
