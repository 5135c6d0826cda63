// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.link.Inbox;
import io.drawbridge.api.link.Link;
import io.drawbridge.api.metrics.MetricSink;
import io.drawbridge.api.metrics.MetricSource;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.policy.Policy;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.sip.SipElement;
import io.drawbridge.api.sip.SipFlow;
import io.drawbridge.net.connection.Announcements;
import io.drawbridge.net.connection.Connection;
import io.drawbridge.net.connection.Connector;
import io.drawbridge.sip.internal.relay.HomeWay;
import io.netty.channel.DefaultEventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** The user agent with its thread. */
public final class Gateway implements Link, MetricSource {
    /** The identifier of the link to the home. */
    public static final String LINK = Environment.LINK;

    /** The protocol of the connections it takes. */
    public static final String PROTOCOL = MsrpConnections.PROTOCOL;

    private static final long LOOK_EVERY_MILLIS = 10;
    private final EventExecutor executor =
            new DefaultEventLoop(new DefaultThreadFactory("drawbridge-sip-gateway", true));
    private final UserAgent agent;
    private final MsrpConnections msrp;
    private final Supplier<GatewayConfig> settings;

    /**
     * Starts.
     *
     * @param settings those in force
     * @param connector makes connections of MSRP
     * @param announcements say whether there is a listener for MSRP
     * @param inbox where events go, as long as somebody takes them
     * @param policy says whether the home is behind a next hop
     */
    public Gateway(
            Supplier<GatewayConfig> settings,
            HomeWay way,
            Connector connector,
            Announcements announcements,
            Supplier<Optional<Inbox>> inbox,
            Supplier<Optional<Policy>> policy) {
        this.settings = settings;
        AgentLoop loop = new AgentLoop(executor);
        msrp = new MsrpConnections(connector, announcements, connection -> agent().line(connection.channel()));
        agent = new UserAgent(new Environment(
                loop, loop, InstantSource.system(), new Hops(way), inbox, settings, msrp, () -> policy.get()
                        .flatMap(now -> now.edge().nextHop())
                        .isPresent()));
    }

    private UserAgent agent() {
        return agent;
    }

    /** Takes over a connection of MSRP. */
    public void opened(Connection connection) {
        msrp.opened(connection);
    }

    /** Returns what takes SIP messages of the home. */
    public SipElement element() {
        return agent;
    }

    @Override
    public CompletionStage<DeliveryOutcome> deliver(Event event) {
        return agent.deliver(event);
    }

    @Override
    public void collect(MetricSink sink) {
        agent.collect(sink);
    }

    /** Takes nothing new and waits for what is under way as long as configured. Blocks; not for event loops. */
    public void drain() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(settings.get().drainSeconds());
        while (!agent.drained().toCompletableFuture().join() && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
        }
    }

    /** Answers what is left and ends the thread. */
    public void stop() {
        agent.stop();
        executor.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    /** The next hops of the home, as the relay keeps them. */
    private record Hops(HomeWay way) implements WayHome {
        @Override
        public void reach(Optional<HostPort> wanted, int affinity, BiConsumer<SipFlow, Reason> outcome) {
            way.reach(wanted, affinity, outcome);
        }

        @Override
        public void avoid(SipFlow flow, Duration howLong) {
            way.avoid(flow, howLong);
        }
    }
}
