// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import io.drawbridge.api.policy.Reason;
import io.drawbridge.xmpp.internal.codec.Element;
import io.drawbridge.xmpp.internal.codec.Namespaces;
import io.drawbridge.xmpp.internal.codec.Stanza;
import io.drawbridge.xmpp.internal.codec.StreamCondition;
import io.drawbridge.xmpp.internal.codec.StreamHeader;
import io.drawbridge.xmpp.internal.codec.StreamViolation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * A stream that this appliance opened (interworking 4.3): up to TLS here, what it is for in the subclasses.
 */
abstract class Initiator implements Role {
    /** A peer without features is one of before XMPP 1.0 and knows dialback only. */
    private static final Element NO_FEATURES = new Element(
            Namespaces.STREAM,
            "features",
            Map.of(),
            List.of(new Element(Namespaces.DIALBACK_FEATURE, "dialback", Map.of(), List.of(), "")),
            "");

    private static final int MOST_NAMED = 12;

    private final XmlStream stream;
    private final Pair pair;
    private final Rules rules;
    private final Table<State> table = new Table<>(State.class);
    private State state = State.HEADER;
    private String id = "";

    Initiator(XmlStream stream, Pair pair, Rules rules) {
        this.stream = stream;
        this.pair = pair;
        this.rules = rules;
        table.on(State.FEATURES, Said.FEATURES, this::features)
                .on(State.PROCEED, Said.PROCEED, this::proceed)
                .on(State.PROCEED, Said.TLS_FAILURE, any -> withoutTls());
    }

    /** Where the negotiation stands. */
    enum State {
        /** The header was sent, the peer's is awaited. */
        HEADER,
        /** The peer's header came, its features are awaited. */
        FEATURES,
        /** TLS was asked for. */
        PROCEED,
        /** The handshake is under way. */
        SECURING,
        /** SASL EXTERNAL was tried. */
        AUTHENTICATING,
        /** Dialback was begun. */
        DIALBACK,
        /** A key was sent to be verified. */
        VERIFYING,
        /** The pair is authenticated. */
        READY
    }

    /** Returns the steps, to add to. */
    final Table<State> table() {
        return table;
    }

    final State state() {
        return state;
    }

    final void go(State next) {
        state = next;
    }

    final XmlStream stream() {
        return stream;
    }

    final Pair pair() {
        return pair;
    }

    final Rules rules() {
        return rules;
    }

    /** Returns the identifier the peer gave the stream. */
    final String id() {
        return id;
    }

    /** Returns whether the peer's certificate is trusted and names the partner's domain (interworking 4.7). */
    final boolean isProven() {
        return stream.proves(pair.partner());
    }

    /** Opens the stream, as soon as the connection is there. */
    final void begin() {
        if (!stream.hasTls() || mayTalk()) {
            openStream();
        }
    }

    final void openStream() {
        state = State.HEADER;
        stream.open(header());
    }

    /** There is TLS, or there need be none; the features of the peer are these. */
    abstract void negotiate(Element features) throws StreamViolation;

    /** Returns whether a peer that its certificate does not prove may be talked to over TLS. */
    abstract boolean acceptsUnproven();

    /** Something went well; of interest only to who wants to know each step. */
    void passed(String step, String detail) {
        // Streams that carry something are judged by what they carry.
    }

    /** What it was for cannot be had. */
    abstract void failed(Failure why);

    @Override
    public final void opened(StreamHeader header) throws StreamViolation {
        id = header.id();
        state = State.FEATURES;
        if (!header.hasFeatures()) {
            features(NO_FEATURES);
        }
    }

    @Override
    public void said(Element element) throws StreamViolation {
        table.take(state, element);
    }

    private void features(Element features) throws StreamViolation {
        passed("features", described(features));
        boolean offered = features.child(Namespaces.TLS, "starttls").isPresent();
        if (stream.hasTls() || !rules.tlsPossible()) {
            negotiate(features);
        } else if (offered || rules.tlsRequired()) {
            // RFC 7590 section 3.1: also tried where it is not announced, as an attacker may have removed that.
            state = State.PROCEED;
            stream.say(Markup.START_TLS);
        } else {
            negotiate(features);
        }
    }

    /** The names of what is offered, which are a few if the peer means well. */
    private static String described(Element features) {
        String offered = features.children().stream()
                .map(Element::name)
                .limit(MOST_NAMED)
                .collect(Collectors.joining(", "));
        return offered.isEmpty()
                ? "the partner's server offers nothing more"
                : "the partner's server offers " + offered;
    }

    private void proceed(Element any) throws StreamViolation {
        stream.restart();
        state = State.SECURING;
        stream.secure().whenComplete((done, thrown) -> {
            if (thrown != null) {
                giveUp(Failure.of(thrown));
                return;
            }
            passed("TLS", stream.connection().tls().orElse(""));
            if (mayTalk()) {
                openStream();
            }
        });
    }

    private void withoutTls() {
        giveUp(Failure.of(Reason.TLS_FAILED, "the partner refused TLS"));
    }

    private boolean mayTalk() {
        if (isProven()) {
            passed("certificate", "names " + pair.partner());
            return true;
        }
        if (acceptsUnproven()) {
            passed("certificate", stream.doubt(pair.partner()) + "; by the partner's settings, dialback will do");
            return true;
        }
        giveUp(Failure.of(Reason.CERTIFICATE_NOT_TRUSTED, stream.doubt(pair.partner())));
        return false;
    }

    final void giveUp(Failure why) {
        failed(why);
        stream.giveUp(why);
    }

    @Override
    public CompletionStage<?> stanza(Stanza stanza) throws StreamViolation {
        throw new StreamViolation(StreamCondition.NOT_AUTHORIZED, "a stanza where none may come");
    }

    @Override
    public boolean ready() {
        return state == State.READY;
    }

    @Override
    public Optional<StreamCondition> unwelcome() {
        return Optional.empty();
    }

    @Override
    public boolean expectsKeepAlive() {
        return false;
    }

    @Override
    public boolean canAsk() {
        return false;
    }

    @Override
    public void ask() {
        throw new IllegalStateException("nothing can be asked on " + stream);
    }

    @Override
    public String partnerName() {
        return pair.partner().value();
    }

    @Override
    public String header() {
        return Markup.header(pair.own().unicode(), pair.partner().unicode(), "");
    }
}
