// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.net.connection.ConnectionHandler;
import io.drawbridge.net.internal.connection.Handshakes;
import io.drawbridge.net.internal.connection.OpenConnections;
import io.drawbridge.net.internal.connection.ProtocolHandlers;
import io.drawbridge.net.internal.connector.ConnectorComponent;
import io.drawbridge.net.internal.dns.DnsComponent;
import io.drawbridge.net.internal.identity.IdentityComponent;
import io.drawbridge.net.internal.identity.IdentityDirectory;
import io.drawbridge.net.internal.identity.OwnIdentity;
import io.drawbridge.net.internal.identity.RevocationNews;
import io.drawbridge.net.internal.listener.ListenerComponent;
import io.drawbridge.net.internal.listener.ListenerRegistry;
import io.drawbridge.net.internal.loops.EventLoops;
import io.drawbridge.net.internal.loops.Workers;
import io.drawbridge.testbed.Credential;
import io.drawbridge.testbed.Eventually;
import io.drawbridge.testbed.FreePorts;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/**
 * The gateway's MSRP over the real listener, TLS, names and connector, without a container. What connections bring waits
 * for the test's thread, which is the user agent's.
 */
final class MsrpEdge implements AutoCloseable, MsrpNetwork, Executor {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final int port = FreePorts.next();
    final Scene scene = new Scene(this, Optional.of(this));
    private final Thread agent = Thread.currentThread();
    private final BlockingQueue<Runnable> brought = new LinkedBlockingQueue<>();
    private final EventLoops loops = new EventLoops();
    private final Workers workers = new Workers();
    private final DnsComponent dns;
    private final ConnectorComponent connector;
    private final MsrpConnections connections;

    /** Opens the listener; {@code host} is the name of a client or relay on loopback. */
    MsrpEdge(Credential credential, Path anchor, String host) throws Exception {
        IdentityDirectory identities = new IdentityDirectory();
        bind(
                identities,
                new IdentityComponent(
                        workers,
                        new RevocationNews(),
                        Map.of(
                                "service.pid", "io.drawbridge.net.identity~inside",
                                "certificate", credential.certificateFile().toString(),
                                "key", credential.keyFile().toString(),
                                "trustAnchors", anchor.toString(),
                                "revocation", "off")));
        OpenConnections open = new OpenConnections();
        Handshakes handshakes = new Handshakes();
        ProtocolHandlers protocols = new ProtocolHandlers();
        ListenerRegistry registry = new ListenerRegistry();
        dns = new DnsComponent(Map.of("overrides", new String[] {host + " A 127.0.0.1"}));
        connector = new ConnectorComponent(Map.of(), loops, workers, dns, registry, open, protocols, handshakes);
        connections = new MsrpConnections(connector, registry, connection -> scene.agent.line(connection.channel()));
        protocols.add(connections, Map.of(ConnectionHandler.PROTOCOL, MsrpConnections.PROTOCOL));
        new ListenerComponent(
                loops,
                workers,
                identities,
                protocols,
                open,
                handshakes,
                registry,
                Map.of(
                        "service.pid",
                        "io.drawbridge.net.listener~msrp",
                        "side",
                        "INSIDE",
                        "protocol",
                        MsrpConnections.PROTOCOL,
                        "address",
                        "127.0.0.1",
                        "port",
                        port,
                        "identity",
                        "inside"));
        Eventually.await(
                "its listener", PATIENCE, () -> registry.listeners().stream().anyMatch(listener -> listener.open()));
    }

    /** Does what the container does. */
    @SuppressWarnings("unchecked")
    private static void bind(IdentityDirectory directory, OwnIdentity identity) throws ReflectiveOperationException {
        Field field = IdentityDirectory.class.getDeclaredField("identities");
        field.setAccessible(true);
        ((List<OwnIdentity>) field.get(directory)).add(identity);
    }

    @Override
    public void execute(Runnable work) {
        if (Thread.currentThread().equals(agent)) {
            work.run();
        } else {
            brought.add(work);
        }
    }

    /** Lets the user agent work until something is so. */
    void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            try {
                Runnable next = brought.poll(10, TimeUnit.MILLISECONDS); // not all that is waited for is brought
                if (next != null) {
                    next.run();
                } else if (System.nanoTime() > end) {
                    throw new AssertionError("in vain waited for " + what);
                }
            } catch (InterruptedException hurry) {
                throw new AssertionError(hurry);
            }
        }
    }

    @Override
    public Optional<HostPort> local() {
        return connections.local();
    }

    @Override
    public void connect(HostPort server, List<String> fingerprints, BiConsumer<MsrpLine, Reason> outcome) {
        connections.connect(server, fingerprints, outcome);
    }

    @Override
    public void close() {
        connector.close();
        dns.close();
        workers.close();
        loops.close();
    }
}
