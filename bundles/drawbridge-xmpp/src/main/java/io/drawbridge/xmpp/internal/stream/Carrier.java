// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import io.drawbridge.api.model.Trust;
import io.drawbridge.api.partner.XmppPartner;
import io.drawbridge.xmpp.internal.codec.Element;
import io.drawbridge.xmpp.internal.codec.Namespaces;
import io.drawbridge.xmpp.internal.codec.Stanza;
import io.drawbridge.xmpp.internal.codec.StreamCondition;
import io.drawbridge.xmpp.internal.codec.StreamViolation;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** An own stream that is to carry stanzas of one pair. */
final class Carrier extends Authenticating {
    private static final String PING = "drawbridge-";

    private final Outbox outbox;
    private final FurtherPairs further;
    private boolean acksOffered;
    private boolean settled;
    private Trust trust = Trust.NONE;
    private volatile boolean shared;

    Carrier(XmlStream stream, Outbox outbox, Rules rules, StreamSurroundings around) {
        super(stream, outbox.pair(), rules, around);
        this.outbox = outbox;
        this.further = new FurtherPairs(this, around);
        table().on(State.READY, Said.RESULT, further::answered)
                .on(State.READY, Said.ENABLED, any -> stream.intake().count())
                .on(State.READY, Said.ACKS_FAILED, any -> stream.acks().giveUp())
                .on(State.READY, Said.ACK, ack -> stream.acknowledged(ack.attribute("h")))
                .on(State.READY, Said.ACK_WANTED, any -> stream.intake().asked());
    }

    @Override
    void negotiate(Element features) throws StreamViolation {
        acksOffered = features.child(Namespaces.ACKS, "sm").isPresent();
        Optional<Element> dialback = features.child(Namespaces.DIALBACK_FEATURE, "dialback");
        shared = dialback.isPresent();
        further.takesErrors(dialback.filter(known ->
                        known.child(Namespaces.DIALBACK_FEATURE, "errors").isPresent())
                .isPresent());
        super.negotiate(features);
    }

    @Override
    void authenticated(String way, Trust proven) {
        settled = true;
        trust = proven;
        if (acksOffered && way.equals(EXTERNAL) && around().settings().acknowledgements()) {
            stream().acks().countSent();
            stream().say(Markup.ENABLE);
        }
        stream().carry(outbox, trust);
    }

    /** Returns whether a pair with a partner may be carried here too, as far as can be told from elsewhere. Thread-safe. */
    boolean mayShare(XmppPartner partner) {
        return shared
                && around().partner(pair().partner())
                        .filter(own -> own.domain().equals(partner.domain()))
                        .isPresent();
    }

    /** Carries another outbox too if the partner's server takes it; returns false if it need not be asked. */
    boolean share(Outbox other) {
        return ready() && stream().isOpen() && further.ask(other, trust);
    }

    @Override
    Optional<Trust> trust(Pair pair) {
        return further.trust(pair).or(() -> super.trust(pair));
    }

    @Override
    public CompletionStage<?> stanza(Stanza stanza) throws StreamViolation {
        boolean pong = ready()
                && isBidirectional()
                && stanza.kind() == Stanza.Kind.IQ
                && stanza.attributes()
                        .id()
                        .startsWith(PING + stream().connection().id());
        return pong ? StanzaReceiver.NOTHING : super.stanza(stanza);
    }

    @Override
    public Optional<StreamCondition> unwelcome() {
        return around().unserved(pair());
    }

    @Override
    public boolean canAsk() {
        return isBidirectional() || stream().acks().countsSent();
    }

    @Override
    public void ask() {
        if (stream().acks().countsSent()) {
            stream().acks().asked();
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
            around().counters().failed(why.reason().name().toLowerCase(Locale.ROOT));
            outbox.failed(why, around().clock().instant());
        }
    }

    @Override
    public void ended(Failure why) {
        failed(why);
        further.ended();
    }
}
