// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.benchmarks;

import io.drawbridge.testbed.Appliance;
import io.drawbridge.testbed.Distribution;
import io.drawbridge.testbed.Eventually;
import io.drawbridge.testbed.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The appliance as shipped between a home and a public network, on whatever processors there are. */
final class ProviderTarget implements Target {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final int port = FreePorts.next();
    private final Appliance appliance;

    ProviderTarget(Distribution distribution, Scene scene, int nextHopPort) {
        // What is under way while a plug-in is replaced that takes its whole time to leave.
        Map<String, Object> exchange = new HashMap<>(Limits.LIFTED);
        exchange.put("mostUnderWay", 50_000);
        try {
            appliance = OwnAppliance.in(scene, distribution, scene.relay(), nextHopPort)
                    .configure("io.drawbridge.net.listener", "inside", OwnAppliance.listener("INSIDE", "sip", port))
                    .configure(
                            "io.drawbridge.sip.gateway",
                            Map.of("messageMode", "PAGER", "maxSubscriptionsPerWatcher", 100_000))
                    .configure("io.drawbridge.exchange", exchange)
                    .configure("io.drawbridge.provider", "example", Map.of("enabled", true, "logInsPerMinute", 6000))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has its shell do something. */
    void shell(String command) {
        String said = appliance.shell(command);
        if (said.contains("Error")) {
            throw new IllegalStateException(command + ": " + said);
        }
    }

    /** Returns when the provider's account is signed in. */
    void awaitOnline() {
        Eventually.await(
                "the account to sign in",
                PATIENCE,
                () -> appliance.metric("drawbridge_provider_accounts", "status=\"online\"") == 1);
    }

    /** Returns how many times a plug-in began to serve. */
    int served() {
        return appliance.log().split("Provider example is served by", -1).length - 1;
    }

    @Override
    public String name() {
        return "Drawbridge";
    }

    int port() {
        return port;
    }

    Path home() {
        return appliance.home();
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
