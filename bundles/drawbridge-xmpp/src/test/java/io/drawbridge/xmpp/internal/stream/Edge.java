// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.drawbridge.api.configuration.Settings;
import io.drawbridge.api.crossing.Crossing;
import io.drawbridge.api.crossing.CrossingListener;
import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.DeliveryOutcome.Failed;
import io.drawbridge.api.metrics.MetricSink;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.partner.PartnerType;
import io.drawbridge.api.partner.XmppPartner;
import io.drawbridge.api.partner.XmppPartner.Negotiation;
import io.drawbridge.api.partner.XmppPartners;
import io.drawbridge.api.policy.EdgeSettings;
import io.drawbridge.api.policy.Envelope;
import io.drawbridge.api.policy.Policy;
import io.drawbridge.api.policy.Verdict;
import io.drawbridge.net.connection.ConnectionHandler;
import io.drawbridge.net.connection.Connector;
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
import io.drawbridge.xmpp.internal.codec.Stanza;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.Function;
import java.util.stream.Stream;

/** The streams of {@code corp.example} over the real listeners, TLS, DNS and connector, without a container. */
final class Edge implements AutoCloseable, Gateway.Neighbours, XmppPartners {
    static final DomainName CORP = DomainName.of("corp.example");
    static final DomainName CHAT = DomainName.of("chat.example");

    final int port = FreePorts.next();
    final int directTlsPort = FreePorts.next();
    final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    final Gateway gateway;
    volatile Function<Envelope, Verdict> decision = envelope -> {
        throw new UnsupportedOperationException("streams do not decide");
    };
    final BlockingQueue<Crossing> crossings = new LinkedBlockingQueue<>();
    volatile boolean taking = true;
    volatile CompletionStage<?> outcome = StanzaReceiver.NOTHING;
    volatile Duration ahead = Duration.ZERO;
    volatile Set<DomainName> own = Set.of(CORP);
    volatile XmppPartner other;
    volatile XmppPartner partner = partner(Negotiation.REQUIRED, Negotiation.REQUIRED, false, false);

    private final EventLoops loops = new EventLoops();
    private final Workers workers = new Workers();
    private final DnsComponent dns;
    private final ConnectorComponent connector;
    private final ListenerRegistry registry = new ListenerRegistry();

    /** A stanza and where it came from. */
    record Received(Stanza stanza, StreamPeer origin) {}

    Edge(int dnsPort, Credential credential, Path anchor, Map<String, Object> settings) throws Exception {
        XmppSettings read = XmppSettings.of(
                Settings.read(XmppConfig.class, XmppConfig.PID, settings).value());
        gateway = new Gateway(this, () -> read, () -> Instant.now().plus(ahead));
        OpenConnections connections = new OpenConnections();
        Handshakes handshakes = new Handshakes();
        ProtocolHandlers protocols = new ProtocolHandlers();
        IdentityDirectory identities = new IdentityDirectory();
        IdentityComponent identity = new IdentityComponent(
                workers,
                new RevocationNews(),
                Map.of(
                        "service.pid", "io.drawbridge.net.identity~outside",
                        "certificate", credential.certificateFile().toString(),
                        "key", credential.keyFile().toString(),
                        "trustAnchors", anchor.toString(),
                        "revocation", "off"));
        bind(identities, identity);
        for (String protocol : List.of(Gateway.PROTOCOL, Gateway.DIRECT_TLS)) {
            protocols.add(gateway, Map.of(ConnectionHandler.PROTOCOL, protocol));
            new ListenerComponent(
                    loops,
                    workers,
                    identities,
                    protocols,
                    connections,
                    handshakes,
                    registry,
                    Map.of(
                            "service.pid",
                            "io.drawbridge.net.listener~" + protocol,
                            "side",
                            "OUTSIDE",
                            "protocol",
                            protocol,
                            "address",
                            "127.0.0.1",
                            "port",
                            protocol.equals(Gateway.PROTOCOL) ? port : directTlsPort,
                            "identity",
                            "outside"));
        }
        dns = new DnsComponent(Map.of("servers", "127.0.0.1:" + dnsPort, "minTtlSeconds", 0));
        connector = new ConnectorComponent(Map.of(), loops, workers, dns, registry, connections, protocols, handshakes);
        workers.every(Duration.ofMillis(200), gateway::tick);
        Eventually.await(
                "its listeners",
                Duration.ofSeconds(10),
                () -> registry.listeners().stream().filter(one -> one.open()).count() == 2);
    }

    /** Does what the container does. */
    @SuppressWarnings("unchecked")
    private static void bind(IdentityDirectory directory, OwnIdentity identity) throws ReflectiveOperationException {
        Field field = IdentityDirectory.class.getDeclaredField("identities");
        field.setAccessible(true);
        ((List<OwnIdentity>) field.get(directory)).add(identity);
    }

    /** A partner that proves its domain by a certificate. */
    static XmppPartner partner(DomainName domain, int stanzasPerSecond, DomainName... more) {
        return certified(domain, Set.of(more), true, stanzasPerSecond);
    }

    static XmppPartner partner(Negotiation tls, Negotiation sasl, boolean dialback, boolean unencrypted) {
        return new XmppPartner(
                CHAT, Set.of(), PartnerType.FEDERATED, Optional.empty(), tls, sasl, dialback, unencrypted, true, 0, 0);
    }

    /** A partner that proves its domain by a certificate and need not say anything now and then. */
    static XmppPartner silentPartner() {
        return certified(CHAT, Set.of(), false, 0);
    }

    private static XmppPartner certified(
            DomainName domain, Set<DomainName> more, boolean monitored, int stanzasPerSecond) {
        return new XmppPartner(
                domain,
                more,
                PartnerType.FEDERATED,
                Optional.empty(),
                Negotiation.REQUIRED,
                Negotiation.REQUIRED,
                false,
                false,
                monitored,
                0,
                stanzasPerSecond);
    }

    /** Alice of {@code corp.example} sends a message to Bob of {@code chat.example}. */
    CompletableFuture<DeliveryOutcome> sends(String id) {
        return sends(CORP, CHAT, id);
    }

    /** Alice of an own domain sends a message to Bob of a partner's. */
    CompletableFuture<DeliveryOutcome> sends(DomainName own, DomainName partner, String id) {
        return sendsXml(
                own,
                partner,
                "<message from='alice@" + own + "' to='bob@" + partner + "' id='" + id
                        + "'><body>hello</body></message>");
    }

    CompletableFuture<DeliveryOutcome> sendsXml(DomainName own, DomainName partner, String xml) {
        return gateway.send(new OutgoingStanza(Stanza.Kind.MESSAGE, own, partner, xml))
                .toCompletableFuture();
    }

    /** Waits for what becomes of a message. */
    static DeliveryOutcome outcomeOf(CompletableFuture<DeliveryOutcome> message) throws Exception {
        return message.get(40, TimeUnit.SECONDS);
    }

    /** Waits until a message has failed. */
    static Failed failureOf(CompletableFuture<DeliveryOutcome> message) throws Exception {
        return assertThat(outcomeOf(message)).asInstanceOf(type(Failed.class)).actual();
    }

    /** Returns how many pairs of domains went out on a stream that carried another one already. */
    double shared() {
        return counted("drawbridge_xmpp_streams_authenticated", "shared_stream");
    }

    /** Returns what a counter says for a value of its label. */
    double counted(String counter, String label) {
        DoubleAdder counted = new DoubleAdder();
        gateway.collect(new MetricSink() {
            @Override
            public void counter(String name, String help, double value, String... labels) {
                if (name.equals(counter) && List.of(labels).contains(label)) {
                    counted.add(value);
                }
            }

            @Override
            public void gauge(String name, String help, double value, String... labels) {
                // How often something happened is a counter.
            }
        });
        return counted.sum();
    }

    Received next() throws InterruptedException {
        Received next = received.poll(30, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no stanza came in time");
        }
        return next;
    }

    @Override
    public Connector connector() {
        return connector;
    }

    @Override
    public Optional<Policy> policy() {
        return Optional.of(new Policy() {
            @Override
            public Verdict decide(Envelope envelope) {
                return decision.apply(envelope);
            }

            @Override
            public EdgeSettings edge() {
                return new EdgeSettings(own, Optional.empty(), Set.of(), false, false, false, false, 1);
            }
        });
    }

    @Override
    public Optional<XmppPartners> partners() {
        return Optional.of(this);
    }

    @Override
    public Optional<XmppPartner> of(DomainName domain) {
        return Stream.of(Optional.ofNullable(partner), Optional.ofNullable(other))
                .flatMap(Optional::stream)
                .filter(known -> known.domain().equals(domain)
                        || known.additionalDomains().contains(domain))
                .findFirst();
    }

    @Override
    public Collection<XmppPartner> all() {
        return of(CHAT).stream().toList();
    }

    @Override
    public List<CrossingListener> crossings() {
        return List.of(crossings::add);
    }

    @Override
    public Optional<StanzaReceiver> receiver() {
        return Optional.of((stanza, origin) ->
                taking && received.add(new Received(stanza, origin)) ? Optional.of(outcome) : Optional.empty());
    }

    @Override
    public void close() {
        gateway.close();
        connector.close();
        dns.close();
        workers.close();
        loops.close();
    }
}
