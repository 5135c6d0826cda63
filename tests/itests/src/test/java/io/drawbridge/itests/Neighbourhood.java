// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.itests;

import io.drawbridge.api.directory.PolicyDirectory;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.partner.XmppPartners;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.osgi.framework.BundleContext;

/** Contoso among its neighbours: a home behind it, and before it a SIP partner, an XMPP partner and public networks. */
final class Neighbourhood implements AutoCloseable {
    /** The listener for XMPP partners. */
    static final String XMPP = "xmpp";

    private final Contoso contoso;
    private final NextHop home;

    /** Opens the edge to all of them. */
    Neighbourhood(BundleContext context, Path folder) throws Exception {
        contoso = new Contoso(context, folder);
        contoso.certificates().make(XmppPartner.DOMAIN);
        edge().set("io.drawbridge.sip.gateway", Map.of("messageMode", "PAGER"));
        home = new NextHop(contoso.certificates().tls(NextHop.HOST));
        contoso.leadsTo(home);
        edge().set("io.drawbridge.xmpp.partner", XmppPartner.DOMAIN, Map.of("partnerType", "Federated"));
        XmppPartners partners = edge().service(XmppPartners.class);
        Eventually.await("the partner", () -> partners.of(DomainName.of(XmppPartner.DOMAIN))
                .isPresent());
        edge().set(Edge.LISTENER, XMPP, Contoso.listener("outside", "xmpp"));
        edge().awaitOpen(XMPP);
    }

    Contoso contoso() {
        return contoso;
    }

    Edge edge() {
        return contoso.edge();
    }

    NextHop home() {
        return home;
    }

    /** Waits until policy knows a domain as somebody's. */
    void awaitKnown(String domain) throws Exception {
        PolicyDirectory policy = edge().service(PolicyDirectory.class);
        Eventually.await("policy to know " + domain, () -> policy.domains().stream()
                .anyMatch(known -> known.domain().equals(DomainName.of(domain))));
    }

    /** Connects as the home, for Alice. */
    Partner alice() throws Exception {
        return new Partner(
                contoso.certificates().tls(NextHop.HOST), edge().awaitOpen("inside"), NextHop.HOST, Contoso.ALICE);
    }

    /** Connects as the XMPP partner. */
    XmppPartner chat() throws Exception {
        return new XmppPartner(contoso.certificates().tls(XmppPartner.DOMAIN), edge().awaitOpen(XMPP));
    }

    @Override
    public void close() throws IOException {
        home.close();
        contoso.close();
    }
}
