// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.interop;

import io.drawbridge.testbed.Appliance;
import io.drawbridge.testbed.Baresip;
import io.drawbridge.testbed.Credential;
import io.drawbridge.testbed.Distribution;
import io.drawbridge.testbed.DnsServer;
import io.drawbridge.testbed.FreePorts;
import io.drawbridge.testbed.Leaf;
import io.drawbridge.testbed.Sipp;
import io.drawbridge.testbed.TestAuthority;
import io.drawbridge.testbed.Tunnel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;

/** An organisation whose appliance is edge and home in one, with one user and one partner. */
final class SmallSite implements AutoCloseable {
    private static final String PASSWORD = "open-sesame";
    private static final Duration PLAY = Duration.ofMinutes(1);
    private static final String XMPP_PARTNER = "io.drawbridge.xmpp.partner";

    private final String domain;
    private final String user;
    private final String partner;
    private final int outsidePort;
    private final int clientPort = FreePorts.next();
    private final Path directory;
    private final Appliance appliance;
    private String allowed;

    SmallSite(String domain, String user, int outsidePort, String partner, Distribution distribution, Path directory) {
        this.domain = domain;
        this.user = user;
        this.outsidePort = outsidePort;
        this.partner = partner;
        this.allowed = partner;
        this.directory = directory;
        appliance = new Appliance(domain, distribution, directory);
    }

    /** Allows its partner, found by DNS, as one that speaks SIP. */
    SmallSite allowingSip() {
        appliance.configure("io.drawbridge.federation.allowed", partner, Map.of("domain", partner));
        return this;
    }

    /** Allows its partner, found by DNS, as one that speaks XMPP. */
    SmallSite allowingXmpp() {
        appliance.configure(XMPP_PARTNER, partner, Map.of("domain", partner, "partnerType", "Federated"));
        return this;
    }

    /** Takes the permission away again. */
    void forgetXmpp() {
        appliance.forget(XMPP_PARTNER, partner);
    }

    /** Lets nobody outside see its user before the user has decided. */
    SmallSite askingItsUser() {
        allowed = "";
        return this;
    }

    /** Refuses somebody in the user's name. */
    void block(String watcher) {
        configureUser(watcher);
    }

    private void configureUser(String blocked) {
        appliance.configure(
                "io.drawbridge.home.user",
                user,
                Map.of(
                        "address",
                        user + "@" + domain,
                        ".ha1Sha256",
                        hash("SHA-256"),
                        ".ha1Md5",
                        hash("MD5"),
                        "allow",
                        allowed,
                        "block",
                        blocked));
    }

    /** Returns what the user's client is told, once, of who watches the user or asks to. */
    String watchers(TestAuthority authority) {
        try (Tunnel tunnel = Tunnel.toTls(clientPort, authority.anchorFile());
                Sipp client = Sipp.calling(
                        Sipp.Part.of(
                                "watcher-list",
                                FreePorts.next(),
                                tunnel.port(),
                                Map.of(
                                        "user", user,
                                        "domain", domain,
                                        "password", PASSWORD,
                                        "proves", user + "@" + domain)),
                        directory)) {
            client.awaitSuccess(PLAY);
            return client.messages();
        }
    }

    /** Listens to XMPP servers besides. */
    SmallSite listeningForXmpp(int port) {
        appliance.configure("io.drawbridge.net.listener", "xmpp", listener("OUTSIDE", "xmpp", port));
        return this;
    }

    void start(TestAuthority authority, DnsServer dns) {
        Credential credential = authority.issue(Leaf.of("sip." + domain).alsoNamed(domain));
        appliance
                .configure("io.drawbridge.edge", Map.of("sipDomains", domain, "allowFederatedUsers", true))
                .configure(
                        "io.drawbridge.policy.access",
                        "global",
                        Map.of("scope", "global", "enableFederationAccess", true, "enableXmppAccess", true))
                .configure("io.drawbridge.net.dns", Map.of("servers", "127.0.0.1:" + dns.port()))
                .configure(
                        "io.drawbridge.net.identity",
                        "edge",
                        Map.of(
                                "certificate", credential.certificateFile(),
                                "key", credential.keyFile(),
                                "trustAnchors", authority.anchorFile(),
                                "revocation", "OFF"))
                .configure("io.drawbridge.net.listener", "outside", listener("OUTSIDE", "sip", outsidePort))
                .configure("io.drawbridge.net.listener", "clients", listener("INSIDE", "sip-client", clientPort));
        configureUser("");
        appliance.start();
    }

    private Map<String, Object> listener(String side, String protocol, int port) {
        return Map.of(
                "side",
                side,
                "protocol",
                protocol,
                "address",
                "127.0.0.1",
                "port",
                port,
                "hostName",
                "sip." + domain,
                "identity",
                "edge");
    }

    private String hash(String algorithm) {
        try {
            byte[] text = (user + ":" + domain + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts the user's client, which has one contact. */
    Baresip client(TestAuthority authority, DnsServer dns, String contact) {
        String address = user + "@" + domain;
        return new Baresip(
                new Baresip.Account(address, PASSWORD, contact, clientPort, authority.anchorFile()).resolvingBy(dns),
                directory);
    }

    Appliance appliance() {
        return appliance;
    }

    @Override
    public void close() {
        appliance.close();
    }
}
