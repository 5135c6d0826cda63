// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import io.drawbridge.api.crossing.CrossingListener;
import io.drawbridge.api.diagnosis.Step;
import io.drawbridge.api.directory.OutgoingPeers;
import io.drawbridge.api.directory.PeerStatus;
import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.metrics.MetricSink;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.Side;
import io.drawbridge.api.partner.XmppPartner;
import io.drawbridge.api.partner.XmppPartners;
import io.drawbridge.api.policy.Policy;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.net.connection.Connection;
import io.drawbridge.net.connection.ConnectionHandler;
import io.drawbridge.net.connection.Connector;
import io.drawbridge.net.connection.Destination;
import io.drawbridge.net.connection.PeerCheck;
import io.drawbridge.xmpp.internal.codec.Stanza;
import io.drawbridge.xmpp.internal.codec.StreamCondition;
import io.drawbridge.xmpp.internal.codec.StreamViolation;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All streams of this appliance: opens those that are needed, takes those that come, and knows which goes where. */
public final class Gateway implements Streams, ConnectionHandler, OutgoingPeers, StreamSurroundings {
    /** The protocol's name for listeners and destinations. */
    public static final String PROTOCOL = "xmpp";

    /** The same with TLS from the first octet. */
    public static final String DIRECT_TLS = "xmpps";

    private static final Logger log = LoggerFactory.getLogger(Gateway.class);
    private static final int MOST_OUTBOXES = 10_000;
    private static final Duration OUTBOX_IDLE = Duration.ofMinutes(5);

    private final Neighbours neighbours;
    private final Supplier<XmppSettings> settings;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final String randomPassphrase = newId();
    private final StreamCounters counters = new StreamCounters();
    private final Set<XmlStream> streams = ConcurrentHashMap.newKeySet();
    private final Map<Pair, Outbox> outboxes = new ConcurrentHashMap<>();
    private final Pings pings = new Pings();
    private final IncomingAttempts attempts = new IncomingAttempts();
    private final UnderWay underWay = new UnderWay();
    private final StanzaRates rates = new StanzaRates(this);
    private volatile boolean closed;
    private volatile boolean over;

    /** Starts without any stream. */
    public Gateway(Neighbours neighbours, Supplier<XmppSettings> settings, InstantSource clock) {
        this.neighbours = neighbours;
        this.settings = settings;
        this.clock = clock;
    }

    /** What other bundles offer, each of which may come and go. Thread-safe. */
    public interface Neighbours {
        /** Returns who opens connections. */
        Connector connector();

        /** Returns the policy, which knows the own domains. */
        Optional<Policy> policy();

        /** Returns the partners. */
        Optional<XmppPartners> partners();

        /** Returns who wants to know what was refused. */
        List<CrossingListener> crossings();

        /** Returns what becomes of stanzas. */
        Optional<StanzaReceiver> receiver();
    }

    @Override
    public CompletionStage<DeliveryOutcome> send(OutgoingStanza stanza) {
        Optional<Failure> refusal = refusal(stanza);
        if (refusal.isPresent()) {
            return CompletableFuture.completedFuture(refusal.get().outcome(Optional.empty()));
        }
        return carry(stanza);
    }

    private CompletionStage<DeliveryOutcome> carry(OutgoingStanza stanza) {
        underWay.begin();
        return outbox(new Pair(stanza.own(), stanza.partner()))
                .send(stanza, clock.instant())
                .whenComplete((outcome, none) -> underWay.end());
    }

    private Optional<Failure> refusal(OutgoingStanza stanza) {
        if (closed) {
            return Optional.of(Failure.of(Reason.SHUTTING_DOWN, "streams are being closed"));
        }
        if (!isOwn(stanza.own())) {
            return Optional.of(Failure.of(Reason.INTERNAL, stanza.own() + " is no own domain"));
        }
        if (partner(stanza.partner()).isEmpty() && !isCarried(stanza)) {
            return Optional.of(Failure.of(Reason.DOMAIN_NOT_ALLOWED, stanza.partner() + " is no partner"));
        }
        if (outboxes.size() >= MOST_OUTBOXES) {
            return Optional.of(Failure.of(Reason.OVERLOADED, "too many pairs of domains"));
        }
        return Optional.empty();
    }

    /** What came in before a partner was removed is still answered, on a stream that is still there. */
    private boolean isCarried(OutgoingStanza stanza) {
        Outbox outbox = outboxes.get(new Pair(stanza.own(), stanza.partner()));
        return outbox != null && outbox.isCarried();
    }

    @Override
    public Outbox outbox(Pair pair) {
        return outboxes.computeIfAbsent(pair, absent -> new Outbox(absent, this::open, random, clock.instant()));
    }

    /** What the server of a partner takes on the stream there is needs no other one (interworking 4.9). */
    private void open(Outbox outbox) {
        Optional<XmppPartner> partner = partner(outbox.pair().partner());
        Optional<Carrier> carrier = partner.flatMap(known -> streams.stream()
                .map(XmlStream::role)
                .filter(Carrier.class::isInstance)
                .map(Carrier.class::cast)
                .filter(one -> one.mayShare(known))
                .findFirst());
        if (carrier.isEmpty() || outbox.isAlone() || over) {
            openAnother(outbox);
            return;
        }
        carrier.get().stream().loop().execute(() -> {
            if (!carrier.get().share(outbox)) {
                openAnother(outbox);
            }
        });
    }

    @Override
    public void openAnother(Outbox outbox) {
        if (over) {
            outbox.shut();
            return;
        }
        Pair pair = outbox.pair();
        Optional<XmppPartner> partner = partner(pair.partner());
        Optional<Failure> refusal = partner.isEmpty()
                ? Optional.of(Failure.of(Reason.DOMAIN_NOT_ALLOWED, pair.partner() + " is no partner"))
                : full(partner.get());
        if (refusal.isPresent()) {
            outbox.failed(refusal.get(), clock.instant());
            return;
        }
        Rules rules = new Rules(partner.get());
        dial(pair, partner.get(), stream -> new Carrier(stream, outbox, rules, this), step -> {})
                .whenComplete((connection, thrown) -> {
                    if (thrown != null) {
                        Failure failure = Failure.of(thrown);
                        counters.failed(failure.reason().name().toLowerCase(Locale.ROOT));
                        log.info("No stream for {}: {}", pair, failure.text());
                        outbox.failed(failure, clock.instant());
                    }
                });
    }

    private Optional<Failure> full(XmppPartner partner) {
        if (streams.size() >= settings().streams()) {
            counters.limited("connections");
            return Optional.of(Failure.of(Reason.OVERLOADED, "connectionLimit of " + XmppConfig.PID + " is reached"));
        }
        if (streamsWith(partner) >= limit(partner)) {
            counters.limited("partner_connections");
            return Optional.of(
                    Failure.of(Reason.OVERLOADED, "the connection limit of " + partner.domain() + " is reached"));
        }
        return Optional.empty();
    }

    private CompletionStage<Connection> dial(
            Pair pair, XmppPartner partner, Function<XmlStream, Initiator> purpose, Consumer<Step> journal) {
        Destination destination = new Destination(
                pair.partner() + " (XMPP)",
                Side.OUTSIDE,
                PROTOCOL,
                new Destination.Location.XmppDomain(pair.partner(), partner.proxy()),
                PeerCheck.LATER,
                1);
        return neighbours
                .connector()
                .dial(
                        destination,
                        connection -> {
                            if (over) {
                                connection.channel().close();
                                return;
                            }
                            XmlStream stream = new XmlStream(connection, this, purpose::apply);
                            streams.add(stream);
                            stream.start();
                            ((Initiator) stream.role()).begin();
                        },
                        journal);
    }

    /**
     * Tries a stream of its own with a partner, from the look-ups up to a ping and its answer, and closes it again.
     *
     * @return completes within 32 seconds, never exceptionally
     */
    public CompletionStage<TestedStream> test(DomainName own, DomainName domain) {
        Pair pair = new Pair(own, domain);
        Journal journal = new Journal();
        Optional<XmppPartner> partner = partner(domain);
        Optional<Failure> refusal = partner.isEmpty()
                ? Optional.of(Failure.of(Reason.DOMAIN_NOT_ALLOWED, domain + " is no XMPP partner"))
                : full(partner.get());
        if (refusal.isPresent()) {
            journal.failed("limits", refusal.get(), refusal.get().reason().remedy());
            return journal.result();
        }
        Rules rules = new Rules(partner.get());
        dial(pair, partner.get(), stream -> new TestStream(stream, pair, rules, this, journal), journal::add)
                .whenComplete((connection, thrown) -> {
                    if (thrown != null) {
                        journal.notConnected(domain, Failure.of(thrown));
                    }
                });
        return journal.result().thenApply(tested -> {
            Outbox outbox = outboxes.get(pair);
            if (outbox != null && tested.answer().isPresent()) {
                outbox.partnerSeen();
            }
            return tested;
        });
    }

    @Override
    public CompletionStage<Verdict> verify(Pair pair, String stream, String key) {
        CompletableFuture<Verdict> verdict = new CompletableFuture<>();
        Optional<XmppPartner> partner = partner(pair.partner());
        if (partner.isEmpty() || full(partner.get()).isPresent()) {
            verdict.complete(Verdict.UNREACHABLE);
            return verdict;
        }
        Rules rules = new Rules(partner.get());
        dial(pair, partner.get(), own -> new Verification(own, pair, rules, stream, key, verdict), step -> {})
                .whenComplete((connection, thrown) -> {
                    if (thrown != null) {
                        verdict.complete(Verification.verdict(Failure.of(thrown).reason()));
                    }
                });
        return verdict;
    }

    @Override
    public void opened(Connection connection) {
        XmlStream stream = new XmlStream(connection, this, own -> new Receiver(own, this));
        stream.start();
        if (closed) {
            stream.fail(StreamCondition.SYSTEM_SHUTDOWN, Failure.of(Reason.SHUTTING_DOWN, "streams are being closed"));
            return;
        }
        String limit = limitReached(connection);
        if (!limit.isEmpty()) {
            counters.limited(limit);
            stream.fail(StreamCondition.RESOURCE_CONSTRAINT, Failure.of(Reason.OVERLOADED, limit + " is reached"));
            return;
        }
        streams.add(stream);
        if (!connection.channel().isActive()) {
            streams.remove(stream);
        }
    }

    private String limitReached(Connection connection) {
        if (streams.size() >= settings().streams()) {
            return "connections";
        }
        long strangers = streams.stream()
                .filter(stream -> stream.connection().accepted()
                        && !stream.role().ready()
                        && stream.connection()
                                .remote()
                                .host()
                                .equals(connection.remote().host()))
                .count();
        return strangers >= settings().strangersPerAddress() ? "unauthenticated_per_address" : "";
    }

    @Override
    public boolean admits(XmlStream stream, XmppPartner partner) {
        long others = streams.stream()
                .filter(other -> other != stream && concerns(other, partner))
                .count();
        return others < limit(partner);
    }

    private long streamsWith(XmppPartner partner) {
        return streams.stream().filter(stream -> concerns(stream, partner)).count();
    }

    private static boolean concerns(XmlStream stream, XmppPartner partner) {
        String name = stream.role().partnerName();
        return name.equals(partner.domain().value())
                || partner.additionalDomains().stream()
                        .anyMatch(domain -> domain.value().equals(name));
    }

    private int limit(XmppPartner partner) {
        return partner.connections() > 0 ? partner.connections() : settings().streamsPerPartner();
    }

    @Override
    public void gone(XmlStream stream) {
        streams.remove(stream);
    }

    @Override
    public CompletionStage<?> received(Stanza stanza, StreamPeer origin) throws StreamViolation {
        counters.stanza(true, stanza.kind().element());
        if (!rates.admit(stanza, origin)) {
            return bounce(Bounce.TOO_MANY, stanza, origin);
        }
        if (pings.take(stanza, origin)) {
            return StanzaReceiver.NOTHING;
        }
        Optional<CompletionStage<?>> outcome =
                neighbours.receiver().flatMap(receiver -> receiver.received(stanza, origin));
        return outcome.isPresent() ? outcome.get() : bounce(Bounce.UNAVAILABLE, stanza, origin);
    }

    private CompletionStage<?> bounce(Bounce why, Stanza stanza, StreamPeer origin) {
        why.of(stanza, origin).ifPresent(this::carry);
        return StanzaReceiver.NOTHING;
    }

    @Override
    public List<CrossingListener> crossings() {
        return neighbours.crossings();
    }

    @Override
    public Pings pings() {
        return pings;
    }

    @Override
    public XmppSettings settings() {
        return settings.get();
    }

    @Override
    public StreamCounters counters() {
        return counters;
    }

    @Override
    public IncomingAttempts attempts() {
        return attempts;
    }

    /** Returns how the last attempts of a partner to open a stream went, the last one first. */
    public List<Step> incoming(DomainName domain) {
        return attempts.of(domain);
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    @Override
    public boolean isOwn(DomainName domain) {
        return neighbours
                .policy()
                .filter(policy -> policy.edge().sipDomains().contains(domain))
                .isPresent();
    }

    @Override
    public Optional<XmppPartner> partner(DomainName domain) {
        return neighbours.partners().flatMap(partners -> partners.of(domain));
    }

    @Override
    public DialbackKeys keys() {
        return new DialbackKeys(settings().dialbackPassphrase().orElse(randomPassphrase));
    }

    @Override
    public String newId() {
        byte[] id = new byte[16];
        random.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    /** Looks at the clock, about once a second. */
    public void tick() {
        Instant now = clock.instant();
        streams.forEach(stream -> stream.loop().execute(() -> stream.tick(now)));
        rates.sweep();
        outboxes.values().removeIf(outbox -> outbox.sweep(now, OUTBOX_IDLE));
    }

    /** Takes nothing new, and ends every stream after what it has to say. Blocks; not for event loops. */
    public void close() {
        closed = true;
        new Farewell(streams, underWay, this::shut).say();
    }

    private void shut() {
        over = true;
        outboxes.values().forEach(Outbox::shut);
    }

    @Override
    public List<PeerStatus> outgoing() {
        Instant now = clock.instant();
        return outboxes.values().stream().map(outbox -> outbox.status(now)).toList();
    }

    /** Returns how many streams there are. */
    public int streams() {
        return streams.size();
    }

    /** Reports numbers. */
    public void collect(MetricSink sink) {
        counters.collect(sink);
        long incoming = streams.stream()
                .filter(stream -> stream.connection().accepted())
                .count();
        for (String direction : List.of("in", "out")) {
            sink.gauge(
                    "drawbridge_xmpp_streams",
                    "Open XMPP streams",
                    (double) (direction.equals("in") ? incoming : streams.size() - incoming),
                    "direction",
                    direction);
        }
        sink.gauge(
                "drawbridge_xmpp_waiting",
                "Stanzas waiting for a stream",
                outboxes.values().stream().mapToInt(Outbox::waiting).sum());
    }
}
