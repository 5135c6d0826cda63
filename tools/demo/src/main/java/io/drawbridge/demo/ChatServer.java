// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.demo;

import io.drawbridge.testbed.DnsServer;
import io.drawbridge.testbed.Prosody;
import io.drawbridge.testbed.XmppUser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real XMPP server (Prosody) with one user, and the name server by which it finds Contoso. */
final class ChatServer implements AutoCloseable {
    static final String DOMAIN = "chat.example";
    static final String HOST = "xmpp.chat.example";
    static final String USER = "carol";
    static final String CAROL = USER + "@" + DOMAIN;

    private static final int PATIENCE_SECONDS = 30;

    private final DnsServer dns;
    private final Prosody server;

    /** Starts it with a certificate of the test authority. */
    ChatServer(Path folder, Path authority, Organisation partner) throws IOException, InterruptedException {
        Path anchor = authority.resolve("test-ca.crt");
        Path certificate = authority.resolve(DOMAIN + ".crt");
        Path key = authority.resolve(DOMAIN + ".key");
        certify(anchor, authority.resolve("test-ca.key"), certificate, key);
        dns = new DnsServer(
                folder,
                DnsServer.host(partner.edge(), partner.address()),
                DnsServer.xmpp(partner.domain(), partner.edge(), partner.xmpp().getPort()));
        server = new Prosody(
                folder,
                Prosody.Settings.of(DOMAIN, dns.port(), certificate, key, anchor)
                        .certificatesOnly()
                        .with("s2s_bidi", "smacks")
                        .withUsers(USER));
    }

    private static void certify(Path anchor, Path anchorKey, Path certificate, Path key)
            throws IOException, InterruptedException {
        List<String> command = List.of(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-noenc",
                "-days",
                "30",
                "-subj",
                "/CN=" + DOMAIN,
                "-addext",
                "subjectAltName=DNS:" + DOMAIN + ",DNS:" + HOST,
                "-addext",
                "basicConstraints=critical,CA:FALSE",
                "-CA",
                anchor.toString(),
                "-CAkey",
                anchorKey.toString(),
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString());
        Process openssl = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!openssl.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || openssl.exitValue() != 0) {
            throw new IOException("openssl makes no certificate: " + output);
        }
    }

    /** Returns its port for servers. */
    int port() {
        return server.port();
    }

    /** Returns its port for clients. */
    int clientPort() {
        return server.clientPort();
    }

    String userPassword() {
        return Prosody.PASSWORD;
    }

    /** Signs Carol in. */
    XmppUser carol() {
        return server.user(USER);
    }

    @Override
    public void close() {
        server.close();
        dns.close();
    }
}
