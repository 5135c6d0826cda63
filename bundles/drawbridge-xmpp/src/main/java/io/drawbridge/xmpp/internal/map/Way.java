// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.map;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.link.Inbox;
import io.drawbridge.api.model.Condition;
import io.drawbridge.xmpp.internal.codec.Stanza;
import io.drawbridge.xmpp.internal.stream.OutgoingStanza;
import io.drawbridge.xmpp.internal.stream.StreamPeer;
import io.drawbridge.xmpp.internal.stream.Streams;
import io.drawbridge.xmpp.internal.stream.UnderWay;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jivesoftware.smack.packet.StanzaError;

/** The ways out of the mapping: to the partners by the streams, and to everybody else by the inbox. */
final class Way {
    /** The identifier of this link. */
    static final String LINK = "xmpp";

    private final Streams streams;
    private final Inbox inbox;
    private final Map<Condition, LongAdder> refused = new EnumMap<>(Condition.class);
    private final LongAdder ignored = new LongAdder();
    private final UnderWay underWay = new UnderWay();

    Way(Streams streams, Inbox inbox) {
        this.streams = streams;
        this.inbox = inbox;
        for (Condition condition : Condition.values()) {
            refused.put(condition, new LongAdder());
        }
    }

    /**
     * Brings in what a partner's user did, of which nobody is told what became of it.
     *
     * @return completes when it has its outcome
     */
    CompletionStage<?> bring(Event event, StreamPeer origin) {
        return bring(event, origin, outcome -> {});
    }

    /**
     * Brings in what a partner's user did; {@code told} is told the outcome, and sends what that calls for.
     *
     * @return completes when it was told
     */
    CompletionStage<?> bring(Event event, StreamPeer origin, Consumer<DeliveryOutcome> told) {
        CompletionStage<DeliveryOutcome> outcome =
                inbox.accept(event, new Inbox.Origin(LINK, origin.name(), origin.trust()));
        underWay.begin();
        return outcome.thenAccept(told).whenComplete((done, bug) -> underWay.end());
    }

    /** Sends a stanza. */
    CompletionStage<DeliveryOutcome> send(OutgoingStanza stanza) {
        CompletionStage<DeliveryOutcome> outcome = streams.send(stanza);
        underWay.begin();
        return outcome.whenComplete((done, bug) -> underWay.end());
    }

    /** Returns what was brought in or sent and has no outcome yet. */
    UnderWay underWay() {
        return underWay;
    }

    /** Answers a stanza with an error, unless it is one that is never answered (RFC 6120 section 8.3.1). */
    void refuse(Stanza stanza, StreamPeer origin, Condition condition, String text) {
        refuse(stanza, origin, condition, Conditions.error(condition, text));
    }

    /** Answers a stanza with what became of it, unless it is one that is never answered. */
    void refuse(Stanza stanza, StreamPeer origin, DeliveryOutcome.Failed failed) {
        refuse(stanza, origin, failed.condition(), Conditions.error(failed));
    }

    private void refuse(Stanza stanza, StreamPeer origin, Condition condition, StanzaError error) {
        refused.get(condition).increment();
        if (isAnswered(stanza)) {
            send(Outgoing.error(stanza, origin, error));
        }
    }

    /** Counts a stanza that calls for nothing. */
    void ignore() {
        ignored.increment();
    }

    /** Returns how many stanzas were refused with a condition. */
    long refused(Condition condition) {
        return refused.get(condition).sum();
    }

    /** Returns how many stanzas called for nothing. */
    long ignored() {
        return ignored.sum();
    }

    private static boolean isAnswered(Stanza stanza) {
        String type = stanza.attributes().type();
        return switch (stanza.kind()) {
            case MESSAGE -> !type.equals("error");
            case IQ -> !type.equals("error") && !type.equals("result");
            case PRESENCE ->
                switch (type) {
                    case "error", "unavailable", "probe", "subscribed", "unsubscribe", "unsubscribed" -> false;
                    default -> true;
                };
        };
    }
}
