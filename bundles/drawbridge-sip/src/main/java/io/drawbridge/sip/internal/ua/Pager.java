// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import gov.nist.javax.sip.message.SIPResponse;
import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.sip.SipFlow;
import io.drawbridge.sip.internal.map.SipAddresses;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/**
 * Carries each message as a request of its own (RFC 3428, RFC 7572; interworking 6.5). Who is writing, and receipts, are
 * told only to whom showed before that it understands them.
 */
final class Pager implements Carrier {
    private static final int MOST_REMEMBERED = 20_000;
    private static final int FIRST_FINAL = 200;
    private static final int TOO_LARGE = 413;
    private final Environment environment;
    private final HomeAddresses addresses;
    private final Habits habits;
    private final Outgoing outgoing;
    private final Set<String> awaited = Collections.newSetFromMap(new Bounded<>(MOST_REMEMBERED));

    Pager(Environment environment, HomeAddresses addresses, Habits habits, Outgoing outgoing) {
        this.environment = environment;
        this.addresses = addresses;
        this.habits = habits;
        this.outgoing = outgoing;
    }

    /** A user of the home asked for receipts of this message. */
    void receiptWanted(String messageId) {
        awaited.add(messageId);
    }

    @Override
    public void carry(Delivery delivery, Listener listener) {
        Event event = delivery.event();
        Instant now = environment.clock().instant();
        String to = addresses.uri(event.recipient());
        OutgoingRequest request = new OutgoingRequest("MESSAGE", to)
                .header("From", "<" + SipAddresses.uri(event.sender()) + ">;tag=" + outgoing.token())
                .header("To", "<" + to + ">")
                .alone(outgoing.token());
        Habits.Habit habit = habits.of(event.recipient().principal());
        if (!fill(request, event, habit, now)) {
            listener.carried(delivery, noWay(), 0);
            return;
        }
        if (environment.isUnknownPath()
                && request.size() > environment.settings().get().maxPagerBytes()) {
            listener.carried(
                    delivery, DeliveryOutcome.failed(Condition.POLICY_VIOLATION, Reason.CONTENT_TOO_LARGE), TOO_LARGE);
            return;
        }
        int affinity = Pair.ofInbound(event).hashCode();
        outgoing.send(request, Optional.empty(), affinity, delivery.left(now), new Answer(delivery, listener));
    }

    /** Returns that the home has no word for it. */
    static DeliveryOutcome noWay() {
        return DeliveryOutcome.failed(Condition.FEATURE_NOT_IMPLEMENTED, Reason.NOT_FOR_FEDERATION);
    }

    private boolean fill(OutgoingRequest request, Event event, Habits.Habit habit, Instant now) {
        if (event instanceof Event.Said said) {
            MessageContent.said(request, said, habit.receipts(), now);
            return true;
        }
        if (event instanceof Event.Typing typing && habit.composing()) {
            MessageContent.typing(typing).in(request);
            return true;
        }
        if (event instanceof Event.Acknowledged receipt
                && awaited.contains(receipt.receipt().messageId())) {
            MessageContent.acknowledged(receipt, outgoing.token(), now).in(request);
            return true;
        }
        return false;
    }

    /** Waits for the home's answer. */
    private record Answer(Delivery delivery, Listener listener) implements Outgoing.Listener {
        @Override
        public boolean isWanted() {
            return !delivery.isDone();
        }

        @Override
        public void answered(SIPResponse response, SipFlow flow) {
            if (response.getStatusCode() >= FIRST_FINAL) {
                listener.carried(delivery, Outcomes.of(response), response.getStatusCode());
            }
        }

        @Override
        public void failed(Reason reason) {
            listener.carried(delivery, Outcomes.of(reason), 0);
        }
    }
}
