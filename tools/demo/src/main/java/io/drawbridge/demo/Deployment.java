// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.util.HexFormat;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** What an administrator writes into {@code etc/} to let two organisations federate. */
final class Deployment {
    private static final String XMPP_PARTNER = "io.drawbridge.xmpp.partner-chat";

    private final Path authority;
    private final String adminPassword;
    private final String userPassword = HexFormat.of().formatHex(new SecureRandom().generateSeed(6));

    Deployment(Path authority, String adminPassword) {
        this.authority = authority;
        this.adminPassword = adminPassword;
    }

    String adminPassword() {
        return adminPassword;
    }

    String userPassword() {
        return userPassword;
    }

    /** Writes the configuration of one organisation that federates with another. */
    void prepare(Appliance appliance, Appliance partner) throws IOException {
        Organisation own = appliance.organisation();
        Organisation other = partner.organisation();
        appliance.create();
        Files.createDirectories(authority);
        appliance.configure("io.drawbridge.edge", Map.of("sipDomains", own.domain(), "allowFederatedUsers", "true"));
        appliance.configure(
                "io.drawbridge.policy.access-global",
                Map.of(
                        "scope",
                        "global",
                        "enableFederationAccess",
                        "true",
                        "enableXmppAccess",
                        "true",
                        "enablePublicCloudAccess",
                        "true"));
        appliance.configure("io.drawbridge.federation.allowed-" + other.name(), Map.of("domain", other.domain()));
        appliance.configure("io.drawbridge.federation.blocked-mallory", Map.of("domain", "blocked.example"));
        appliance.configure(
                "io.drawbridge.net.listener-federation", listener(own, "outside", "sip", own.federationPort()));
        appliance.configure(
                "io.drawbridge.net.listener-clients", listener(own, "inside", "sip-client", own.clientPort()));
        appliance.configure(
                "io.drawbridge.net.dns",
                Map.of(
                        "overrides",
                        "_sipfederationtls._tcp." + other.domain() + " SRV 0 0 " + other.federationPort() + " "
                                + other.edge() + ", " + other.edge() + " A " + other.address() + ", "
                                + ChatServer.HOST + " A 127.0.0.1"));
        String user = own.name().equals("contoso") ? "alice" : "bob";
        appliance.configure(
                "io.drawbridge.home.user-" + user,
                Map.of(
                        "address", user + "@" + own.domain(),
                        ".ha1Sha256", hash(user + ":" + own.domain() + ":" + userPassword),
                        "allow", other.domain() + ", " + ChatServer.DOMAIN));
        appliance.configure("io.drawbridge.monitor", Map.of("port", own.metricsPort()));
        appliance.set("org.apache.karaf.shell", "sshPort", Integer.toString(own.shellPort()));
    }

    private static Map<String, ?> listener(Organisation own, String side, String protocol, int port) {
        return Map.of(
                "side",
                side,
                "protocol",
                protocol,
                "address",
                own.address(),
                "port",
                port,
                "hostName",
                own.edge(),
                "identity",
                own.name());
    }

    /** Lets an organisation federate with a server of XMPP users. */
    void prepare(Appliance appliance, ChatServer partner) throws IOException {
        Organisation own = appliance.organisation();
        appliance.configure(
                "io.drawbridge.net.listener-xmpp",
                listener(own, "outside", "xmpp", own.xmpp().getPort()));
        appliance.configure(
                XMPP_PARTNER,
                Map.of(
                        "domain",
                        ChatServer.DOMAIN,
                        "partnerType",
                        "Federated",
                        "proxyFqdn",
                        ChatServer.HOST + ":" + partner.port()));
    }

    /** Takes that back. */
    void forgetChatServer(Appliance appliance) throws IOException {
        appliance.forget(XMPP_PARTNER);
    }

    /** Returns where the test authority is. */
    Path authority() {
        return authority;
    }

    /** Returns the shell command that makes the certificate of an organisation's edge. */
    String certificateCommand(Organisation own) {
        return "drawbridge:certificates --directory " + authority + " test-ca " + own.name() + " " + own.edge() + " "
                + own.domain();
    }

    /** Returns what a client needs to trust the test authority. */
    SSLContext clientTls() throws IOException, GeneralSecurityException {
        KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
        anchors.load(null, null);
        try (InputStream file = Files.newInputStream(authority.resolve("test-ca.crt"))) {
            anchors.setCertificateEntry(
                    "authority", CertificateFactory.getInstance("X.509").generateCertificate(file));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(anchors);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        return tls;
    }

    private static String hash(String text) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IOException(everyJavaHasIt);
        }
    }
}
