// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.Side;
import io.drawbridge.api.policy.EdgeSettings;
import io.drawbridge.api.policy.Policy;
import io.drawbridge.net.connection.Announcements;
import io.drawbridge.net.connection.Connection;
import io.drawbridge.sip.internal.codec.HeaderName;
import io.drawbridge.sip.internal.codec.MalformedRequest;
import io.drawbridge.sip.internal.codec.MalformedResponse;
import io.drawbridge.sip.internal.codec.Octets;
import io.drawbridge.sip.internal.codec.SipFrame;
import io.drawbridge.sip.internal.codec.SipFrameDecoder;
import io.drawbridge.sip.internal.codec.SipMethod;
import io.drawbridge.sip.internal.codec.SipRequest;
import io.drawbridge.sip.internal.codec.SipResponse;
import io.drawbridge.sip.internal.relay.RelayCounters.Count;
import io.drawbridge.sip.internal.trust.InsideNames;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.concurrent.EventExecutor;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SIP relay: a transaction-stateful proxy between inside and outside (RFC 3261 section 16, interworking 1). Takes
 * over connections, hands what arrives on them to the transactions, and knows which of these are under way.
 */
public final class Relay {
    /** The protocol of users' clients: SIP over TLS without a client certificate. */
    public static final String CLIENT_PROTOCOL = "sip-client";

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final HostPort NAMELESS = new HostPort("localhost", 5061);

    private final Surroundings surroundings;
    private final Supplier<RelaySettings> settings;
    private final RelayCounters counters;
    private final Clock clock;
    private final SecretKey sealKey;
    private final Dispatcher dispatcher;
    private final Map<EventExecutor, RelayLoop> loops = new ConcurrentHashMap<>();
    private final Map<String, Exchange> exchanges = new ConcurrentHashMap<>();
    private final Set<PeerConnection> connections = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private final Handover handover = new Handover();
    private volatile boolean draining;

    /**
     * Starts with nothing under way.
     *
     * @param sealKey by which the routes of dialogs are known again, see {@link SealKey}
     */
    public Relay(
            Surroundings surroundings,
            Supplier<RelaySettings> settings,
            RelayCounters counters,
            Clock clock,
            SecretKey sealKey) {
        this.surroundings = surroundings;
        this.settings = settings;
        this.counters = counters;
        this.clock = clock;
        this.sealKey = sealKey;
        this.dispatcher = new Dispatcher(counters);
    }

    /** Takes over a connection, or closes it if its peer is not welcome. Called on its loop. */
    public void opened(Connection connection) {
        Optional<String> refusal = draining ? Optional.of("shutting down") : refusal(connection);
        if (draining) {
            counters.add(Count.CONNECTION_DRAINING);
        }
        if (refusal.isPresent()) {
            LOG.warn("{}: connection refused: {}", connection.peerName(), refusal.get());
            connection.channel().close();
            return;
        }
        PeerConnection hop = new PeerConnection(connection, this);
        connections.add(hop);
        int buffer = settings().writeBufferBytes();
        connection.channel().config().setWriteBufferWaterMark(new WriteBufferWaterMark(buffer / 2, buffer));
        connection.channel().pipeline().addLast(new SipFrameDecoder(settings().limits()), hop.handler());
        if (!connection.accepted()) {
            hop.keepAlive();
        }
        LOG.info("{}: {} connection {}", hop.name(), connection.accepted() ? "accepted" : "opened", connection.id());
    }

    private Optional<String> refusal(Connection connection) {
        if (connection.peer().isEmpty()) {
            counters.add(Count.CONNECTION_NO_CERTIFICATE);
            return Optional.of("the peer has no certificate");
        }
        if (connection.side() == Side.OUTSIDE) {
            return Optional.empty();
        }
        Optional<String> stranger = surroundings.policy().map(Policy::edge).flatMap(edge -> InsideNames.of(edge)
                .refusal(connection.peer().get(), connection.remote().host()));
        if (stranger.isPresent()) {
            counters.add(Count.CONNECTION_NOT_HOME);
        }
        return stranger;
    }

    /** The home may have got other servers since its connection was made: who is none of them any longer is closed. */
    private boolean isExpelled(PeerConnection peer) {
        Optional<EdgeSettings> edge = surroundings.policy().map(Policy::edge);
        if (peer.side() == Side.OUTSIDE || edge.isEmpty() || !peer.isNewTo(edge.get())) {
            return false;
        }
        Optional<String> refusal = refusal(peer.connection());
        refusal.ifPresent(why -> {
            LOG.warn("{}: connection closed: {}", peer.name(), why);
            peer.close();
        });
        return refusal.isPresent();
    }

    /** Returns what the transactions of a loop share. */
    RelayLoop loop(EventExecutor executor) {
        return loops.computeIfAbsent(executor, loop -> new RelayLoop(loop, new RouteSeal(sealKey)));
    }

    /** Takes what arrived from a hop. Called on its loop. */
    public void received(Hop source, SipFrame frame) {
        if (frame instanceof SipRequest request) {
            if (!(source instanceof PeerConnection peer && isExpelled(peer))) {
                if (handover.isInDialog(source, request, this)) {
                    handover.request(source, request);
                } else {
                    request(source, request);
                }
            }
        } else if (frame instanceof SipResponse response) {
            if (!source.answered(response) && !handover.response(source, response)) {
                counters.add(Count.STRAY_RESPONSE);
                LOG.debug("{}: nobody waits for {}", source.name(), response);
            }
        } else if (frame instanceof MalformedRequest malformed) {
            counters.malformedRequest(malformed.problem());
            LOG.info("{}: a malformed request: {}", source.name(), malformed.problem());
            if (malformed.isAnswerable()) {
                source.write(Answers.malformed(malformed, source, newTag(source)), null);
            }
        } else if (frame instanceof MalformedResponse malformed) {
            counters.malformedResponse(malformed.problem());
            LOG.info("{}: a malformed response: {}", source.name(), malformed.problem());
        }
    }

    private void request(Hop source, SipRequest request) {
        String key = Branch.serverKey(request, source.peer());
        Exchange known = exchanges.get(key);
        switch (request.method()) {
            case ACK -> acknowledge(source, request, key, known);
            case CANCEL -> cancel(source, request, known);
            default -> {
                if (known != null && known.isSame(request) && known.source() == source) {
                    known.repeated();
                } else {
                    begin(source, request, key);
                }
            }
        }
    }

    private void begin(Hop source, SipRequest request, String key) {
        Exchange exchange = new Exchange(this, source, request, key);
        if (request.method().isAnswered()) {
            exchanges.putIfAbsent(key, exchange);
        }
        if (source.requestBegan(exchange, settings().unansweredPerConnection())) {
            counters.add(Count.LIMIT_UNANSWERED);
        }
        counters.began();
        counters.add(kind(request.method()));
        exchange.begin();
    }

    private static Count kind(SipMethod method) {
        if (!method.isAnswered()) {
            return Count.TRANSACTION_UNANSWERED;
        }
        return method == SipMethod.INVITE ? Count.TRANSACTION_INVITE : Count.TRANSACTION_OTHER;
    }

    /** An ACK belongs to a refusal of ours, or to a 2xx and is sent on by its route set. */
    private void acknowledge(Hop source, SipRequest ack, String key, Exchange known) {
        if (known == null || !known.isSame(ack)) {
            begin(source, ack, key);
            return;
        }
        known.source().loop.run(() -> {
            if (!known.acknowledged()) {
                source.loop.run(() -> begin(source, ack, key));
            }
        });
    }

    /**
     * A CANCEL is answered at once and takes effect by the INVITE (RFC 3261 section 9.2). One without an INVITE here is
     * not sent on: this edge forwards no INVITE without remembering it.
     */
    private void cancel(Hop source, SipRequest cancel, Exchange known) {
        if (known == null && handover.cancel(source, cancel)) {
            return;
        }
        if (known == null || !known.isSame(cancel)) {
            source.write(Answers.noSuchTransaction(cancel, source, newTag(source)), null);
            return;
        }
        Optional<Octets> reason = cancel.headers().first(HeaderName.REASON);
        source.write(Answers.ok(cancel, source, newTag(source)), null);
        known.source().loop.run(() -> known.cancel(reason));
    }

    private static String newTag(Hop hop) {
        return Long.toHexString(hop.loop.nextId());
    }

    /** A connection ended. Called on its loop. */
    void closed(PeerConnection connection) {
        connections.remove(connection);
        connection.gone();
        abandoned(connection);
        LOG.info(
                "{}: connection {} closed",
                connection.name(),
                connection.connection().id());
    }

    /** A source is gone: nothing rings any longer for a caller that cannot be told. Called on its loop. */
    public void abandoned(Hop source) {
        handover.closed(source);
        source.underWay().forEach(exchange -> exchange.cancel(Optional.empty()));
    }

    /** A server fails; others are preferred for a while. */
    void avoid(Connection connection) {
        surroundings.connector().avoid(connection, settings().failedServerRest());
    }

    void concluded(Exchange exchange, Crossings.Answer answer) {
        counters.ended();
        Crossings.record(exchange, answer, surroundings);
        if (draining && counters.inFlight() == 0) {
            drained.complete(null);
        }
    }

    /** Another part of this edge answers the request, and tells of it. */
    void handedOver(Exchange exchange) {
        counters.ended();
        handover.request(exchange.source(), exchange.request());
        if (draining && counters.inFlight() == 0) {
            drained.complete(null);
        }
    }

    void ended(Exchange exchange) {
        exchanges.remove(exchange.key(), exchange);
    }

    /**
     * Takes nothing new, waits for what is under way as long as configured, answers the rest, closes the connections.
     * Blocks; not for event loops.
     */
    public void drain() {
        draining = true;
        if (!awaitDrained(settings().drain().toMillis())) {
            LOG.warn("{} requests are still without an answer and are refused", counters.inFlight());
            exchanges.values().forEach(exchange -> exchange.source().loop.run(exchange::shutDown));
            awaitDrained(TimeUnit.SECONDS.toMillis(1));
        }
        connections.forEach(PeerConnection::close);
    }

    private boolean awaitDrained(long millis) {
        if (counters.inFlight() == 0) {
            return true;
        }
        try {
            drained.get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    boolean isDraining() {
        return draining;
    }

    /** Returns who hands requests to the gateway. */
    public Handover handover() {
        return handover;
    }

    RelaySettings settings() {
        return settings.get();
    }

    RelayCounters counters() {
        return counters;
    }

    Clock clock() {
        return clock;
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    /** Returns the name of this edge towards the embedded home and its clients, or the one it has at all. */
    public HostPort homeName() {
        Announcements announcements = surroundings.announcements();
        return announcements
                .announced(Side.INSIDE, Destinations.PROTOCOL)
                .or(() -> announcements.announced(Side.INSIDE, CLIENT_PROTOCOL))
                .or(() -> announcements.announced(Side.OUTSIDE, CLIENT_PROTOCOL))
                .or(() -> announcements.announced(Side.OUTSIDE, Destinations.PROTOCOL))
                .orElse(NAMELESS);
    }

    OwnNames ownNames() {
        return OwnNames.of(surroundings);
    }
}
