// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.map;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.link.Inbox;
import io.drawbridge.api.link.Link;
import io.drawbridge.api.metrics.MetricSink;
import io.drawbridge.api.metrics.MetricSource;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.xmpp.internal.codec.Stanza;
import io.drawbridge.xmpp.internal.stream.StanzaReceiver;
import io.drawbridge.xmpp.internal.stream.StreamPeer;
import io.drawbridge.xmpp.internal.stream.Streams;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.xml.stream.XMLStreamException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * XMPP in the eyes of the model: stanzas become events for the inbox, events become stanzas for the streams. Whatever a
 * stanza does to the libraries that read it, it does to itself only.
 */
public final class XmppLink implements Link, StanzaReceiver, MetricSource {
    /** A little longer than any link and any stream may take. */
    private static final Duration DRAINING = Duration.ofSeconds(33);

    private static final Logger LOG = LoggerFactory.getLogger(XmppLink.class);

    private final Way way;
    private final MessageExchange messages;
    private final PresenceExchange presence;
    private final IqAnswers answers;
    private volatile boolean closing;

    /**
     * Makes a link that remembers nothing yet.
     *
     * @param streams the way to partners
     * @param inbox the way to everybody else
     * @param version what a partner is told of the product's version
     * @param clock the time
     */
    public XmppLink(Streams streams, Inbox inbox, String version, InstantSource clock) {
        this.way = new Way(streams, inbox);
        this.messages = new MessageExchange(way, clock);
        this.presence = new PresenceExchange(way, clock);
        this.answers = new IqAnswers(way, version, clock);
    }

    @Override
    public Optional<CompletionStage<?>> received(Stanza stanza, StreamPeer origin) {
        way.underWay().begin();
        try {
            return closing ? Optional.empty() : Optional.of(take(stanza, origin));
        } finally {
            way.underWay().end();
        }
    }

    private CompletionStage<?> take(Stanza stanza, StreamPeer origin) {
        try {
            Received received = Received.of(stanza);
            switch (stanza.kind()) {
                case MESSAGE -> {
                    return messages.received(received, origin);
                }
                case PRESENCE -> {
                    return presence.received(received, origin);
                }
                case IQ -> answers.received(received, origin);
            }
        } catch (Unmappable e) {
            way.refuse(stanza, origin, e.condition(), e.getMessage());
        } catch (XMLStreamException e) {
            way.refuse(stanza, origin, Condition.BAD_REQUEST, "the stanza cannot be read");
        } catch (RuntimeException e) {
            LOG.warn("A stanza from {} could not be mapped: {}", origin.partner(), stanza, e);
            way.refuse(stanza, origin, Condition.BAD_REQUEST, "the stanza cannot be understood");
        }
        return StanzaReceiver.NOTHING;
    }

    @Override
    public CompletionStage<DeliveryOutcome> deliver(Event event) {
        way.underWay().begin();
        try {
            return closing ? failed(Condition.SERVICE_UNAVAILABLE, Reason.SHUTTING_DOWN) : mapped(event);
        } catch (Unmappable e) {
            return failed(e.condition(), Reason.MALFORMED);
        } catch (RuntimeException e) {
            LOG.warn(
                    "An event for {} could not be mapped",
                    event.recipient().principal().domain(),
                    e);
            return failed(Condition.INTERNAL_SERVER_ERROR, Reason.INTERNAL);
        } finally {
            way.underWay().end();
        }
    }

    private CompletionStage<DeliveryOutcome> mapped(Event event) throws Unmappable {
        if (event instanceof Event.Said said) {
            return messages.deliver(said);
        } else if (event instanceof Event.Typing typing) {
            return messages.deliver(typing);
        } else if (event instanceof Event.Acknowledged acknowledged) {
            return messages.deliver(acknowledged);
        } else if (event instanceof Event.Authorization authorization) {
            return presence.deliver(authorization);
        } else if (event instanceof Event.Watch watch) {
            return presence.deliver(watch);
        } else if (event instanceof Event.Presence document) {
            return presence.deliver(document);
        } else if (event instanceof Event.Unreachable unreachable) {
            return presence.deliver(unreachable);
        }
        return failed(Condition.FEATURE_NOT_IMPLEMENTED, Reason.NOT_FOR_FEDERATION);
    }

    /** Takes nothing new, and waits until what was taken has its outcome. Blocks; not for event loops. */
    public void drain() {
        closing = true;
        int left = way.underWay().await(DRAINING);
        if (left > 0) {
            LOG.warn("{} stanzas and events were still without an outcome when the link ended", left);
        }
    }

    @Override
    public void collect(MetricSink sink) {
        for (Condition condition : Condition.values()) {
            sink.counter(
                    "drawbridge_xmpp_stanzas_refused",
                    "Stanzas of partners that were refused, by the condition they were answered with",
                    (double) way.refused(condition),
                    "condition",
                    Conditions.name(condition));
        }
        sink.counter(
                "drawbridge_xmpp_stanzas_ignored",
                "Stanzas of partners that called for nothing, such as late errors and unknown payload",
                (double) way.ignored());
    }

    private static CompletionStage<DeliveryOutcome> failed(Condition condition, Reason reason) {
        return CompletableFuture.completedFuture(DeliveryOutcome.failed(condition, reason));
    }
}
