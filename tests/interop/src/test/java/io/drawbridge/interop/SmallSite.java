// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.interop;

import io.drawbridge.testbed.Appliance;
import io.drawbridge.testbed.Baresip;
import io.drawbridge.testbed.Credential;
import io.drawbridge.testbed.DnsServer;
import io.drawbridge.testbed.FreePorts;
import io.drawbridge.testbed.Leaf;
import io.drawbridge.testbed.Sipp;
import io.drawbridge.testbed.Tunnel;
import java.nio.charset.StandardCharsets;
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

    private final World world;
    private final String domain;
    private final String user;
    private final String partner;
    private final int outsidePort = FreePorts.next();
    private final int clientPort = FreePorts.next();
    private final Appliance appliance;
    private String allowed;

    /** DNS says where it is from now on. */
    SmallSite(World world, String domain, String user, String partner) {
        this.world = world;
        this.domain = domain;
        this.user = user;
        this.partner = partner;
        this.allowed = partner;
        appliance = new Appliance(domain, world.distribution(), world.directory());
        world.publish(DnsServer.host(host()), DnsServer.federation(domain, host(), outsidePort));
    }

    private String host() {
        return "sip." + domain;
    }

    private String address() {
        return user + "@" + domain;
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

    /** Lets its user write to public networks. */
    SmallSite allowingPublicNetworks() {
        appliance.configure(
                "io.drawbridge.policy.access",
                "public",
                Map.of(
                        "scope",
                        "tag:public",
                        "members",
                        address(),
                        "enableFederationAccess",
                        true,
                        "enablePublicCloudAccess",
                        true));
        return this;
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
                        address(),
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
    String watchers() {
        try (Tunnel tunnel = Tunnel.toTls(clientPort, world.authority().anchorFile());
                Sipp client = Sipp.calling(
                        Sipp.Part.of(
                                "watcher-list",
                                FreePorts.next(),
                                tunnel.port(),
                                Map.of(
                                        "user", user,
                                        "domain", domain,
                                        "password", PASSWORD,
                                        "proves", address())),
                        world.directory())) {
            client.awaitSuccess(PLAY);
            return client.messages();
        }
    }

    /** Listens to XMPP servers besides, and says so in DNS. */
    SmallSite listeningForXmpp() {
        int port = FreePorts.next();
        world.publish(DnsServer.xmpp(domain, host(), port));
        appliance.configure("io.drawbridge.net.listener", "xmpp", listener("OUTSIDE", "xmpp", port));
        return this;
    }

    void start() {
        Credential credential = world.authority().issue(Leaf.of(host()).alsoNamed(domain));
        appliance
                .configure("io.drawbridge.edge", Map.of("sipDomains", domain, "allowFederatedUsers", true))
                .configure(
                        "io.drawbridge.policy.access",
                        "global",
                        Map.of("scope", "global", "enableFederationAccess", true, "enableXmppAccess", true))
                .configure(
                        "io.drawbridge.net.dns",
                        Map.of("servers", "127.0.0.1:" + world.dns().port()))
                .configure(
                        "io.drawbridge.net.identity",
                        "edge",
                        Map.of(
                                "certificate", credential.certificateFile(),
                                "key", credential.keyFile(),
                                "trustAnchors", world.authority().anchorFile(),
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
                host(),
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

    /** Starts the user's client, which has one contact, and returns when it is signed in. */
    Baresip signedIn(String contact) {
        Baresip.Account account = new Baresip.Account(
                address(), PASSWORD, contact, clientPort, world.authority().anchorFile());
        Baresip client = new Baresip(account.resolvingBy(world.dns()), world.directory());
        client.awaits("REGISTER_OK");
        return client;
    }

    Appliance appliance() {
        return appliance;
    }

    @Override
    public void close() {
        appliance.close();
    }
}
