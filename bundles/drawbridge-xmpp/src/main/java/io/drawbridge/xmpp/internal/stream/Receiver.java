// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.Trust;
import io.drawbridge.api.partner.XmppPartner;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.xmpp.internal.codec.Element;
import io.drawbridge.xmpp.internal.codec.Namespaces;
import io.drawbridge.xmpp.internal.codec.Stanza;
import io.drawbridge.xmpp.internal.codec.StreamCondition;
import io.drawbridge.xmpp.internal.codec.StreamHeader;
import io.drawbridge.xmpp.internal.codec.StreamViolation;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A stream that a partner opened: offers what the partner's settings allow, authenticates pairs of domains, and lets
 * stanzas of those pairs through, and of no others.
 */
final class Receiver implements Role {
    private static final int MOST_PAIRS = 100;
    private static final int MOST_SASL_ATTEMPTS = 3;
    private static final String PING = "drawbridge-";

    private final XmlStream stream;
    private final StreamSurroundings around;
    private final Table<State> table = new Table<>(State.class);
    private final Map<Pair, Trust> pairs = new HashMap<>();
    private final Map<Pair, StreamPeer> peers = new HashMap<>();
    private final Dialback dialback;
    private State state = State.HEADER;
    private Optional<DomainName> partner = Optional.empty();
    private Optional<DomainName> own = Optional.empty();
    private Optional<DomainName> claimed = Optional.empty();
    private Optional<Failure> refusal = Optional.empty();
    private String id = "";
    private boolean authenticated;
    private boolean bidirectional;
    private int saslAttempts;

    Receiver(XmlStream stream, StreamSurroundings around) {
        this.stream = stream;
        this.around = around;
        dialback = new Dialback(this, stream, around);
        table.on(State.NEGOTIATING, Said.START_TLS, any -> startTls())
                .on(State.NEGOTIATING, Said.AUTH, this::auth)
                .on(State.NEGOTIATING, Said.BIDI, this::bidi)
                .on(State.NEGOTIATING, Said.RESULT, dialback::result)
                .on(State.NEGOTIATING, Said.VERIFY, dialback::verify)
                .on(State.AUTHENTICATING, Said.RESPONSE, response -> authenticate(response.text()))
                .on(State.AUTHENTICATING, Said.ABORT, any -> refuse("aborted"))
                .on(State.AUTHENTICATED, Said.RESULT, dialback::result)
                .on(State.AUTHENTICATED, Said.VERIFY, dialback::verify)
                .on(State.AUTHENTICATED, Said.ENABLE, any -> enableAcks())
                .on(State.AUTHENTICATED, Said.ACK_WANTED, any -> stream.intake().asked())
                .on(State.AUTHENTICATED, Said.ACK, ack -> stream.acknowledged(ack.attribute("h")));
    }

    /** Where the negotiation stands. */
    enum State {
        /** The peer's header is awaited. */
        HEADER,
        /** Features were offered. */
        NEGOTIATING,
        /** The handshake is under way. */
        SECURING,
        /** SASL was begun without an initial response. */
        AUTHENTICATING,
        /** SASL EXTERNAL succeeded, and the stream was opened anew. */
        AUTHENTICATED
    }

    /** Returns the identifier this appliance gave the stream. */
    String id() {
        return id;
    }

    int pairs() {
        return pairs.size();
    }

    boolean isFull() {
        return pairs.size() + dialback.pending() >= MOST_PAIRS;
    }

    @Override
    public void opened(StreamHeader header) throws StreamViolation {
        id = around.newId();
        if (!header.from().isEmpty()) {
            partner = Optional.of(Domains.of(header.from())
                    .orElseThrow(() -> new StreamViolation(StreamCondition.INVALID_FROM, "from is no domain")));
            claimed = partner;
        }
        if (header.to().isEmpty()) {
            throw new StreamViolation(StreamCondition.IMPROPER_ADDRESSING, "the stream is for nobody");
        }
        own = Domains.of(header.to()).filter(around::isOwn);
        if (own.isEmpty()) {
            throw new StreamViolation(
                    StreamCondition.HOST_UNKNOWN, "the stream is for a domain that is not served here");
        }
        if (partner.isPresent() && around.partner(partner.get()).isEmpty()) {
            throw new StreamViolation(StreamCondition.POLICY_VIOLATION, partner.get() + " is no partner");
        }
        if (!header.version().isEmpty() && !header.hasFeatures()) {
            throw new StreamViolation(StreamCondition.UNSUPPORTED_VERSION, "the stream is not of XMPP 1.0");
        }
        stream.open(header());
        state = authenticated ? State.AUTHENTICATED : State.NEGOTIATING;
        if (header.hasFeatures()) {
            stream.say(features());
        }
        if (authenticated) {
            pairs.keySet().forEach(this::announced);
        }
    }

    private Optional<Rules> rules() {
        return partner.flatMap(around::partner).map(Rules::new);
    }

    private String features() {
        StringBuilder features = new StringBuilder("<stream:features>");
        boolean tls = stream.hasTls();
        Optional<Rules> rules = rules();
        if (!tls && rules.map(Rules::tlsPossible).orElse(true)) {
            String required = rules.map(Rules::tlsRequired).orElse(true) ? "<required/>" : "";
            features.append("<starttls xmlns='" + Namespaces.TLS + "'>")
                    .append(required)
                    .append("</starttls>");
        }
        if (offersExternal()) {
            features.append("<mechanisms xmlns='" + Namespaces.SASL + "'><mechanism>" + Markup.EXTERNAL
                    + "</mechanism></mechanisms>");
        }
        if (rules.map(known -> known.dialback(tls)).orElse(true)) {
            features.append("<dialback xmlns='" + Namespaces.DIALBACK_FEATURE + "'><errors/></dialback>");
        }
        if (tls && !authenticated && around.settings().bidirectional()) {
            features.append("<bidi xmlns='" + Namespaces.BIDI_FEATURE + "'/>");
        }
        if (authenticated && around.settings().acknowledgements()) {
            features.append("<sm xmlns='" + Namespaces.ACKS + "'/>");
        }
        return features.append(StreamLimits.of(around.settings()).xml())
                .append("</stream:features>")
                .toString();
    }

    /** Only if it is bound to succeed (XEP-0178 section 3, step 9). */
    private boolean offersExternal() {
        return stream.hasTls()
                && !authenticated
                && rules().filter(Rules::external).isPresent()
                && partner.filter(this::isProven).isPresent();
    }

    /** Returns whether the peer's certificate is trusted and names a domain (interworking 4.7). */
    boolean isProven(DomainName domain) {
        return stream.proves(domain);
    }

    @Override
    public void said(Element element) throws StreamViolation {
        table.take(state, element);
    }

    private void startTls() throws StreamViolation {
        if (stream.hasTls() || !rules().map(Rules::tlsPossible).orElse(true) || !pairs.isEmpty()) {
            throw new StreamViolation(StreamCondition.POLICY_VIOLATION, "TLS out of turn");
        }
        stream.restart();
        state = State.SECURING;
        stream.say(Markup.PROCEED);
        stream.secure().whenComplete((done, thrown) -> {
            if (thrown != null) {
                refused(Failure.of(thrown));
                return;
            }
            partner = Optional.empty();
            state = State.HEADER;
        });
    }

    private void auth(Element auth) throws StreamViolation {
        if (!auth.attribute("mechanism").equals(Markup.EXTERNAL)) {
            refuse("invalid-mechanism");
        } else if (!offersExternal()) {
            refuse("not-authorized");
        } else if (auth.text().isBlank()) {
            state = State.AUTHENTICATING;
            stream.say("<challenge xmlns='" + Namespaces.SASL + "'/>");
        } else {
            authenticate(auth.text());
        }
    }

    private void authenticate(String response) throws StreamViolation {
        String authorization;
        try {
            String text = response.strip();
            authorization = text.equals("=") || text.isEmpty()
                    ? ""
                    : new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            refuse("incorrect-encoding");
            return;
        }
        if (!authorization.isEmpty() && !Domains.of(authorization).equals(partner)) {
            refuse("invalid-authzid");
            return;
        }
        if (!authorize(new Pair(own.orElseThrow(), partner.orElseThrow()), Trust.STRONG, "external")) {
            return;
        }
        authenticated = true;
        stream.restart();
        state = State.HEADER;
        stream.say(Markup.SUCCESS);
    }

    /** What the peer tried to prove a domain with did not do. */
    void refused(Failure why) {
        refusal = Optional.of(why);
    }

    private void refuse(String condition) throws StreamViolation {
        refused(Failure.of(Reason.PEER_NOT_AUTHORIZED, "SASL was answered with " + condition));
        state = State.NEGOTIATING;
        saslAttempts++;
        if (saslAttempts >= MOST_SASL_ATTEMPTS) {
            throw new StreamViolation(StreamCondition.POLICY_VIOLATION, "too many attempts to authenticate");
        }
        stream.say(Markup.saslFailure(condition));
    }

    private void bidi(Element wish) throws StreamViolation {
        if (!stream.hasTls() || !pairs.isEmpty() || !around.settings().bidirectional()) {
            throw new StreamViolation(StreamCondition.POLICY_VIOLATION, "bidi out of turn");
        }
        bidirectional = true;
        stream.observe(StreamLimits.within(wish));
    }

    private void enableAcks() throws StreamViolation {
        if (!around.settings().acknowledgements() || stream.intake().counts()) {
            throw new StreamViolation(StreamCondition.POLICY_VIOLATION, "stream management out of turn");
        }
        stream.say(Markup.ENABLED);
        stream.intake().count();
        if (bidirectional) {
            stream.acks().countSent();
        }
    }

    /** Lets stanzas of a pair through from now on, unless the partner has too many streams. */
    boolean authorize(Pair pair, Trust trust, String way) {
        Optional<XmppPartner> known = around.partner(pair.partner());
        if (known.isEmpty() || !around.admits(stream, known.get())) {
            around.counters().limited("partner_connections");
            stream.fail(
                    StreamCondition.RESOURCE_CONSTRAINT,
                    Failure.of(Reason.OVERLOADED, "too many streams of this partner"));
            return false;
        }
        pairs.put(pair, trust);
        peers.clear();
        around.counters().negotiated(way);
        stream.trust();
        around.outbox(pair).partnerSeen();
        note(pair.partner(), way, Optional.empty());
        return true;
    }

    /** The peer was told that the pair is authenticated, and may be sent stanzas if it wants them here. */
    void announced(Pair pair) {
        if (bidirectional) {
            stream.carry(around.outbox(pair), pairs.get(pair));
        }
    }

    @Override
    public CompletionStage<?> stanza(Stanza stanza) throws StreamViolation {
        if (pairs.isEmpty() || state == State.HEADER) {
            throw new StreamViolation(StreamCondition.NOT_AUTHORIZED, "a stanza before authentication");
        }
        Stanza.Attributes attributes = stanza.attributes();
        if (attributes.from().isEmpty() || attributes.to().isEmpty()) {
            throw new StreamViolation(StreamCondition.IMPROPER_ADDRESSING, "a stanza without addresses");
        }
        Pair pair = new Pair(Domains.ofAddress(attributes.to()), Domains.ofAddress(attributes.from()));
        Trust trust = pairs.get(pair);
        if (trust == null) {
            throw refusal(pair);
        }
        if (bidirectional
                && stanza.kind() == Stanza.Kind.IQ
                && attributes.id().startsWith(PING + stream.connection().id())) {
            return StanzaReceiver.NOTHING;
        }
        return around.received(
                stanza,
                peers.computeIfAbsent(pair, any -> new StreamPeer(pair.own(), pair.partner(), partnerName(), trust)));
    }

    private StreamViolation refusal(Pair pair) {
        boolean sender = pairs.keySet().stream().anyMatch(one -> one.partner().equals(pair.partner()));
        return sender && !around.isOwn(pair.own())
                ? new StreamViolation(StreamCondition.HOST_UNKNOWN, "a stanza for a domain that is not served here")
                : new StreamViolation(StreamCondition.INVALID_FROM, "a stanza of a pair that is not authenticated");
    }

    @Override
    public boolean ready() {
        return !pairs.isEmpty() && state != State.HEADER;
    }

    @Override
    public Optional<StreamCondition> unwelcome() {
        return pairs.keySet().stream()
                .map(around::unserved)
                .flatMap(Optional::stream)
                .findFirst();
    }

    @Override
    public boolean expectsKeepAlive() {
        return pairs.keySet().stream()
                .map(Pair::partner)
                .flatMap(domain -> around.partner(domain).stream())
                .allMatch(XmppPartner::keepAlive);
    }

    @Override
    public boolean canAsk() {
        return bidirectional;
    }

    @Override
    public void ask() {
        pairs.keySet().stream()
                .findFirst()
                .ifPresent(pair -> stream.say(Markup.ping(
                        pair.own(), pair.partner(), PING + stream.connection().id())));
    }

    @Override
    public String partnerName() {
        return pairs.keySet().stream()
                .findFirst()
                .map(Pair::partner)
                .or(() -> partner)
                .map(DomainName::value)
                .orElse("nobody known");
    }

    @Override
    public String header() {
        String from = own.map(DomainName::unicode).orElse("");
        String to = partner.map(DomainName::unicode).orElse("");
        return Markup.header(from, to, id.isEmpty() ? around.newId() : id);
    }

    @Override
    public void ended(Failure why) {
        if (pairs.isEmpty()) {
            claimed.filter(domain -> around.partner(domain).isPresent()).ifPresent(domain -> {
                around.counters().refused(reached());
                note(domain, reached(), Optional.of(explained(domain, why)));
            });
        } else if (why.reason() == Reason.MALFORMED) {
            pairs.keySet().stream().findFirst().ifPresent(pair -> note(pair.partner(), "stanzas", Optional.of(why)));
        }
    }

    private void note(DomainName domain, String reached, Optional<Failure> failure) {
        around.attempts()
                .add(
                        domain,
                        new IncomingAttempts.Attempt(
                                around.clock().instant(),
                                stream.connection().remote().toString(),
                                reached,
                                isProven(domain),
                                failure));
    }

    private String reached() {
        return switch (state) {
            case HEADER -> stream.hasTls() ? "TLS" : "header";
            case SECURING -> "TLS";
            case NEGOTIATING -> stream.hasTls() ? "authentication" : "features";
            case AUTHENTICATING, AUTHENTICATED -> "authentication";
        };
    }

    /** A peer that is offered nothing it could prove itself with just leaves. */
    private Failure explained(DomainName domain, Failure why) {
        if (refusal.isPresent()) {
            return refusal.get();
        }
        boolean unproven = stream.hasTls() && state == State.NEGOTIATING && !isProven(domain);
        return unproven ? Failure.of(Reason.CERTIFICATE_NOT_TRUSTED, stream.doubt(domain)) : why;
    }
}
