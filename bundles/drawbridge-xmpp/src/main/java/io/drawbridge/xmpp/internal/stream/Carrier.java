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
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;

/** An own stream that is to carry stanzas of one pair, and, with XEP-0288, those of the other direction. */
final class Carrier extends Initiator {
    private static final String PING = "drawbridge-";
    private static final int LEAST_LIMIT = 10_000;

    private final Outbox outbox;
    private final StreamSurroundings around;
    private boolean bidirectional;
    private boolean authenticated;
    private boolean acksOffered;
    private String way = "";
    private Trust trust = Trust.NONE;
    private boolean settled;

    Carrier(XmlStream stream, Outbox outbox, Rules rules, StreamSurroundings around) {
        super(stream, outbox.pair(), rules);
        this.outbox = outbox;
        this.around = around;
        table().on(State.AUTHENTICATING, Said.SUCCESS, any -> succeeded())
                .on(State.AUTHENTICATING, Said.SASL_FAILURE, this::refused)
                .on(State.AUTHENTICATING, Said.CHALLENGE, any -> stream.say(Markup.response(authorization())))
                .on(State.DIALBACK, Said.RESULT, this::result)
                .on(State.READY, Said.ENABLED, any -> stream.acks().countReceived())
                .on(State.READY, Said.ACKS_FAILED, any -> stream.acks().giveUp())
                .on(State.READY, Said.ACK, ack -> {
                    stream.acks().acknowledged(ack.attribute("h"));
                    stream.flush();
                })
                .on(
                        State.READY,
                        Said.ACK_WANTED,
                        any -> stream.say(Markup.ack(stream.acks().handled())));
    }

    @Override
    boolean acceptsUnproven() {
        return rules().dialbackOverTls();
    }

    @Override
    void negotiate(Element features) throws StreamViolation {
        features.child(Namespaces.LIMITS, "limits")
                .flatMap(limits -> limits.child(Namespaces.LIMITS, "max-bytes"))
                .ifPresent(this::limit);
        acksOffered = features.child(Namespaces.ACKS, "sm").isPresent();
        if (authenticated) {
            carry();
            return;
        }
        boolean tls = stream().hasTls();
        if (tls
                && around.settings().bidirectional()
                && features.child(Namespaces.BIDI_FEATURE, "bidi").isPresent()) {
            bidirectional = true;
            stream().say(Markup.BIDI);
        }
        boolean external = features.child(Namespaces.SASL, "mechanisms")
                .filter(mechanisms -> mechanisms.children().stream()
                        .anyMatch(mechanism -> mechanism.text().strip().equals(Markup.EXTERNAL)))
                .isPresent();
        if (tls && external && rules().external()) {
            go(State.AUTHENTICATING);
            stream().say(Markup.auth(Markup.EXTERNAL, authorization()));
        } else if (rules().dialback(tls)) {
            dialBack();
        } else {
            giveUp(Failure.of(
                    Reason.PEER_NOT_AUTHORIZED, "the partner offers no authentication that its settings here allow"));
        }
    }

    private void limit(Element octets) {
        try {
            stream()
                    .largest(
                            Math.max(LEAST_LIMIT, Integer.parseInt(octets.text().strip())));
        } catch (NumberFormatException noLimit) {
            // XEP-0478 section 3: without a number there is no limit to observe.
            stream().largest(Integer.MAX_VALUE);
        }
    }

    /** Some servers want the authorization identity although the certificate says it (XEP-0178 section 3). */
    private String authorization() {
        return Base64.getEncoder().encodeToString(pair().own().unicode().getBytes(StandardCharsets.UTF_8));
    }

    private void succeeded() throws StreamViolation {
        authenticated = true;
        way = "external";
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
                way = "dialback";
                boolean tls = stream().hasTls();
                trust = tls && isProven() ? Trust.STRONG : Rules.byDialback(tls);
                carry();
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

    private void carry() {
        go(State.READY);
        settled = true;
        around.counters().negotiated(way);
        if (bidirectional) {
            stream().trust();
        }
        if (acksOffered && authenticated && around.settings().acknowledgements()) {
            stream().acks().countSent();
            stream().say(Markup.ENABLE);
        }
        stream().carry(outbox);
    }

    @Override
    public void stanza(Stanza stanza) throws StreamViolation {
        if (!ready() || !bidirectional) {
            super.stanza(stanza);
            return;
        }
        DomainName from = Domains.ofAddress(stanza.attributes().from());
        DomainName to = Domains.ofAddress(stanza.attributes().to());
        if (!from.equals(pair().partner()) || !to.equals(pair().own())) {
            throw new StreamViolation(StreamCondition.INVALID_FROM, "a stanza of a pair that is not authenticated");
        }
        if (stanza.kind() == Stanza.Kind.IQ
                && stanza.attributes()
                        .id()
                        .startsWith(PING + stream().connection().id())) {
            return;
        }
        around.received(stanza, new StreamPeer(pair().own(), pair().partner(), partnerName(), trust));
    }

    @Override
    public boolean canAsk() {
        return bidirectional || stream().acks().countsSent();
    }

    @Override
    public void ask() {
        if (stream().acks().countsSent()) {
            stream().say(Markup.ACK_WANTED);
        } else {
            stream()
                    .say(Markup.ping(
                            pair().own(),
                            pair().partner(),
                            PING + stream().connection().id()));
        }
    }

    @Override
    void failed(Failure why) {
        if (!settled) {
            settled = true;
            around.counters().failed(why.reason().name().toLowerCase(Locale.ROOT));
            Duration atLeast = why.reason() == Reason.OVERLOADED ? Duration.ofMinutes(1) : Duration.ZERO;
            outbox.failed(why, atLeast, around.clock().instant());
        }
    }

    @Override
    public void ended(Failure why) {
        failed(why);
    }
}
