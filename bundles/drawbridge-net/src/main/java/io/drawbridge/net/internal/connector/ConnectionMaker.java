// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.connector;

import io.drawbridge.api.diagnosis.Step;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.net.connection.ConnectionHandler;
import io.drawbridge.net.connection.Destination;
import io.drawbridge.net.connection.PeerCheck;
import io.drawbridge.net.internal.connection.OpenConnections;
import io.drawbridge.net.internal.connection.ProtocolHandlers;
import io.drawbridge.net.internal.connection.TlsConnection;
import io.drawbridge.net.internal.connection.TlsConnection.Origin;
import io.drawbridge.net.internal.connector.ConnectorCounters.Limit;
import io.drawbridge.net.internal.connector.Opened.Secured;
import io.drawbridge.net.internal.dns.ServerLocator;
import io.drawbridge.net.internal.loops.EventLoops;
import io.drawbridge.net.internal.tls.ClientCredentials;
import io.drawbridge.net.internal.tls.Credentials;
import io.drawbridge.net.internal.tls.NoCredentials;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes connections and hands each to its protocol. Thread-safe. */
final class ConnectionMaker {
    private static final Logger log = LoggerFactory.getLogger(ConnectionMaker.class);

    private final Collaborators with;
    private final Dialer dialer;
    private final Supplier<ConnectorSettings> settings;
    private final InstantSource clock;
    private final ConnectorCounters counters;
    private final Budget open = new Budget();

    ConnectionMaker(
            Collaborators with,
            Dialer dialer,
            Supplier<ConnectorSettings> settings,
            InstantSource clock,
            ConnectorCounters counters) {
        this.with = with;
        this.dialer = dialer;
        this.settings = settings;
        this.clock = clock;
        this.counters = counters;
    }

    /** What this half of the bundle uses of the other. */
    record Collaborators(
            EventLoops loops,
            ServerLocator locator,
            Credentials credentials,
            OpenConnections connections,
            ProtocolHandlers protocols) {}

    /**
     * Makes a connection and hands it to its protocol.
     *
     * @param lastResorts whether servers that failed lately may be tried
     * @return completes on the connection's event loop, exceptionally with {@link SetupFailure}
     */
    CompletableFuture<Member> make(
            Destination destination, PeerCheck check, FailedTargets failedTargets, boolean lastResorts) {
        Optional<ConnectionHandler> handler = with.protocols.handler(destination.protocol());
        if (handler.isEmpty()) {
            return failed(Reason.INTERNAL, "no bundle for the protocol " + destination.protocol() + " is running");
        }
        return make(destination, check, failedTargets, lastResorts, handler.get(), step -> {});
    }

    /** Makes a connection, tells each step, and hands it to whom the caller says. */
    CompletableFuture<Member> make(
            Destination destination,
            PeerCheck check,
            FailedTargets failedTargets,
            boolean lastResorts,
            ConnectionHandler handler,
            Consumer<Step> journal) {
        if (!open.take(settings.get().limits().connections())) {
            counters.reached(Limit.CONNECTIONS);
            return failed(Reason.OVERLOADED, "maxConnections of " + ConnectorConfig.PID + " is reached");
        }
        ClientCredentials credentials;
        try {
            credentials = with.credentials.client(destination.side(), destination.protocol());
        } catch (NoCredentials none) {
            open.give();
            return failed(Reason.NOT_CONFIGURED, none.getMessage());
        }
        Setup.Call call = new Setup.Call(destination, check, credentials, failedTargets, lastResorts, journal);
        CompletableFuture<Member> made =
                setUp(call).thenApply(opened -> handOver(opened, destination, credentials, handler));
        made.whenComplete((member, failure) -> {
            if (failure == null) {
                member.connection().channel().closeFuture().addListener(closed -> open.give());
            } else {
                open.give();
            }
        });
        return made;
    }

    /** Makes a channel that nobody is told of. */
    CompletableFuture<Opened> setUp(Setup.Call call) {
        return new Setup(
                        call,
                        with.locator,
                        dialer,
                        settings.get(),
                        with.loops.group().next())
                .start();
    }

    ClientCredentials credentials(Destination destination) throws NoCredentials {
        return with.credentials.client(destination.side(), destination.protocol());
    }

    int open() {
        return open.used();
    }

    private Member handOver(
            Opened opened, Destination destination, ClientCredentials credentials, ConnectionHandler handler) {
        InetSocketAddress address = opened.candidate().address();
        Origin origin = new Origin(destination.side(), destination.protocol(), false);
        TlsConnection connection = new TlsConnection(
                origin,
                Optional.of(destination.name()),
                credentials.announced(),
                new HostPort(NetUtil.toAddressString(address.getAddress()), address.getPort()),
                opened.secured().map(Secured::session),
                clock.instant(),
                opened.channel(),
                () -> dialer.upgrade(opened, credentials, origin));
        with.connections.add(connection);
        log.info("{} opened, {}", connection, connection.tls().orElse("no TLS yet"));
        try {
            handler.opened(connection);
        } catch (RuntimeException bug) {
            opened.channel().close();
            throw bug;
        }
        opened.release();
        return new Member(connection, opened.candidate(), clock.millis());
    }

    private static <T> CompletableFuture<T> failed(Reason reason, String message) {
        return CompletableFuture.failedFuture(new SetupFailure(reason, message));
    }
}
