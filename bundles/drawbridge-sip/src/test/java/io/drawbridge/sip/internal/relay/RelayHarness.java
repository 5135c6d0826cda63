// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.configuration.Settings;
import io.drawbridge.api.crossing.Crossing;
import io.drawbridge.api.crossing.CrossingListener;
import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.Direction;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.Side;
import io.drawbridge.api.partner.NetworkAddresses;
import io.drawbridge.api.policy.EdgeSettings;
import io.drawbridge.api.policy.Envelope;
import io.drawbridge.api.policy.FederationRecord;
import io.drawbridge.api.policy.NameVerification;
import io.drawbridge.api.policy.Naming;
import io.drawbridge.api.policy.Offered;
import io.drawbridge.api.policy.Policy;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.policy.Route;
import io.drawbridge.api.policy.Safeguards;
import io.drawbridge.api.policy.SourceType;
import io.drawbridge.api.policy.Verdict;
import io.drawbridge.net.connection.Announcements;
import io.drawbridge.net.connection.Connector;
import io.drawbridge.net.dns.FederationLocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.crypto.SecretKey;

/**
 * A relay between a home at {@code contoso.example} and the world outside, on a clock that a test steers. Policy allows
 * what {@link #domains} lists; everything else of the relay is the product.
 */
public final class RelayHarness implements Surroundings {
    public static final HostPort INSIDE = new HostPort("edge-int.contoso.example", 5061);
    static final HostPort OUTSIDE = new HostPort("sip.contoso.example", 5061);
    static final DomainName OWN = DomainName.of("contoso.example");

    /** Plug-ins with nothing to say of addresses. */
    static final NetworkAddresses AS_WRITTEN = new NetworkAddresses() {
        @Override
        public CompletionStage<Answer> toNetwork(String provider, Address written) {
            return CompletableFuture.completedFuture(Answer.of(written));
        }

        @Override
        public CompletionStage<Answer> fromNetwork(String provider, Address known) {
            return CompletableFuture.completedFuture(Answer.of(known));
        }
    };

    final MockTicker ticker = Ticker.newMockTicker();
    final EmbeddedChannel inProcess = EmbeddedChannel.builder().ticker(ticker).build();
    final Map<String, Object> properties = new HashMap<>();
    private Map<String, Object> readFrom = Map.of();
    private RelaySettings settings = read(readFrom);
    public final List<Crossing> crossings = new CopyOnWriteArrayList<>();
    final List<TestPeer> peers = new ArrayList<>();
    public final TestConnector connector = new TestConnector();
    public final TestLocator locator = new TestLocator();
    final Map<DomainName, Verdict.Outcome> domains = new HashMap<>();
    final Map<DomainName, String> links = new HashMap<>();
    final Map<DomainName, Naming> gateways = new HashMap<>();
    /** What the networks behind the gateways show. */
    Set<Offered> shown = Set.of(Offered.TYPING, Offered.RECEIPT);

    Optional<NetworkAddresses> networkAddresses = Optional.empty();
    final RelayCounters counters = new RelayCounters();
    final SecretKey sealKey = SealKey.forThisRun();
    final Relay relay = new Relay(this, this::settings, counters, Clock.systemUTC(), sealKey);
    volatile Connector socketConnector;
    Optional<Safeguards> safeguards = Optional.empty();
    Optional<Hop> home = Optional.empty();
    public Optional<Policy> policy = Optional.of(new ListPolicy());
    EdgeSettings edge = edge(true, false, true);
    Optional<HostPort> nextHop = Optional.of(new HostPort("pool.contoso.example", 5061));

    static EdgeSettings edge(boolean honourUserData, boolean diagnosticsOutside, boolean markSourceVerifiable) {
        return edge(Set.of("pool.contoso.example"), honourUserData, diagnosticsOutside, markSourceVerifiable);
    }

    /** An edge whose home has these servers; the pool is the next hop. */
    static EdgeSettings edgeWithHome(Set<String> servers) {
        return edge(servers, true, false, true);
    }

    private static EdgeSettings edge(
            Set<String> servers, boolean honourUserData, boolean diagnosticsOutside, boolean markSourceVerifiable) {
        return new EdgeSettings(
                Set.of(OWN),
                Optional.of(new HostPort("pool.contoso.example", 5061)),
                servers,
                honourUserData,
                markSourceVerifiable,
                false,
                diagnosticsOutside,
                4);
    }

    static EdgeSettings embeddedHomeEdge() {
        return new EdgeSettings(Set.of(OWN), Optional.empty(), Set.of(), false, true, false, true, 4);
    }

    public RelayHarness() {
        domains.put(DomainName.of("fabrikam.example"), Verdict.Outcome.ALLOW);
        domains.put(DomainName.of("blocked.example"), Verdict.Outcome.REFUSE);
    }

    /** Reaches some domains by a gateway, behind which people have the names they have here. */
    public void gateway(Set<DomainName> network, Set<Offered> signals) {
        Naming naming = new Naming("network", network, Optional.empty());
        network.forEach(domain -> gateways.put(domain, naming));
        shown = signals;
        networkAddresses = Optional.of(AS_WRITTEN);
    }

    /** A connection the relay does not know of. */
    public TestPeer unconnected(String certificateName) {
        TestPeer peer = new TestPeer(this, Side.INSIDE, certificateName, true, INSIDE);
        peers.add(peer);
        return peer;
    }

    /** The loop of what lives in this appliance. */
    public EventExecutor inProcessLoop() {
        return inProcess.eventLoop();
    }

    /** Makes an embedded home the home. */
    public void embed(Hop hop) {
        nextHop = Optional.empty();
        home = Optional.of(hop);
    }

    /** Route lines as somebody outside brings them back who is in this dialog. */
    String ourRoutes(String callId, String foreignDomain) {
        String seal = new RouteSeal(sealKey).of(callId, foreignDomain, Optional.empty());
        return "Route: <sip:" + OUTSIDE + ";transport=tls;lr;r2=on;seal=" + seal + ">\n" + "Route: <sip:" + INSIDE
                + ";transport=tls;lr;r2=on>\n";
    }

    public Relay relay() {
        return relay;
    }

    /** A peer that connected to the edge. */
    public TestPeer accepted(Side side, String certificateName) {
        return connected(side, certificateName, true);
    }

    /** A server the edge connected to; the connector hands it out from now on. */
    public TestPeer opened(Side side, String certificateName) {
        TestPeer peer = connected(side, certificateName, false);
        connector.ready(peer);
        return peer;
    }

    public TestPeer connected(Side side, String certificateName, boolean accepted) {
        HostPort announced = side == Side.INSIDE ? INSIDE : OUTSIDE;
        TestPeer peer = new TestPeer(this, side, certificateName, accepted, announced);
        peers.add(peer);
        relay.opened(peer);
        return peer;
    }

    /** Lets time pass in steps of half a second. */
    public void advance(int seconds) {
        for (int i = 0; i < seconds * 2; i++) {
            ticker.advance(500, TimeUnit.MILLISECONDS);
            settle();
        }
    }

    /** Runs what is due on every loop. */
    public void settle() {
        for (int round = 0; round < 4; round++) {
            peers.forEach(TestPeer::runTasks);
            inProcess.runPendingTasks();
            inProcess.runScheduledPendingTasks();
        }
    }

    synchronized RelaySettings settings() {
        if (!properties.equals(readFrom)) {
            readFrom = Map.copyOf(properties);
            settings = read(readFrom);
        }
        return settings;
    }

    private static RelaySettings read(Map<String, Object> properties) {
        try {
            return RelaySettings.of(Settings.read(RelayConfig.class, RelayConfig.PID, properties)
                    .value());
        } catch (InvalidSetting invalid) {
            throw new IllegalStateException(invalid);
        }
    }

    Crossing onlyCrossing() {
        if (crossings.size() != 1) {
            throw new AssertionError("expected one crossing, there are " + crossings);
        }
        return crossings.get(0);
    }

    @Override
    public Optional<Policy> policy() {
        return policy;
    }

    @Override
    public Optional<Safeguards> safeguards() {
        return safeguards;
    }

    @Override
    public Optional<NetworkAddresses> networkAddresses() {
        return networkAddresses;
    }

    @Override
    public Connector connector() {
        return socketConnector == null ? connector : socketConnector;
    }

    @Override
    public FederationLocator locator() {
        return locator;
    }

    @Override
    public Announcements announcements() {
        return (side, protocol) ->
                protocol.equals("sip") ? Optional.of(side == Side.INSIDE ? INSIDE : OUTSIDE) : Optional.empty();
    }

    @Override
    public Optional<Hop> home() {
        return home;
    }

    @Override
    public List<CrossingListener> listeners() {
        return List.of(crossings::add);
    }

    /** Allows listed domains; the rest of what policy says does not matter to the relay. */
    private final class ListPolicy implements Policy {
        @Override
        public Verdict decide(Envelope envelope) {
            boolean inbound = envelope.direction() == Direction.INBOUND;
            boolean ours = envelope.ownUser().domain().equals(OWN)
                    && !envelope.foreignDomain().equals(OWN);
            if (!ours) {
                return verdict(Verdict.Outcome.REFUSE, Reason.NOT_OUR_DOMAIN, Optional.empty());
            }
            Naming naming = gateways.get(envelope.foreignDomain());
            if (naming != null) {
                return shown.containsAll(envelope.offered())
                        ? throughGateway(naming, inbound)
                        : verdict(Verdict.Outcome.REFUSE, Reason.SIGNAL_UNKNOWN_THERE, Optional.empty());
            }
            if (!inbound && links.containsKey(envelope.foreignDomain())) {
                Route link = new Route.Link(links.get(envelope.foreignDomain()), envelope.foreignDomain());
                return verdict(Verdict.Outcome.ALLOW, Reason.ALLOWED, Optional.of(link));
            }
            Verdict.Outcome outcome = domains.getOrDefault(envelope.foreignDomain(), Verdict.Outcome.LOOK_UP);
            if (outcome == Verdict.Outcome.LOOK_UP
                    && !envelope.record().targets().isEmpty()) {
                outcome = Verdict.Outcome.ALLOW;
            } else if (outcome == Verdict.Outcome.LOOK_UP
                    && envelope.record().status() != FederationRecord.Status.NOT_ASKED) {
                return verdict(Verdict.Outcome.REFUSE, Reason.NO_FEDERATION_RECORD, Optional.empty());
            }
            if (outcome != Verdict.Outcome.ALLOW) {
                return verdict(outcome, Reason.DOMAIN_BLOCKED, Optional.empty());
            }
            Route route = inbound
                    ? new Route.Home(nextHop)
                    : new Route.FederationSrv(envelope.foreignDomain(), NameVerification.EITHER, Set.of());
            return verdict(outcome, Reason.ALLOWED, Optional.of(route));
        }

        private Verdict throughGateway(Naming naming, boolean inbound) {
            Route way = new Route.Server(
                    new HostPort("gateway.msn.example", 5061),
                    DomainName.of("msn.example"),
                    NameVerification.LYNC_HOST,
                    Set.of());
            return new Verdict(
                    Verdict.Outcome.ALLOW,
                    Reason.ALLOWED,
                    List.of(),
                    Optional.of(SourceType.PROVIDER),
                    true,
                    true,
                    Optional.of(inbound ? new Route.Home(nextHop) : way),
                    Optional.of(naming));
        }

        private Verdict verdict(Verdict.Outcome outcome, Reason reason, Optional<Route> route) {
            return new Verdict(outcome, reason, List.of(), Optional.of(SourceType.ALLOWED_PARTNER), true, false, route);
        }

        @Override
        public EdgeSettings edge() {
            return edge;
        }
    }
}
