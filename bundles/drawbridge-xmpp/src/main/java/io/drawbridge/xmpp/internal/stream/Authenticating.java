// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.Trust;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.xmpp.internal.codec.Element;
import io.drawbridge.xmpp.internal.codec.Namespaces;
import io.drawbridge.xmpp.internal.codec.Stanza;
import io.drawbridge.xmpp.internal.codec.StreamCondition;
import io.drawbridge.xmpp.internal.codec.StreamViolation;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** An own stream on which this appliance proves its domain, and which, with XEP-0288, takes stanzas of the partner too. */
abstract class Authenticating extends Initiator {
    static final String EXTERNAL = "external";
    static final String DIALBACK = "dialback";

    private final StreamSurroundings around;
    private boolean bidirectional;
    private boolean external;
    private Trust trust = Trust.NONE;

    Authenticating(XmlStream stream, Pair pair, Rules rules, StreamSurroundings around) {
        super(stream, pair, rules);
        this.around = around;
        table().on(State.AUTHENTICATING, Said.SUCCESS, any -> succeeded())
                .on(State.AUTHENTICATING, Said.SASL_FAILURE, this::refused)
                .on(State.AUTHENTICATING, Said.CHALLENGE, any -> stream.say(Markup.response(authorization())))
                .on(State.DIALBACK, Said.RESULT, this::result);
    }

    final StreamSurroundings around() {
        return around;
    }

    final boolean isBidirectional() {
        return bidirectional;
    }

    /**
     * The pair is authenticated, and stanzas may be sent.
     *
     * @param way {@link #EXTERNAL} or {@link #DIALBACK}
     * @param trust how sure the partner's domain is
     */
    abstract void authenticated(String way, Trust trust);

    @Override
    boolean acceptsUnproven() {
        return rules().dialbackOverTls();
    }

    @Override
    void negotiate(Element features) throws StreamViolation {
        stream().observe(StreamLimits.within(features));
        if (external) {
            ready(EXTERNAL);
            return;
        }
        boolean tls = stream().hasTls();
        if (tls
                && around.settings().bidirectional()
                && features.child(Namespaces.BIDI_FEATURE, "bidi").isPresent()) {
            bidirectional = true;
            stream().say(Markup.bidi(StreamLimits.of(around.settings())));
        }
        if (tls && rules().external() && offersExternal(features)) {
            go(State.AUTHENTICATING);
            stream().say(Markup.auth(Markup.EXTERNAL, authorization()));
        } else if (rules().dialback(tls)) {
            dialBack();
        } else {
            giveUp(Failure.of(
                    Reason.PEER_NOT_AUTHORIZED, "the partner offers no authentication that its settings here allow"));
        }
    }

    private static boolean offersExternal(Element features) {
        return features.child(Namespaces.SASL, "mechanisms")
                .filter(mechanisms -> mechanisms.children().stream()
                        .anyMatch(mechanism -> mechanism.text().strip().equals(Markup.EXTERNAL)))
                .isPresent();
    }

    /** Some servers want the authorization identity although the certificate says it (XEP-0178 section 3). */
    private String authorization() {
        return Base64.getEncoder().encodeToString(pair().own().unicode().getBytes(StandardCharsets.UTF_8));
    }

    private void succeeded() throws StreamViolation {
        external = true;
        passed("authentication", "SASL EXTERNAL: the partner takes this appliance's certificate for " + pair().own());
        trust = isProven() ? Trust.STRONG : Rules.byDialback(true);
        stream().restart();
        openStream();
    }

    private void refused(Element failure) {
        if (rules().dialbackOverTls()) {
            dialBack();
        } else {
            giveUp(Failure.of(Reason.PEER_NOT_AUTHORIZED, "the partner does not accept this appliance's certificate"));
        }
    }

    private void dialBack() {
        go(State.DIALBACK);
        String key = around.keys().key(pair().partner().unicode(), pair().own().unicode(), id());
        stream().say(Markup.result(pair().own(), pair().partner(), key));
    }

    private void result(Element result) throws StreamViolation {
        if (!concerns(result)) {
            throw new StreamViolation(StreamCondition.INVALID_FROM, "a dialback result for others");
        }
        switch (result.attribute("type")) {
            case "valid" -> {
                passed("authentication", "dialback: the partner found this appliance's key at " + pair().own());
                boolean tls = stream().hasTls();
                trust = tls && isProven() ? Trust.STRONG : Rules.byDialback(tls);
                ready(DIALBACK);
            }
            case "error" -> giveUp(DialbackErrors.failure(result));
            default ->
                giveUp(Failure.of(
                        Reason.PEER_NOT_AUTHORIZED, "the partner was told that the dialback key is not ours"));
        }
    }

    private boolean concerns(Element result) {
        return Domains.of(result.attribute("from"))
                        .filter(pair().partner()::equals)
                        .isPresent()
                && Domains.of(result.attribute("to"))
                        .filter(pair().own()::equals)
                        .isPresent();
    }

    private void ready(String way) {
        go(State.READY);
        around.counters().negotiated(way);
        if (bidirectional) {
            stream().trust();
        }
        authenticated(way, trust);
    }

    /** Returns how sure the partner's domain of a pair is; empty if the pair is not authenticated here. */
    Optional<Trust> trust(Pair pair) {
        return pair.equals(pair()) ? Optional.of(trust) : Optional.empty();
    }

    @Override
    public CompletionStage<?> stanza(Stanza stanza) throws StreamViolation {
        if (!ready() || !bidirectional) {
            return super.stanza(stanza);
        }
        DomainName from = Domains.ofAddress(stanza.attributes().from());
        DomainName to = Domains.ofAddress(stanza.attributes().to());
        Trust proven = trust(new Pair(to, from))
                .orElseThrow(() -> new StreamViolation(
                        StreamCondition.INVALID_FROM, "a stanza of a pair that is not authenticated"));
        return around.received(stanza, new StreamPeer(to, from, partnerName(), proven));
    }
}
