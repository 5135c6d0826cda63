// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.exchange;

import io.drawbridge.api.crossing.Crossing;
import io.drawbridge.api.crossing.Crossing.Outcome;
import io.drawbridge.api.crossing.CrossingListener;
import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.DeliveryOutcome.Failed;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.Direction;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.policy.Verdict;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Tells of each event that has its outcome, except of presence and typing, which come too often and end nothing. */
final class CrossingReport implements Consumer<Passage> {
    private final InstantSource clock;
    private final List<CrossingListener> listeners;
    private final AtomicLong next;

    /**
     * Starts counting.
     *
     * @param listeners who wants to know, now and later
     */
    CrossingReport(InstantSource clock, List<CrossingListener> listeners) {
        this.clock = clock;
        this.listeners = listeners;
        next = new AtomicLong(clock.millis() << 16);
    }

    @Override
    public void accept(Passage passage) {
        Event event = passage.event();
        if (listeners.isEmpty() || event instanceof Event.Presence || event instanceof Event.Typing) {
            return;
        }
        Crossing crossing = crossing(passage, passage.outcome().getNow(null));
        listeners.forEach(listener -> listener.finished(crossing));
    }

    private Crossing crossing(Passage passage, DeliveryOutcome outcome) {
        Optional<Verdict> verdict = passage.verdict().filter(Verdict::allowed);
        return new Crossing(
                "x" + Long.toString(next.getAndIncrement(), Character.MAX_RADIX),
                passage.arrived(),
                Duration.between(passage.arrived(), clock.instant()),
                passage.byOwnUser() ? Direction.OUTBOUND : Direction.INBOUND,
                passage.origin().link(),
                method(passage.event()),
                Passage.address(passage.event().sender().principal()),
                Passage.address(passage.event().recipient().principal()),
                passage.origin().peer(),
                verdict.isPresent()
                        ? passage.event().recipient().principal().domain().value()
                        : "",
                verdict.flatMap(Verdict::route).map(Object::toString).orElse(""),
                outcome(passage, outcome),
                outcome instanceof Failed failed ? failed.reason() : Reason.ALLOWED,
                answer(outcome),
                passage.rules());
    }

    private static String method(Event event) {
        if (event instanceof Event.Said) {
            return "message";
        }
        if (event instanceof Event.Acknowledged) {
            return "receipt";
        }
        if (event instanceof Event.Watch watch) {
            return watch.open() ? "watch" : "unwatch";
        }
        if (event instanceof Event.Unreachable) {
            return "unreachable";
        }
        if (event instanceof Event.Authorization step) {
            return switch (step.step()) {
                case ASK -> "subscribe";
                case GRANT -> "subscribed";
                case REFUSE -> "unsubscribed";
                case GIVE_UP -> "unsubscribe";
            };
        }
        throw new IllegalArgumentException("not reported: " + event.getClass());
    }

    private static Outcome outcome(Passage passage, DeliveryOutcome outcome) {
        if (!(outcome instanceof Failed failed)) {
            return Outcome.DELIVERED;
        }
        if (failed.reason() == Reason.ANSWERED_BY_PEER) {
            return Outcome.REJECTED;
        }
        boolean refused = passage.rules().stream().anyMatch(rule -> !rule.passed());
        return refused ? Outcome.REFUSED : Outcome.FAILED;
    }

    private static String answer(DeliveryOutcome outcome) {
        if (outcome instanceof Failed failed) {
            return failed.condition().name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
        return outcome instanceof DeliveryOutcome.Delivered ? "delivered" : "handed-over";
    }
}
