// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertSame;

import io.drawbridge.api.policy.Policy;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.cert.Certificate;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/** The appliance changes while partners talk to it, and none of them goes without an answer. */
public class TrafficCase extends ApplianceCase {
    private static final String HOST = Contoso.HOST;
    private static final String ALICE = "sip:" + Contoso.ALICE;
    private static final String SIP = "drawbridge-sip";
    private static final int PATIENCE_SECONDS = 45;

    private Contoso contoso;
    private Edge edge;
    private TrialCertificates certificates;

    @Before
    public void opensTheEdge() throws Exception {
        contoso = new Contoso(context, folder.getRoot().toPath());
        edge = contoso.edge();
        certificates = contoso.certificates();
    }

    @After
    public void leavesTheApplianceAsItWas() throws IOException {
        contoso.close();
    }

    @Test
    public void nothingUnrelatedThatIsReconfiguredDisturbsAConnection() throws Exception {
        try (Partner partner = contoso.partner();
                Traffic traffic = new Traffic(() -> partner.asks(HOST))) {
            traffic.flows();
            edge.set("io.drawbridge.edge", Map.of("sipDomains", "contoso.example, litware.example"));
            Policy policy = edge.service(Policy.class);
            Eventually.await("the domains", () -> policy.edge().sipDomains().size() == 2);
            traffic.flows();
            edge.set("io.drawbridge.net.dns", Map.of("overrides", NextHop.HOST + " A 127.0.0.1"));
            traffic.flows();
            edge.set(Edge.LISTENER, "second", Contoso.listener("outside", "sip"));
            edge.awaitOpen("second");
            traffic.flows();
            edge.delete(Edge.LISTENER, "second");
            edge.awaitClosed("second");
            traffic.flows();
            edge.set("io.drawbridge.monitor", Map.of("port", BuiltAppliance.freePort()));
            traffic.flows();
            edge.set(Edge.ALLOWED, Partner.DOMAIN, Map.of("domain", Partner.DOMAIN));
            traffic.flows();
        }
    }

    @Test
    public void aMovedListenerLeavesItsConnectionsAlone() throws Exception {
        try (Partner partner = contoso.partner();
                Traffic traffic = new Traffic(() -> partner.asks(HOST))) {
            traffic.flows();
            int next = BuiltAppliance.freePort();
            edge.set(Edge.LISTENER, "outside", Map.of("port", next));
            Eventually.await("the listener to move", () -> edge.awaitOpen("outside") == next);
            traffic.flows();
        }
    }

    @Test
    public void aReplacedCertificateIsSeenByNewHandshakesOnly() throws Exception {
        Certificate old = certificates.of(HOST);
        try (Partner partner = contoso.partner();
                Traffic traffic = new Traffic(() -> partner.asks(HOST))) {
            assertEquals(old, partner.certificateOfEdge());
            certificates.make(HOST);
            Certificate renewed = certificates.of(HOST);
            assertNotEquals(old, renewed);
            Eventually.await("a handshake with the new certificate", () -> {
                try (Partner next = contoso.partner()) {
                    return next.certificateOfEdge().equals(renewed);
                }
            });
            traffic.flows();
            assertEquals(old, partner.certificateOfEdge());
        }
    }

    @Test
    public void whatIsUnderWayIsAnsweredBeforeSipIsGoneAndNothingElseIsTouched() throws Exception {
        try (NextHop home = new NextHop(certificates.tls(NextHop.HOST));
                Partner partner = contoso.partner()) {
            contoso.leadsTo(home);
            Map<String, Object> others = contoso.wiringsWithout(Set.of(SIP));
            partner.sends("MESSAGE", ALICE);
            NextHop.Request message = home.awaitRequest();
            CompletableFuture<Void> removal = CompletableFuture.runAsync(() -> remove(SIP));
            edge.awaitClosed("outside");
            message.answer("200 OK");
            assertEquals("SIP/2.0 200 OK", partner.awaitAnswer());
            partner.awaitFarewell();
            removal.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertEquals(
                    "no installed bundle serves protocol 'sip'",
                    edge.listener("outside").why());

            features.installFeature(SIP);
            edge.awaitOpen("outside");
            try (Partner again = contoso.partner()) {
                again.sends("MESSAGE", ALICE);
                home.awaitRequest().answer("200 OK");
                assertEquals("SIP/2.0 200 OK", again.awaitAnswer());
            }
            assertEquals("no other bundle was refreshed", others, contoso.wiringsWithout(Set.of(SIP)));
        } finally {
            restore(SIP);
        }
    }

    @Test
    public void whatIsSentWhileSipDrainsIsRefusedAndNotLost() throws Exception {
        try (NextHop home = new NextHop(certificates.tls(NextHop.HOST));
                Partner partner = contoso.partner();
                Partner late = contoso.partner()) {
            contoso.leadsTo(home);
            partner.sends("MESSAGE", ALICE);
            NextHop.Request message = home.awaitRequest();
            CompletableFuture<Void> removal = CompletableFuture.runAsync(() -> remove(SIP));
            edge.awaitClosed("outside");
            Eventually.await("new requests to be refused", () -> late.asks(HOST).startsWith("SIP/2.0 503 "));
            message.answer("200 OK");
            assertEquals("SIP/2.0 200 OK", partner.awaitAnswer());
            removal.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } finally {
            restore(SIP);
        }
    }

    @Test
    public void anUpdateOfSipOpensItsListenersAgain() throws Exception {
        Bundle sip = edge.bundle(SIP);
        Object wiring = edge.bundle("drawbridge-net").adapt(BundleWiring.class);
        try (Partner partner = contoso.partner();
                InputStream code = URI.create(sip.getLocation()).toURL().openStream()) {
            assertEquals("SIP/2.0 200 OK", partner.asks(HOST));
            sip.update(code);
            partner.awaitFarewell();
        }
        edge.awaitOpen("outside");
        try (Partner partner = contoso.partner()) {
            assertEquals("SIP/2.0 200 OK", partner.asks(HOST));
        }
        assertSame(wiring, edge.bundle("drawbridge-net").adapt(BundleWiring.class));
    }
}
