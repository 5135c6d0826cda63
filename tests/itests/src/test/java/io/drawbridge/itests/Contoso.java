// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.itests;

import io.drawbridge.api.directory.Identities;
import io.drawbridge.api.policy.Policy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleWiring;

/** The appliance as the edge of {@code contoso.example}: it has certificates and is open for SIP on both sides. */
final class Contoso implements AutoCloseable {
    static final String DOMAIN = "contoso.example";
    static final String HOST = "edge.contoso.example";
    static final String ALICE = "alice@" + DOMAIN;

    private static final String INSIDE_HOST = "edge.inside.contoso.example";

    private final BundleContext context;
    private final Edge edge;
    private final TrialCertificates certificates;

    Contoso(BundleContext context, Path folder) throws Exception {
        this.context = context;
        edge = new Edge(context);
        certificates = new TrialCertificates(edge.service(Identities.class), folder);
        certificates.make(HOST);
        certificates.make(INSIDE_HOST);
        certificates.make(Partner.HOST);
        certificates.make(NextHop.HOST);
        edge.set(Edge.IDENTITY, "outside", certificates.identity(HOST));
        edge.set(Edge.IDENTITY, "inside", certificates.identity(INSIDE_HOST));
        edge.set(Edge.LISTENER, "outside", listener("outside", "sip"));
        edge.set(Edge.LISTENER, "inside", listener("inside", "sip"));
        edge.awaitOpen("inside");
        edge.awaitOpen("outside");
    }

    static Map<String, Object> listener(String side, String protocol) {
        return Map.of("side", side, "protocol", protocol, "address", "127.0.0.1", "port", 0, "identity", side);
    }

    Edge edge() {
        return edge;
    }

    TrialCertificates certificates() {
        return certificates;
    }

    /** Lets the partner's messages through to a home. */
    void leadsTo(NextHop home) throws Exception {
        edge.set("io.drawbridge.net.dns", Map.of("overrides", NextHop.HOST + " A 127.0.0.1"));
        edge.set(
                "io.drawbridge.policy.access",
                "global",
                Map.of(
                        "enableFederationAccess",
                        "true",
                        "enableXmppAccess",
                        "true",
                        "enablePublicCloudAccess",
                        "true"));
        edge.set(Edge.ALLOWED, Partner.DOMAIN, Map.of("proxyFqdn", Partner.HOST));
        edge.set(
                "io.drawbridge.edge",
                Map.of(
                        "sipDomains",
                        DOMAIN,
                        "allowFederatedUsers",
                        "true",
                        "nextHop",
                        NextHop.HOST + ":" + home.port()));
        Policy policy = edge.service(Policy.class);
        Eventually.await("the next hop", () -> policy.edge().nextHop().isPresent());
    }

    /** Connects as the partner's server. */
    Partner partner() throws Exception {
        return new Partner(certificates.tls(Partner.HOST), edge.awaitOpen("outside"));
    }

    /** Which wiring every bundle has but those named; a refreshed bundle has another one. */
    Map<String, Object> wiringsWithout(Set<String> names) {
        Map<String, Object> wirings = new HashMap<>();
        Arrays.stream(context.getBundles())
                .filter(bundle -> !names.contains(bundle.getSymbolicName()))
                .forEach(bundle -> wirings.put(bundle.toString(), bundle.adapt(BundleWiring.class)));
        return wirings;
    }

    @Override
    public void close() throws IOException {
        edge.close();
    }
}
