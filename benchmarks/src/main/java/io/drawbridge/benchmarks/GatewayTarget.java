// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.benchmarks;

import io.drawbridge.testbed.Appliance;
import io.drawbridge.testbed.Distribution;
import io.drawbridge.testbed.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The appliance as shipped, with one XMPP partner, and limits that let one partner do what many would. */
final class GatewayTarget implements Target {
    private final int sipPort = FreePorts.next();
    private final int xmppPort = FreePorts.next();
    private final Appliance appliance;

    GatewayTarget(Distribution distribution, GatewayScene scene, int nextHopPort, int chatPort) {
        try {
            Path directory = Files.createTempDirectory(scene.sip().directory(), "drawbridge");
            Map<String, Object> identity = Map.of(
                    "certificate", scene.edge().certificateFile(),
                    "key", scene.edge().keyFile(),
                    "trustAnchors", scene.sip().authority().anchorFile(),
                    "revocation", "OFF");
            appliance = new Appliance("edge", distribution, directory)
                    .configure("io.drawbridge.net.identity", "edge", identity)
                    .configure("io.drawbridge.net.listener", "inside", listener("INSIDE", "sip", sipPort))
                    .configure("io.drawbridge.net.listener", "xmpp", listener("OUTSIDE", "xmpp", xmppPort))
                    .configure(
                            "io.drawbridge.net.dns",
                            Map.of(
                                    "overrides",
                                    List.of(
                                            Scene.NEXT_HOP_HOST + " A 127.0.0.1",
                                            GatewayScene.CHAT_HOST + " A 127.0.0.1")))
                    .configure(
                            "io.drawbridge.edge",
                            Map.of(
                                    "sipDomains",
                                    Scene.INSIDE,
                                    "nextHop",
                                    Scene.NEXT_HOP_HOST + ":" + nextHopPort,
                                    "allowFederatedUsers",
                                    true))
                    .configure(
                            "io.drawbridge.policy.access",
                            "global",
                            Map.of("scope", "global", "enableFederationAccess", true, "enableXmppAccess", true))
                    .configure(
                            "io.drawbridge.xmpp.partner",
                            "chat",
                            Map.of(
                                    "domain",
                                    GatewayScene.CHAT,
                                    "partnerType",
                                    "FEDERATED",
                                    "proxyFqdn",
                                    GatewayScene.CHAT_HOST + ":" + chatPort))
                    .configure("io.drawbridge.sip.gateway", gateway())
                    .configure("io.drawbridge.exchange", Limits.LIFTED)
                    .configure("io.drawbridge.xmpp", Map.of("partnerStanzasPerSecond", 1_000_000))
                    .start(Processors.pinnedAsTarget());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> listener(String side, String protocol, int port) {
        return Map.of("side", side, "protocol", protocol, "address", "127.0.0.1", "port", port, "identity", "edge");
    }

    private static Map<String, Object> gateway() {
        return Map.of("messageMode", "PAGER", "maxSubscriptionsPerWatcher", 100_000);
    }

    @Override
    public String name() {
        return "Drawbridge";
    }

    /** Its port for the next hop. */
    int sipPort() {
        return sipPort;
    }

    /** Its port for XMPP servers. */
    int xmppPort() {
        return xmppPort;
    }

    @Override
    public long pid() {
        return appliance.process().pid();
    }

    @Override
    public void close() {
        appliance.close();
    }
}
