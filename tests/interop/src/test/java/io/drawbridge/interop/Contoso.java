// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.interop;

import io.drawbridge.testbed.Appliance;
import io.drawbridge.testbed.Credential;
import io.drawbridge.testbed.DnsServer;
import io.drawbridge.testbed.Eventually;
import io.drawbridge.testbed.FreePorts;
import io.drawbridge.testbed.KamailioDomain;
import io.drawbridge.testbed.Leaf;
import io.drawbridge.testbed.Sipp;
import io.drawbridge.testbed.TestAuthority;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An organisation as administrators run it: a Kamailio as its home, Drawbridge as its edge, and the names of the world
 * in a DNS server. Partners are added as a test needs them.
 */
final class Contoso implements AutoCloseable {
    static final String DOMAIN = "contoso.example";
    static final String EDGE = "sip.contoso.example";
    static final String EDGE_INSIDE = "edge.contoso.example";
    static final String HOME = "pool.contoso.example";

    /** The other user of the home, for who must be called while the first one calls. */
    static final String ALICE = "alice";

    private static final Duration PLAY = Duration.ofSeconds(60);

    private final World world;
    private final KamailioDomain home;
    private final Appliance edge;
    private final int insidePort = FreePorts.next();
    private final int outsidePort = FreePorts.next();
    private final List<KamailioDomain> partners = new ArrayList<>();

    /**
     * Starts the organisation; its edge serves when this returns.
     *
     * @param relay settings of {@code io.drawbridge.sip} that differ from the defaults
     * @param outside settings of the outside listener that differ from the defaults
     */
    Contoso(Path directory, Map<String, ?> relay, Map<String, ?> outside) {
        world = new World(directory);
        TestAuthority authority = world.authority();
        world.publish(DnsServer.host(HOME));
        home = new KamailioDomain(
                KamailioDomain.Settings.of(DOMAIN, HOME, insidePort).with("bob").with(ALICE),
                directory,
                authority.issue(Leaf.of(HOME)),
                authority.anchorFile());
        edge = new Appliance("edge", world.distribution(), directory)
                .configure("io.drawbridge.sip", relay)
                .configure(
                        "io.drawbridge.net.dns",
                        Map.of("servers", "127.0.0.1:" + world.dns().port()))
                .configure("io.drawbridge.edge", edgeSettings(true))
                .configure(
                        "io.drawbridge.policy.access",
                        "global",
                        Map.of("scope", "global", "enableFederationAccess", true));
        identify("outside", authority.issue(Leaf.of(EDGE)));
        identify("inside", authority.issue(Leaf.of(EDGE_INSIDE)));
        listen("outside", outsidePort, outside);
        listen("inside", insidePort, Map.of());
        edge.start();
    }

    private Map<String, ?> edgeSettings(boolean federates) {
        return Map.of(
                "sipDomains",
                DOMAIN,
                "nextHop",
                HOME + ":" + home.settings().tlsPort(),
                "allowFederatedUsers",
                federates);
    }

    /** Turns the organisation's switch. */
    void federate(boolean on) {
        edge.configure("io.drawbridge.edge", edgeSettings(on));
    }

    /** Gives the edge a certificate on one side. */
    void identify(String side, Credential credential) {
        edge.configure(
                "io.drawbridge.net.identity",
                side,
                Map.of(
                        "certificate", credential.certificateFile(),
                        "key", credential.keyFile(),
                        "trustAnchors", world.authority().anchorFile(),
                        "crls", world.authority().revocationFile(),
                        "ocsp", false,
                        "crlDistributionPoints", false));
    }

    private void listen(String side, int port, Map<String, ?> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.putAll(Map.of(
                "side",
                side.toUpperCase(Locale.ROOT),
                "protocol",
                "sip",
                "address",
                "127.0.0.1",
                "port",
                port,
                "identity",
                side));
        edge.configure("io.drawbridge.net.listener", side, all);
    }

    /** Allows a domain; its server is found by DNS. */
    void allow(String domain) {
        edge.configure("io.drawbridge.federation.allowed", domain, Map.of("domain", domain));
    }

    /** Allows a domain whose certificate must name the host that DNS names, as Lync has it. */
    void allowByHost(String domain) {
        edge.configure(
                "io.drawbridge.federation.allowed", domain, Map.of("domain", domain, "nameVerification", "LyncHost"));
    }

    /** Listens for servers that speak XMPP, and lets its users have to do with theirs. */
    void listenForXmpp(int port) {
        edge.configure(
                "io.drawbridge.policy.access",
                "global",
                Map.of("scope", "global", "enableFederationAccess", true, "enableXmppAccess", true));
        identify("xmpp", world.authority().issue(Leaf.of(EDGE).alsoNamed(DOMAIN)));
        edge.configure(
                "io.drawbridge.net.listener",
                "xmpp",
                Map.of(
                        "side", "OUTSIDE",
                        "protocol", "xmpp",
                        "address", "127.0.0.1",
                        "port", port,
                        "identity", "xmpp"));
        Eventually.await("the listener for XMPP", Duration.ofMinutes(1), () -> FreePorts.isServed(port));
    }

    /** Allows a domain that speaks XMPP. */
    void allowXmpp(String domain) {
        edge.configure("io.drawbridge.xmpp.partner", domain, Map.of("domain", domain, "partnerType", "Federated"));
    }

    /** Publishes records in DNS. */
    void publish(String... more) {
        world.publish(more);
    }

    /** Says in DNS where servers that speak XMPP reach the edge. */
    void publishXmpp(int port) {
        publish(DnsServer.host(EDGE), DnsServer.xmpp(DOMAIN, EDGE, port));
    }

    /** Starts a partner that is found by DNS and has one user, {@code ann}; whether it is welcome is for the test to say. */
    KamailioDomain partner(String domain) {
        return partner(domain, world.authority().issue(Leaf.of("sip." + domain)));
    }

    /** Starts a partner with a certificate of the test's choice. */
    KamailioDomain partner(String domain, Credential credential) {
        String host = "sip." + domain;
        KamailioDomain partner = new KamailioDomain(
                KamailioDomain.Settings.of(domain, host, outsidePort).with("ann"),
                world.directory(),
                credential,
                world.authority().anchorFile());
        partners.add(partner);
        world.publish(
                DnsServer.host(host),
                DnsServer.federation(domain, host, partner.settings().tlsPort()));
        return partner;
    }

    /** Lets the only user of a domain wait to be called. */
    Sipp answering(String scenario, KamailioDomain domain) {
        return Sipp.answering(answeringPart(scenario, domain), world.directory());
    }

    /** The part that {@link #answering} plays, to be played more often. */
    static Sipp.Part answeringPart(String scenario, KamailioDomain domain) {
        return answeringPart(scenario, domain, user(domain), Map.of());
    }

    /** The part of a user who waits to be called. */
    static Sipp.Part answeringPart(String scenario, KamailioDomain domain, String user, Map<String, String> values) {
        String own = user + "@" + domain.settings().domain();
        Map<String, String> all =
                new HashMap<>(Map.of("own", own, "entity", "sip:" + own, "basic", "open", "media", "audio"));
        all.putAll(values);
        return Sipp.Part.of(scenario, domain.portOf(user), domain.settings().userPort(), all);
    }

    /** Lets the only user of a domain call somebody. */
    Sipp calling(String scenario, KamailioDomain domain, String recipient, Map<String, String> values) {
        return Sipp.calling(callingPart(scenario, domain, recipient, values), world.directory());
    }

    /** The part that {@link #calling} plays, to be played more often or from another sender. */
    static Sipp.Part callingPart(String scenario, KamailioDomain domain, String recipient, Map<String, String> values) {
        return callingPart(scenario, domain, user(domain), recipient, values);
    }

    /** The part of a user who calls. */
    static Sipp.Part callingPart(
            String scenario, KamailioDomain domain, String user, String recipient, Map<String, String> values) {
        String own = user + "@" + domain.settings().domain();
        Map<String, String> all =
                new HashMap<>(Map.of("from", own, "to", recipient, "header", "Subject: test", "expect", "200"));
        all.putAll(values);
        return Sipp.Part.of(scenario, domain.portOf(user), domain.settings().userPort(), all);
    }

    /** The only user of a domain sends a message, and must get a status; returns what his client got. */
    String messageEnds(String status, KamailioDomain domain, String recipient) {
        return messageEnds(status, domain, recipient, Map.of());
    }

    /** The same with values of the scenario. */
    String messageEnds(String status, KamailioDomain domain, String recipient, Map<String, String> values) {
        try (Sipp user = calling("message-caller", domain, recipient, expecting(status, values))) {
            user.awaitSuccess(PLAY);
            return user.messages();
        }
    }

    /** Returns whether a message gets a status. */
    boolean messageEnded(String status, KamailioDomain domain, String recipient, Map<String, String> values) {
        try (Sipp user = calling("message-caller", domain, recipient, expecting(status, values))) {
            return user.process().awaitExit(PLAY) == 0;
        }
    }

    private static Map<String, String> expecting(String status, Map<String, String> values) {
        Map<String, String> all = new HashMap<>(values);
        all.put("expect", status);
        return all;
    }

    /** Returns the address of the only user of a domain. */
    static String addressIn(KamailioDomain domain) {
        return user(domain) + "@" + domain.settings().domain();
    }

    private static String user(KamailioDomain domain) {
        return domain.settings().users().keySet().iterator().next();
    }

    World world() {
        return world;
    }

    Path directory() {
        return world.directory();
    }

    KamailioDomain home() {
        return home;
    }

    Appliance edge() {
        return edge;
    }

    int outsidePort() {
        return outsidePort;
    }

    int insidePort() {
        return insidePort;
    }

    @Override
    public void close() {
        partners.forEach(KamailioDomain::close);
        edge.close();
        home.close();
        world.close();
    }
}
