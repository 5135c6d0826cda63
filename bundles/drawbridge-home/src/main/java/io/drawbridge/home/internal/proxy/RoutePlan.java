// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.proxy;

import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.header.Route;
import gov.nist.javax.sip.header.RouteList;
import gov.nist.javax.sip.message.SIPRequest;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.sip.SipFlow;
import io.drawbridge.home.internal.sip.Flows;
import io.drawbridge.lib.jainsip.RequestRefused;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;

/**
 * What the Route headers of a request say (RFC 3261 section 16.4).
 *
 * @param ownRoutes how many of the first values name this home and are taken off
 * @param token the flow token in the last of them, which says where the request leaves; empty if there is none
 * @param further whether values of other elements follow
 */
record RoutePlan(int ownRoutes, Optional<String> token, boolean further) {
    /** The URI parameter of our Record-Route that holds the flow token. */
    static final String FLOW = "flow";

    static RoutePlan of(SIPRequest request, SipFlow ingress, Flows flows, Set<DomainName> domains) {
        RouteList routes = request.getRouteHeaders();
        if (routes == null) {
            return new RoutePlan(0, Optional.empty(), false);
        }
        int own = 0;
        Optional<String> token = Optional.empty();
        Iterator<Route> values = routes.iterator();
        while (values.hasNext()) {
            SipUri uri = values.next().getAddress().getURI() instanceof SipUri sip ? sip : null;
            Optional<String> named = Optional.ofNullable(uri).map(it -> it.getParameter(FLOW));
            // A client connected to us because of its first Route, whatever name or address it knows us by.
            boolean first = own == 0 && ingress.kind() == SipFlow.Kind.CLIENT;
            // Behind our own recorded values the same host is the edge itself, which may share our name.
            boolean ours = isOwn(uri, flows, domains) && (named.isPresent() || token.isEmpty());
            if (!first && !ours) {
                return new RoutePlan(own, token, true);
            }
            own++;
            token = named.isPresent() ? named : token;
        }
        return new RoutePlan(own, token, false);
    }

    /** Returns where the request leaves; empty if the routes do not say. */
    Optional<SipFlow> egress(Flows flows) throws RequestRefused {
        if (token.isEmpty()) {
            return Optional.empty();
        }
        return flows.byToken(token.get());
    }

    private static boolean isOwn(SipUri uri, Flows flows, Set<DomainName> domains) {
        if (uri == null || uri.getUser() != null) {
            return false;
        }
        String host = uri.getHost();
        try {
            HostPort hostPort = new HostPort(host, Math.max(uri.getPort(), 0));
            return flows.isLocal(hostPort) || (hostPort.port() == 0 && domains.contains(DomainName.of(host)));
        } catch (IllegalArgumentException notAHost) {
            return false;
        }
    }
}
