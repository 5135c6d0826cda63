// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.listener;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.directory.ListenerStatus;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.PeerIdentity;
import io.drawbridge.api.model.Side;
import io.drawbridge.net.internal.connection.TlsConnection.Origin;
import io.drawbridge.net.internal.identity.IdentityState;
import io.drawbridge.net.internal.identity.IdentityUse;
import io.drawbridge.net.internal.tls.ClientCredentials;
import io.drawbridge.net.internal.tls.ClientTls;
import io.drawbridge.net.internal.tls.NoCredentials;
import io.drawbridge.net.internal.tls.ServerTls;
import io.drawbridge.net.internal.tls.TlsIdentity;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One accepting socket and what new connections on it need. {@link #reconcile} makes what is be what should be, however
 * far apart they are; it is called again and again, and costs nothing when there is nothing to do. Connections that were
 * accepted live on whatever becomes of the socket.
 */
final class Listener implements IdentityUse {
    private static final Logger log = LoggerFactory.getLogger(Listener.class);
    private static final long LONGEST_SYSTEM_CALL_SECONDS = 5;

    private final String name;
    private final String pid;
    private final Shared shared;
    private final Admission admission;
    private final Acceptor acceptor;

    private volatile Map<String, ?> given;
    private volatile ListenerSettings settings;
    private volatile Readiness ready;
    private volatile Channel accepting;
    private volatile String why = "its settings have not been read yet";
    private volatile List<InvalidSetting> problems = List.of();

    private Map<String, ?> read;
    private InvalidSetting refused;
    private ListenerSettings.Socket bound;
    private boolean closed;

    Listener(String name, String pid, Shared shared) {
        this(name, pid, shared, System::nanoTime);
    }

    /** Does the same with a given clock for the rate of handshakes. */
    Listener(String name, String pid, Shared shared, LongSupplier nanoTime) {
        this.name = name;
        this.pid = pid;
        this.shared = shared;
        admission = new Admission(new Admission.Limits(0, 0, 0, 0), nanoTime);
        acceptor = new Acceptor(this, admission, shared);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String identityName() {
        ListenerSettings current = settings;
        return current == null ? "" : current.identity();
    }

    /** Returns the last good settings; empty if there never were any. */
    Optional<ListenerSettings> settings() {
        return Optional.ofNullable(settings);
    }

    /** Returns what new connections need; empty while there is no valid identity. */
    Optional<Readiness> readiness() {
        return Optional.ofNullable(ready);
    }

    List<InvalidSetting> problems() {
        return problems;
    }

    /** Returns whether it accepts connections. */
    boolean isOpen() {
        Channel socket = accepting;
        return socket != null && socket.isOpen();
    }

    Map<Limit, Long> limitsHit() {
        return admission.hits();
    }

    ListenerStatus status() {
        ListenerSettings current = settings;
        if (current == null) {
            return unreadable();
        }
        Origin origin = current.origin();
        String address = boundAddress().orElse(current.socket().hostPort()).toString();
        return new ListenerStatus(
                name,
                origin.side(),
                origin.protocol(),
                address,
                isOpen(),
                isOpen() ? "" : why,
                admission.connections());
    }

    /** Never had valid settings: shows what they say as far as that can be made out. */
    private ListenerStatus unreadable() {
        Map<String, ?> raw = given;
        boolean inside = Side.INSIDE.name().equalsIgnoreCase(String.valueOf(raw.get("side")));
        String protocol = Objects.toString(raw.get("protocol"), "");
        String address = Objects.toString(raw.get("address"), "") + ":" + Objects.toString(raw.get("port"), "");
        return new ListenerStatus(name, inside ? Side.INSIDE : Side.OUTSIDE, protocol, address, false, why, 0);
    }

    /** Returns the name and port under which it is reached. */
    HostPort announced(Readiness current) {
        int configured = current.settings().socket().address().getPort();
        Channel socket = accepting;
        boolean bound = socket != null && socket.localAddress() instanceof InetSocketAddress;
        int port = bound ? ((InetSocketAddress) socket.localAddress()).getPort() : configured;
        return new HostPort(current.hostName(), port);
    }

    /** Returns what outgoing connections under its identity need. */
    ClientCredentials credentials() throws NoCredentials {
        Readiness current = ready;
        if (current == null) {
            throw new NoCredentials("listener '" + name + "': " + why);
        }
        return current.client().announcing(announced(current));
    }

    private Optional<HostPort> boundAddress() {
        Channel socket = accepting;
        return socket != null && socket.localAddress() instanceof InetSocketAddress local
                ? Optional.of(new HostPort(local.getAddress().getHostAddress(), local.getPort()))
                : Optional.empty();
    }

    /** Takes new settings, which the next {@link #reconcile} acts on. */
    void configure(Map<String, ?> properties) {
        given = Map.copyOf(properties);
    }

    /** Makes it be as configured, as far as identity, protocol and system allow. Blocks a little. */
    synchronized void reconcile() {
        if (closed) {
            return;
        }
        List<InvalidSetting> found = new ArrayList<>();
        readSettings();
        if (refused != null) {
            found.addAll(refused.all());
        }
        Optional<String> waiting = Optional.empty();
        try {
            if (settings != null) {
                found.addAll(settings.unknownKeys());
                waiting = open(found);
            }
        } catch (InvalidSetting hindered) {
            found.add(0, hindered);
        }
        report(waiting.orElse(found.isEmpty() ? "" : found.get(0).getMessage()), found);
    }

    private void readSettings() {
        if (given == read) {
            return;
        }
        read = given;
        try {
            settings = ListenerSettings.read(pid, read);
            admission.setLimits(settings.limits());
            refused = null;
        } catch (InvalidSetting invalid) {
            refused = invalid;
        }
    }

    /** Opens, or returns what it waits for. */
    private Optional<String> open(List<InvalidSetting> found) throws InvalidSetting {
        IdentityState identity = shared.identities()
                .apply(settings.identity())
                .map(one -> one.state())
                .orElse(null);
        if (identity == null || identity.usable().isEmpty()) {
            shut();
            ready = null;
            String reason = identity == null ? "is not configured" : "is not usable: " + identity.why();
            return Optional.of("no certificate, no edge: identity '" + settings.identity() + "' " + reason);
        }
        prepare(identity.usable().get(), identity.certificate().orElseThrow());
        if (!settings.tls().legacyPeers().isEmpty() && !ready.identity().speaksLegacy()) {
            found.add(settings.invalid(
                    "legacyPeers",
                    "…",
                    "needs the BoringSSL library, which is not installed: TLS 1.0 and 1.1 stay off"));
        }
        if (shared.protocols().handler(settings.origin().protocol()).isEmpty()) {
            shut();
            return Optional.of(
                    "no installed bundle serves protocol '" + settings.origin().protocol() + "'");
        }
        bind();
        return Optional.empty();
    }

    private void prepare(TlsIdentity identity, PeerIdentity certificate) throws InvalidSetting {
        if (ready != null && ready.isFor(settings, identity)) {
            return;
        }
        try {
            ready = new Readiness(
                    settings,
                    identity,
                    settings.announcedName(certificate),
                    new ServerTls(identity, settings.tls()),
                    new ClientTls(identity, settings.tls()));
        } catch (SSLException unfit) {
            unready();
            throw settings.invalid("identity", settings.identity(), "is refused by TLS: " + unfit.getMessage());
        } catch (InvalidSetting otherName) {
            unready();
            throw otherName;
        }
    }

    private void unready() {
        shut();
        ready = null;
    }

    private void bind() throws InvalidSetting {
        ListenerSettings.Socket wanted = settings.socket();
        if (isOpen() && wanted.equals(bound)) {
            return;
        }
        if (isInTheWayOf(wanted)) {
            shut();
        }
        ChannelFuture binding = new ServerBootstrap()
                .group(shared.loops().group())
                .channel(shared.loops().serverChannelType())
                .option(ChannelOption.SO_BACKLOG, wanted.backlog())
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(settings.writeBufferBytes() / 2, settings.writeBufferBytes()))
                .childHandler(acceptor)
                .bind(wanted.address());
        if (!binding.awaitUninterruptibly(LONGEST_SYSTEM_CALL_SECONDS, TimeUnit.SECONDS) || !binding.isSuccess()) {
            throw BindFailure.of(settings, binding.cause());
        }
        shut();
        bound = wanted;
        accepting = binding.channel();
        log.info(
                "Listener {}: open for {} on {}",
                name,
                settings.origin().protocol(),
                boundAddress().orElseThrow());
    }

    /** By the port it has, which the system may have chosen. */
    private boolean isInTheWayOf(ListenerSettings.Socket wanted) {
        return accepting != null
                && accepting.localAddress() instanceof InetSocketAddress local
                && new ListenerSettings.Socket(local, bound.backlog()).overlaps(wanted);
    }

    private void shut() {
        Channel socket = accepting;
        if (socket != null) {
            accepting = null;
            bound = null;
            socket.close().awaitUninterruptibly(LONGEST_SYSTEM_CALL_SECONDS, TimeUnit.SECONDS);
            log.info("Listener {}: closed; {} connections stay", name, admission.connections());
        }
    }

    private void report(String reason, List<InvalidSetting> found) {
        List<String> known = problems.stream().map(InvalidSetting::getMessage).toList();
        found.stream()
                .map(InvalidSetting::getMessage)
                .filter(message -> !known.contains(message))
                .forEach(message -> log.error("Listener {}: {}", name, message));
        if (!isOpen() && !reason.equals(why) && found.isEmpty()) {
            log.info("Listener {}: closed, {}", name, reason);
        }
        why = reason;
        problems = List.copyOf(found);
    }

    /** Stops accepting, for good; the connections that are open live on. */
    synchronized void close() {
        closed = true;
        shut();
        ready = null;
    }
}
