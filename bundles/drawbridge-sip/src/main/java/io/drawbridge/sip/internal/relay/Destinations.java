// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.Side;
import io.drawbridge.api.policy.EdgeSettings;
import io.drawbridge.api.policy.FederationRecord;
import io.drawbridge.api.policy.Route;
import io.drawbridge.net.connection.Destination;
import io.drawbridge.net.connection.Destination.Location;
import io.drawbridge.net.connection.PeerCheck;
import io.drawbridge.sip.internal.trust.InsideNames;
import io.drawbridge.sip.internal.trust.ServerNames;
import java.util.Optional;

/**
 * Turns a verdict's route into a destination for connections. A dialog's route set chooses among the servers the route
 * allows, so that a dialog stays with the server that record-routed it; it never adds one, neither a host nor a port:
 * where a message says a server is, the edge does not connect to. So a domain has as many destinations as its federation
 * record has servers, and one more.
 */
public final class Destinations {
    /** The protocol of listeners, connections and handlers of the relay. */
    public static final String PROTOCOL = "sip";

    private static final int TLS_PORT = 5061;

    private Destinations() {}

    /**
     * Returns where a route leads.
     *
     * @param wanted the server the route set names, if any
     * @param record what is known of the foreign domain's servers
     */
    public static Destination of(Route route, Optional<HostPort> wanted, FederationRecord record, EdgeSettings edge) {
        if (route instanceof Route.Home home) {
            return inside(home.nextHop().orElseThrow(), wanted, edge);
        }
        if (route instanceof Route.Server server) {
            return outside(
                    server.server().host(),
                    new Location.Server(server.server().orPort(TLS_PORT)),
                    new ServerNames(server.domain(), server.verification(), server.pins(), true),
                    edge);
        }
        Route.FederationSrv srv = (Route.FederationSrv) route;
        Location location = wanted.flatMap(host -> choice(host, record))
                .<Location>map(Location.Server::new)
                .orElseGet(() -> new Location.FederationSrv(srv.domain()));
        return outside(
                srv.domain().value(),
                location,
                new ServerNames(srv.domain(), srv.verification(), srv.pins(), false),
                edge);
    }

    /** A domain with one server needs no choice and so no connections of its own for dialogs. */
    private static Optional<HostPort> choice(HostPort wanted, FederationRecord record) {
        HostPort server = wanted.orPort(TLS_PORT);
        return record.targets().size() > 1 && record.targets().contains(server)
                ? Optional.of(server)
                : Optional.empty();
    }

    private static Destination inside(HostPort nextHop, Optional<HostPort> wanted, EdgeSettings edge) {
        HostPort server = wanted.map(host -> host.orPort(TLS_PORT))
                .filter(host -> !host.host().equals(nextHop.host()))
                .filter(host -> host.port() == TLS_PORT || host.port() == nextHop.port())
                .filter(host -> edge.nextHopNames().contains(host.host()))
                .orElse(nextHop);
        return new Destination(
                server.host(),
                Side.INSIDE,
                PROTOCOL,
                new Location.Server(server),
                InsideNames.of(edge),
                edge.outgoingTlsCount());
    }

    /** Returns one of the home's servers; empty if the home is embedded. */
    static Optional<Destination> home(EdgeSettings edge, Optional<HostPort> wanted) {
        return edge.nextHop().map(nextHop -> inside(nextHop, wanted, edge));
    }

    /** Returns a server outside that something vouches for; empty if it is not on the port of SIP over TLS. */
    static Optional<Destination> server(HostPort server, PeerCheck check, EdgeSettings edge) {
        HostPort stated = server.orPort(TLS_PORT);
        return stated.port() == TLS_PORT
                ? Optional.of(outside(server.host(), new Location.Server(stated), check, edge))
                : Optional.empty();
    }

    private static Destination outside(String name, Location location, PeerCheck check, EdgeSettings edge) {
        return new Destination(name, Side.OUTSIDE, PROTOCOL, location, check, edge.outgoingTlsCount());
    }
}
