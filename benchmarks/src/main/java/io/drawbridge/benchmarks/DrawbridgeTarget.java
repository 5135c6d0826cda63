// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.benchmarks;

import io.drawbridge.testbed.Appliance;
import io.drawbridge.testbed.Credential;
import io.drawbridge.testbed.Distribution;
import io.drawbridge.testbed.FreePorts;
import io.drawbridge.testbed.load.LoadMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The appliance as shipped, with the partner's domains on its allowed list. */
final class DrawbridgeTarget implements RelayTarget {
    private final int port = FreePorts.next();
    private final Appliance appliance;

    DrawbridgeTarget(Distribution distribution, Scene scene, int nextHopPort, int domains) {
        try {
            Path directory = Files.createTempDirectory(scene.directory(), "drawbridge");
            Credential relay = scene.relay();
            Map<String, Object> identity = Map.of(
                    "certificate", relay.certificateFile(),
                    "key", relay.keyFile(),
                    "trustAnchors", scene.authority().anchorFile(),
                    "revocation", "OFF");
            List<String> names =
                    IntStream.range(0, domains).mapToObj(LoadMessage::domain).toList();
            appliance = new Appliance("edge", distribution, directory)
                    .configure("io.drawbridge.net.identity", "edge", identity)
                    .configure("io.drawbridge.net.listener", "outside", listener("OUTSIDE", port))
                    .configure("io.drawbridge.net.listener", "inside", listener("INSIDE", FreePorts.next()))
                    .configure(
                            "io.drawbridge.net.dns", Map.of("overrides", List.of(Scene.NEXT_HOP_HOST + " A 127.0.0.1")))
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
                            Map.of("scope", "global", "enableFederationAccess", true))
                    .configure(
                            "io.drawbridge.federation.allowed",
                            "partner",
                            Map.of("domain", names, "proxyFqdn", Scene.PARTNER_HOST))
                    .start(Processors.pinnedAsTarget());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> listener(String side, int port) {
        return Map.of(
                "side",
                side,
                "protocol",
                "sip",
                "address",
                "127.0.0.1",
                "port",
                port,
                "identity",
                "edge",
                "maxConnectionsPerAddress",
                10_000,
                "maxHandshakesPerSecond",
                10_000);
    }

    @Override
    public String name() {
        return "Drawbridge";
    }

    @Override
    public int port() {
        return port;
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
