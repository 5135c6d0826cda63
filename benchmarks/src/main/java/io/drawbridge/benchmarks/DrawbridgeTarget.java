// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.benchmarks;

import io.drawbridge.testbed.Appliance;
import io.drawbridge.testbed.Distribution;
import io.drawbridge.testbed.FreePorts;
import io.drawbridge.testbed.load.LoadMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The appliance as shipped, with the partner's domains on its allowed list. */
final class DrawbridgeTarget implements RelayTarget {
    private final int port = FreePorts.next();
    private final Appliance appliance;

    DrawbridgeTarget(Distribution distribution, Scene scene, int nextHopPort, int domains) {
        try {
            List<String> names =
                    IntStream.range(0, domains).mapToObj(LoadMessage::domain).toList();
            appliance = OwnAppliance.in(scene, distribution, scene.relay(), nextHopPort)
                    .configure("io.drawbridge.net.listener", "outside", listener("OUTSIDE", port))
                    .configure("io.drawbridge.net.listener", "inside", listener("INSIDE", FreePorts.next()))
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
        Map<String, Object> listener = new HashMap<>(OwnAppliance.listener(side, "sip", port));
        listener.put("maxConnectionsPerAddress", 10_000);
        listener.put("maxHandshakesPerSecond", 10_000);
        return listener;
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
