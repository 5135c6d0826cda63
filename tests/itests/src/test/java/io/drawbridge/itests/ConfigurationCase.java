// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.directory.Identities;
import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.Direction;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.policy.Envelope;
import io.drawbridge.api.policy.Policy;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.policy.TrafficKind;
import java.io.IOException;
import java.net.ConnectException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** What is configured through Config Admin acts at once; what cannot be right changes nothing and is named. */
public class ConfigurationCase extends ApplianceCase {
    private static final String HOST = "edge.contoso.example";
    private static final String TRIED = Edge.LISTENER + "~tried";

    private Edge edge;
    private TrialCertificates certificates;

    @Before
    public void makesCertificates() throws IOException {
        edge = new Edge(context);
        certificates = new TrialCertificates(
                edge.service(Identities.class), folder.getRoot().toPath());
        certificates.make(HOST);
        certificates.make(Partner.HOST);
    }

    @After
    public void leavesTheApplianceAsItWas() throws IOException {
        edge.close();
    }

    @Test
    public void aListenerWithoutItsIdentityStaysClosedAndSaysSo() throws Exception {
        edge.set(Edge.LISTENER, "tried", listener(0));
        String reason = "no certificate, no edge: identity 'tried' is not configured";
        Eventually.await(reason, () -> edge.listener("tried").why().equals(reason));
        assertFalse(edge.listener("tried").open());
    }

    @Test
    public void aListenerOpensWithinSecondsOfItsIdentity() throws Exception {
        edge.set(Edge.LISTENER, "tried", listener(0));
        edge.listener("tried");
        edge.set(Edge.IDENTITY, "tried", certificates.identity(HOST));
        try (Partner partner = new Partner(certificates.tls(Partner.HOST), edge.awaitOpen("tried"))) {
            assertEquals(certificates.of(HOST), partner.certificateOfEdge());
            assertEquals("SIP/2.0 200 OK", partner.asks(HOST));
        }
    }

    @Test
    public void aListenerWhoseIdentityIsDeletedCloses() throws Exception {
        open(0);
        edge.delete(Edge.IDENTITY, "tried");
        edge.awaitClosed("tried");
    }

    @Test
    public void aChangedPortIsBoundInPlaceOfTheOldOne() throws Exception {
        int old = open(0);
        int next = BuiltAppliance.freePort();
        edge.set(Edge.LISTENER, "tried", Map.of("port", next));
        Eventually.await("the listener to move", () -> edge.isOpen("tried") && edge.awaitOpen("tried") == next);
        try (Partner partner = new Partner(certificates.tls(Partner.HOST), next)) {
            assertEquals("SIP/2.0 200 OK", partner.asks(HOST));
        }
        assertThrows(ConnectException.class, () -> new Partner(certificates.tls(Partner.HOST), old));
    }

    @Test
    public void aBadValueLeavesTheLastGoodStateAndIsNamed() throws Exception {
        int port = open(0);
        edge.set(Edge.LISTENER, "tried", Map.of("port", "99999"));
        InvalidSetting problem = edge.awaitProblem(TRIED);
        assertEquals("port", problem.key());
        assertEquals("99999", problem.value());
        assertTrue(problem.rule(), problem.rule().contains("65535"));
        assertEquals(port, edge.awaitOpen("tried"));
        try (Partner partner = new Partner(certificates.tls(Partner.HOST), port)) {
            assertEquals("SIP/2.0 200 OK", partner.asks(HOST));
        }
        edge.set(Edge.LISTENER, "tried", Map.of("port", port));
        Eventually.await("the problem to be gone", () -> edge.problems(TRIED).isEmpty());
    }

    @Test
    public void aKeyThatDoesNotExistIsNamedAndHarmsNothing() throws Exception {
        int port = open(0);
        edge.set(Edge.LISTENER, "tried", Map.of("prot", "sip"));
        InvalidSetting problem = edge.awaitProblem(TRIED);
        assertEquals("prot", problem.key());
        assertTrue(problem.rule(), problem.rule().startsWith("no such key"));
        assertEquals(port, edge.awaitOpen("tried"));
    }

    @Test
    public void anUnreadableKeyIsNamedAndTheListenerSaysWhatItWaitsFor() throws Exception {
        Map<String, Object> identity = new HashMap<>(certificates.identity(HOST));
        identity.put("key", folder.getRoot() + "/nowhere.key");
        edge.set(Edge.LISTENER, "tried", listener(0));
        edge.set(Edge.IDENTITY, "tried", identity);
        InvalidSetting problem = edge.awaitProblem(Edge.IDENTITY + "~tried");
        assertEquals("key", problem.key());
        assertEquals(folder.getRoot() + "/nowhere.key", problem.value());
        Eventually.await(
                "the listener to say so", () -> edge.listener("tried").why().contains("nowhere.key"));
    }

    @Test
    public void thePolicyFollowsTheEdgeAndItsPartners() throws Exception {
        Policy policy = edge.service(Policy.class);
        edge.set("io.drawbridge.edge", Map.of("sipDomains", "contoso.example", "allowFederatedUsers", "true"));
        edge.set("io.drawbridge.policy.access", "global", Map.of("enableFederationAccess", "true"));
        Eventually.await(
                "the own domain", () -> policy.edge().sipDomains().equals(Set.of(DomainName.of("contoso.example"))));
        Envelope outbound = Envelope.of(
                Direction.OUTBOUND,
                Address.of("alice@contoso.example"),
                Address.of("bob@" + Partner.DOMAIN),
                TrafficKind.MESSAGE);
        Eventually.await("nobody to be allowed", () -> !policy.decide(outbound).allowed());
        edge.set(Edge.ALLOWED, Partner.DOMAIN, Map.of("proxyFqdn", Partner.HOST));
        Eventually.await("the partner", () -> policy.decide(outbound).allowed());
        edge.set("io.drawbridge.edge", Map.of("allowFederatedUsers", "false"));
        Eventually.await("the switch", () -> !policy.decide(outbound).allowed());
        assertEquals(Reason.FEDERATION_OFF, policy.decide(outbound).reason());
    }

    @Test
    public void anOwnDomainIsNoPartner() throws Exception {
        Policy policy = edge.service(Policy.class);
        edge.set("io.drawbridge.edge", Map.of("sipDomains", "contoso.example"));
        edge.set(Edge.ALLOWED, "contoso.example", Map.of("domain", "contoso.example"));
        InvalidSetting problem = edge.awaitProblem(Edge.ALLOWED + "~contoso.example");
        assertEquals("domain", problem.key());
        assertEquals("contoso.example", problem.value());
        assertEquals(Set.of(DomainName.of("contoso.example")), policy.edge().sipDomains());
    }

    private int open(int port) throws Exception {
        edge.set(Edge.IDENTITY, "tried", certificates.identity(HOST));
        edge.set(Edge.LISTENER, "tried", listener(port));
        return edge.awaitOpen("tried");
    }

    private static Map<String, Object> listener(int port) {
        return Map.of("side", "OUTSIDE", "protocol", "sip", "address", "127.0.0.1", "port", port, "identity", "tried");
    }
}
