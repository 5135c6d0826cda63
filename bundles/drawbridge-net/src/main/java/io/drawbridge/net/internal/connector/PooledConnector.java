// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.connector;

import io.drawbridge.api.diagnosis.Step;
import io.drawbridge.api.directory.OutgoingPeers;
import io.drawbridge.api.directory.PeerStatus;
import io.drawbridge.api.metrics.MetricSink;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.net.connection.ConnectException;
import io.drawbridge.net.connection.Connection;
import io.drawbridge.net.connection.ConnectionHandler;
import io.drawbridge.net.connection.Connector;
import io.drawbridge.net.connection.Destination;
import io.drawbridge.net.internal.connector.ConnectorCounters.Limit;
import io.drawbridge.net.internal.loops.EventLoops;
import io.netty.channel.ChannelFuture;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Keeps a pool of connections for each destination in use. */
final class PooledConnector implements Connector, OutgoingPeers {
    private final Map<PoolKey, Pool> pools = new ConcurrentHashMap<>();
    private final Shared shared;
    private volatile boolean closed;

    PooledConnector(Shared shared) {
        this.shared = shared;
    }

    /**
     * What pools share.
     *
     * @param patience how long who could use another connection waits for the one of its slot
     */
    record Shared(
            ConnectionMaker maker,
            EventLoops loops,
            Supplier<ConnectorSettings> settings,
            Duration patience,
            InstantSource clock,
            RandomGenerator random,
            Budget waiting,
            ConnectorCounters counters) {}

    @Override
    public Optional<Connection> open(Destination destination, int affinity) {
        Pool pool = pools.get(PoolKey.of(destination));
        return pool == null ? Optional.empty() : pool.open(destination, affinity);
    }

    @Override
    public CompletionStage<Connection> connect(Destination destination, int affinity) {
        PoolKey key = PoolKey.of(destination);
        CompletableFuture<Connection> connection = null;
        while (connection == null) {
            if (closed) {
                return failed(Reason.SHUTTING_DOWN, "connections are being closed");
            }
            Pool pool = pools.get(key);
            if (pool == null) {
                if (pools.size() >= shared.settings.get().limits().destinations()) {
                    shared.counters.reached(Limit.DESTINATIONS);
                    return failed(Reason.OVERLOADED, "maxDestinations of " + ConnectorConfig.PID + " is reached");
                }
                pool = pools.computeIfAbsent(key, absent -> new Pool(shared, absent, destination.name()));
            }
            connection = pool.connect(destination, affinity);
            if (connection == null) {
                pools.remove(key, pool);
            }
        }
        return connection;
    }

    @Override
    public CompletionStage<Connection> dial(
            Destination destination, ConnectionHandler handler, Consumer<Step> journal) {
        if (closed) {
            return failed(Reason.SHUTTING_DOWN, "connections are being closed");
        }
        FailedTargets afresh = new FailedTargets(() -> shared.settings.get().targets(), shared.clock, shared.random);
        CompletableFuture<Connection> dialled = new CompletableFuture<>();
        shared.maker
                .make(destination, destination.check(), afresh, true, handler, journal)
                .whenComplete((member, thrown) -> {
                    if (thrown == null) {
                        dialled.complete(member.connection());
                    } else {
                        SetupFailure failure = SetupFailure.of(thrown);
                        dialled.completeExceptionally(new ConnectException(failure.reason(), failure.getMessage()));
                    }
                });
        return dialled;
    }

    @Override
    public void avoid(Connection connection, Duration howLong) {
        Pool pool = connection.channel().attr(Pool.OF).get();
        if (pool != null) {
            pool.avoid(connection, howLong);
        }
    }

    @Override
    public CompletionStage<List<Step>> probe(Destination destination) {
        return new Probe(shared.maker, destination).run();
    }

    @Override
    public List<PeerStatus> outgoing() {
        return pools.values().stream().map(Pool::status).toList();
    }

    /** Gives up what nobody used for long; to be called every few seconds. */
    void sweep() {
        pools.values().removeIf(Pool::sweep);
    }

    /** Hands out no connection of a protocol that goes away, and closes them when their answers had time to come. */
    void drain(String protocol, Duration grace) {
        pools.values().removeIf(pool -> {
            boolean concerned = pool.key().protocol().equals(protocol);
            if (concerned) {
                pool.giveUp();
                shared.loops.group().schedule(pool::close, grace.toMillis(), TimeUnit.MILLISECONDS);
            }
            return concerned;
        });
    }

    /** Refuses what comes from now on, closes every connection and waits until the peers have been told. */
    void close(Duration patience) {
        closed = true;
        List<ChannelFuture> closing = new ArrayList<>();
        pools.values().forEach(pool -> closing.addAll(pool.close()));
        pools.clear();
        long deadline = System.nanoTime() + patience.toNanos();
        for (ChannelFuture one : closing) {
            one.awaitUninterruptibly(TimeUnit.NANOSECONDS.toMillis(Math.max(0, deadline - System.nanoTime())));
        }
    }

    void collect(MetricSink sink) {
        shared.counters.collect(sink);
        sink.gauge("drawbridge_connector_waiting", "Requests waiting for a connection", shared.waiting.used());
        sink.gauge("drawbridge_connector_connections", "Outgoing connections, open or under way", shared.maker.open());
        Map<PeerStatus.State, Integer> states = new EnumMap<>(PeerStatus.State.class);
        outgoing().forEach(peer -> states.merge(peer.state(), 1, Integer::sum));
        for (PeerStatus.State state : PeerStatus.State.values()) {
            sink.gauge(
                    "drawbridge_connector_destinations",
                    "Destinations in use, by state",
                    states.getOrDefault(state, 0),
                    "state",
                    state.name().toLowerCase(Locale.ROOT));
        }
    }

    private static CompletionStage<Connection> failed(Reason reason, String message) {
        return CompletableFuture.failedFuture(new ConnectException(reason, message));
    }
}
