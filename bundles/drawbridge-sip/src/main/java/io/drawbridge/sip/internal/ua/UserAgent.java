// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.link.Link;
import io.drawbridge.api.metrics.MetricSink;
import io.drawbridge.api.metrics.MetricSource;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.sip.SipElement;
import io.drawbridge.api.sip.SipFlow;
import io.drawbridge.lib.jainsip.MalformedMessage;
import io.drawbridge.lib.jainsip.RawReply;
import io.drawbridge.lib.jainsip.TransactionLayer;
import io.netty.channel.Channel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The user agent put together: SIP of the home on one side, events on the other. What arrives waits in a bounded queue
 * for its one thread; what does not fit is refused on the spot.
 */
final class UserAgent implements SipElement, Link, MetricSource {
    private static final Logger LOG = LoggerFactory.getLogger(UserAgent.class);
    private final Environment environment;
    private final TransactionLayer transactions;
    private final Talks talks;
    private final Notifier notifier;
    private final Watches watches;
    private final Subscribers subscribers;
    private final HomeAlarms alarms;
    private final AtomicInteger waiting = new AtomicInteger();
    private final LongAdder overload = new LongAdder();
    private final LongAdder malformed = new LongAdder();
    private final LongAdder requests = new LongAdder();
    private final LongAdder events = new LongAdder();
    private volatile boolean draining;

    /** Starts with nothing under way. */
    UserAgent(Environment environment) {
        this.environment = environment;
        Requests dispatcher = new Requests();
        transactions = new TransactionLayer(
                environment.timers(),
                dispatcher,
                () -> environment.settings().get().maxTransactions(),
                overload::increment);
        Outgoing outgoing = new Outgoing(environment, transactions);
        alarms = outgoing.alarms();
        HomeAddresses addresses = new HomeAddresses();
        talks = new Talks(environment, addresses, new Habits(), outgoing);
        WatcherNotifier watchers = new WatcherNotifier(environment);
        watches = new Watches(environment, addresses, outgoing, watchers);
        notifier = new Notifier(environment, watches);
        subscribers = new Subscribers(environment, addresses, outgoing, notifier, watchers);
        dispatcher.use(talks, subscribers, watches);
    }

    @Override
    public void opened(SipFlow flow) {
        // A way to the home is looked for when it is needed.
    }

    @Override
    public void received(SipFlow flow, byte[] message) {
        if (!enqueue(() -> process(flow, message))) {
            RawReply.to(message, 503, "Service Unavailable", "Retry-After: 10").ifPresent(flow::send);
        }
    }

    @Override
    public void closed(SipFlow flow) {
        environment.executor().execute(() -> transactions.closed(flow));
    }

    @Override
    public CompletionStage<DeliveryOutcome> deliver(Event event) {
        if (draining) {
            return CompletableFuture.completedStage(Outcomes.of(Reason.SHUTTING_DOWN));
        }
        events.increment();
        Delivery delivery = new Delivery(event, environment.clock().instant());
        if (!enqueue(() -> dispatch(delivery))) {
            delivery.done(Outcomes.of(Reason.OVERLOADED));
        }
        return delivery.outcome();
    }

    /** Begins to read an MSRP connection, on its event loop. */
    MsrpLine line(Channel channel) {
        int mostContent = environment.settings().get().maxSessionMessageBytes();
        return MsrpLine.on(channel, environment.executor(), talks.sessions().ends(), mostContent);
    }

    /** Returns how many MSRP sessions have an end here. */
    int msrpEnds() {
        return talks.sessions().ends().size();
    }

    private boolean enqueue(Runnable work) {
        if (waiting.incrementAndGet() > environment.settings().get().maxWaiting()) {
            waiting.decrementAndGet();
            overload.increment();
            return false;
        }
        environment.executor().execute(() -> {
            waiting.decrementAndGet();
            work.run();
        });
        return true;
    }

    private void process(SipFlow flow, byte[] message) {
        try {
            transactions.received(flow, message);
            requests.increment();
        } catch (MalformedMessage broken) {
            malformed.increment();
            LOG.debug("a message from {} cannot be read: {}", flow.name(), broken.getMessage());
            RawReply.to(message, 400, broken.getMessage()).ifPresent(flow::send);
        }
    }

    private void dispatch(Delivery delivery) {
        try {
            Event event = delivery.event();
            if (event instanceof Event.Said || event instanceof Event.Typing || event instanceof Event.Acknowledged) {
                talks.deliver(delivery);
            } else if (event instanceof Event.Authorization step) {
                switch (step.step()) {
                    case ASK -> watches.open(delivery);
                    case GIVE_UP -> watches.close(delivery);
                    case GRANT, REFUSE -> notifier.authorized(delivery, step);
                }
            } else if (event instanceof Event.Watch watch) {
                if (watch.open()) {
                    watches.open(delivery);
                } else {
                    watches.close(delivery);
                }
            } else if (event instanceof Event.Presence presence) {
                notifier.presence(delivery, presence);
            } else {
                delivery.done(Outcomes.of(Reason.NOT_FOR_FEDERATION)); // no word of SIP says so
            }
        } catch (RuntimeException bug) {
            LOG.error("an event was not delivered because of an error inside the gateway", bug);
            delivery.done(Outcomes.of(Reason.INTERNAL));
        }
    }

    /** Takes no new event from now on, and returns whether everything is answered. Thread-safe. */
    CompletionStage<Boolean> drained() {
        draining = true;
        CompletableFuture<Boolean> idle = new CompletableFuture<>();
        environment.executor().execute(() -> idle.complete(transactions.size() == 0 && talks.pending() == 0));
        return idle;
    }

    /** Answers what is still open. */
    void stop() {
        draining = true;
        environment.executor().execute(() -> {
            talks.sessions().stop();
            subscribers.stop();
            transactions.stop();
        });
    }

    @Override
    public void collect(MetricSink sink) {
        sink.counter(
                "drawbridge_sip_gateway_messages",
                "SIP messages of the home taken by the gateway",
                requests.doubleValue());
        sink.counter("drawbridge_sip_gateway_events", "Events delivered towards the home", events.doubleValue());
        sink.counter(
                "drawbridge_sip_gateway_malformed", "SIP messages that could not be read", malformed.doubleValue());
        sink.counter(
                "drawbridge_sip_gateway_overload",
                "Messages and events refused because too many wait or are under way",
                overload.doubleValue());
        sink.gauge(
                "drawbridge_sip_gateway_sessions",
                "Message sessions",
                talks.sessions().size());
        sink.gauge("drawbridge_sip_gateway_msrp_ends", "Ends of MSRP sessions, open or awaited", msrpEnds());
        sink.gauge(
                "drawbridge_sip_gateway_subscriptions",
                "Subscriptions of the home's users to people outside, and to who watches them",
                subscribers.size());
        sink.gauge("drawbridge_sip_gateway_watches", "Watches of people outside over the home's users", watches.size());
        sink.gauge("drawbridge_sip_gateway_waiting", "Messages and events not yet processed", waiting.get());
        alarms.collect(sink);
    }
}
