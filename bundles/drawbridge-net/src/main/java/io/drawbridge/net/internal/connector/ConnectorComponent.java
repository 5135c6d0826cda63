// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.connector;

import io.drawbridge.api.configuration.ConfigurationCheck;
import io.drawbridge.api.configuration.ConfigurationProblems;
import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.configuration.LastGood;
import io.drawbridge.api.diagnosis.Step;
import io.drawbridge.api.directory.OutgoingPeers;
import io.drawbridge.api.directory.PeerStatus;
import io.drawbridge.api.metrics.MetricSink;
import io.drawbridge.api.metrics.MetricSource;
import io.drawbridge.net.connection.Connection;
import io.drawbridge.net.connection.ConnectionHandler;
import io.drawbridge.net.connection.Connector;
import io.drawbridge.net.connection.Destination;
import io.drawbridge.net.internal.connection.Handshakes;
import io.drawbridge.net.internal.connection.OpenConnections;
import io.drawbridge.net.internal.connection.ProtocolHandlers;
import io.drawbridge.net.internal.dns.ServerLocator;
import io.drawbridge.net.internal.loops.EventLoops;
import io.drawbridge.net.internal.loops.Workers;
import io.drawbridge.net.internal.tls.Credentials;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Offers the connector and keeps it in step with its configuration and with the protocols that come and go. */
@Component(
        immediate = true,
        configurationPid = ConnectorConfig.PID,
        service = {
            Connector.class,
            OutgoingPeers.class,
            MetricSource.class,
            ConfigurationProblems.class,
            ConfigurationCheck.class
        })
@Designate(ocd = ConnectorConfig.class)
public final class ConnectorComponent
        implements Connector, OutgoingPeers, MetricSource, ConfigurationProblems, ConfigurationCheck, AutoCloseable {
    private static final Duration SWEEP = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration CLOSING = Duration.ofSeconds(5);
    /** A request that is not an INVITE ends within 32 seconds (RFC 3261 section 17.1.2.2). */
    private static final Duration DRAINING = Duration.ofSeconds(33);

    private final PooledConnector connector;
    private final Future<?> sweeping;
    private final ProtocolHandlers protocols;
    private final Consumer<String> draining;
    private final LastGood<ConnectorConfig, ConnectorSettings> configuration =
            new LastGood<>(ConnectorConfig.class, ConnectorConfig.PID, ConnectorSettings::of);

    /** Starts with the configuration given, or with defaults if it is refused. */
    @Activate
    public ConnectorComponent(
            Map<String, Object> properties,
            @Reference EventLoops loops,
            @Reference Workers workers,
            @Reference ServerLocator locator,
            @Reference Credentials credentials,
            @Reference OpenConnections connections,
            @Reference ProtocolHandlers protocols,
            @Reference Handshakes handshakes) {
        configuration.configure(properties);
        Clock clock = Clock.systemUTC();
        ConnectorCounters counters = new ConnectorCounters();
        ConnectionMaker maker = new ConnectionMaker(
                new ConnectionMaker.Collaborators(loops, locator, credentials, connections, protocols),
                new Dialer(loops, handshakes),
                configuration::settings,
                clock,
                counters);
        connector = new PooledConnector(new PooledConnector.Shared(
                maker, loops, configuration::settings, PATIENCE, clock, new SecureRandom(), new Budget(), counters));
        sweeping = workers.every(SWEEP, connector::sweep);
        // Whose handler goes takes nothing new, but what is under way may still be answered.
        draining = protocol -> connector.drain(protocol, DRAINING);
        this.protocols = protocols;
        protocols.follow(draining);
    }

    /** Takes over a changed configuration if it is valid. */
    @Modified
    public void configure(Map<String, Object> properties) {
        configuration.configure(properties);
    }

    /** Closes every connection in good order. */
    @Deactivate
    @Override
    public void close() {
        protocols.unfollow(draining);
        sweeping.cancel(false);
        connector.close(CLOSING);
    }

    @Override
    public Optional<Connection> open(Destination destination, int affinity) {
        return connector.open(destination, affinity);
    }

    @Override
    public CompletionStage<Connection> connect(Destination destination, int affinity) {
        return connector.connect(destination, affinity);
    }

    @Override
    public void avoid(Connection connection, Duration howLong) {
        connector.avoid(connection, howLong);
    }

    @Override
    public CompletionStage<Connection> dial(
            Destination destination, ConnectionHandler handler, Consumer<Step> journal) {
        return connector.dial(destination, handler, journal);
    }

    @Override
    public CompletionStage<List<Step>> probe(Destination destination) {
        return connector.probe(destination);
    }

    @Override
    public List<PeerStatus> outgoing() {
        return connector.outgoing();
    }

    @Override
    public void collect(MetricSink sink) {
        connector.collect(sink);
    }

    @Override
    public List<InvalidSetting> problems() {
        return configuration.problems();
    }

    @Override
    public List<InvalidSetting> check(Map<String, Optional<Map<String, Object>>> changes) {
        return configuration.check(changes);
    }
}
