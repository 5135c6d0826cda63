// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.benchmarks;

import io.drawbridge.testbed.Appliance;
import io.drawbridge.testbed.Distribution;
import io.drawbridge.testbed.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** The appliance as shipped, with one XMPP partner, and limits that let one partner do what many would. */
final class GatewayTarget implements Target {
    private final int sipPort = FreePorts.next();
    private final int xmppPort = FreePorts.next();
    private final Appliance appliance;

    GatewayTarget(Distribution distribution, GatewayScene scene, int nextHopPort, int chatPort) {
        try {
            appliance = OwnAppliance.in(scene.sip(), distribution, scene.edge(), nextHopPort, GatewayScene.CHAT_HOST)
                    .configure("io.drawbridge.net.listener", "inside", OwnAppliance.listener("INSIDE", "sip", sipPort))
                    .configure("io.drawbridge.net.listener", "xmpp", OwnAppliance.listener("OUTSIDE", "xmpp", xmppPort))
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
