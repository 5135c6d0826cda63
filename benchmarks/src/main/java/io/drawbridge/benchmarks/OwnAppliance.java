// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.benchmarks;

import io.drawbridge.testbed.Appliance;
import io.drawbridge.testbed.Credential;
import io.drawbridge.testbed.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The appliance as shipped in the organisation of a {@link Scene}: its identity, its next hop, all rights for all. */
final class OwnAppliance {
    private OwnAppliance() {}

    /** Not started; the hosts are found on loopback. */
    static Appliance in(Scene scene, Distribution distribution, Credential credential, int nextHopPort, String... hosts)
            throws IOException {
        return new Appliance("edge", distribution, Files.createTempDirectory(scene.directory(), "drawbridge"))
                .configure(
                        "io.drawbridge.net.identity",
                        "edge",
                        Map.of(
                                "certificate", credential.certificateFile(),
                                "key", credential.keyFile(),
                                "trustAnchors", scene.authority().anchorFile(),
                                "revocation", "OFF"))
                .configure(
                        "io.drawbridge.net.dns",
                        Map.of(
                                "overrides",
                                onLoopback(Stream.concat(Stream.of(Scene.NEXT_HOP_HOST), Stream.of(hosts)))))
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
                        Map.of(
                                "scope", "global",
                                "enableFederationAccess", true,
                                "enableXmppAccess", true,
                                "enablePublicCloudAccess", true));
    }

    private static List<String> onLoopback(Stream<String> hosts) {
        return hosts.map(host -> host + " A 127.0.0.1").toList();
    }

    /** A listener on loopback with the identity of the appliance. */
    static Map<String, Object> listener(String side, String protocol, int port) {
        return Map.of("side", side, "protocol", protocol, "address", "127.0.0.1", "port", port, "identity", "edge");
    }
}
