// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.account;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.providers.internal.plugin.Time;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * The presence of the contacts of one provider on its way to who watches them. Presence is a state: what the exchange has no
 * room for comes a little later as it stands then, and of one contact to one watcher one at a time, so that none overtakes a
 * newer one, whichever account it came by. Thread-safe; no lock is held while something is brought.
 */
public final class LatestPresence {
    /** Why the exchange does not take something that it takes a little later. */
    private static final Set<Reason> PASSING =
            EnumSet.of(Reason.LIMIT_EXCEEDED, Reason.LEDGER_FAILED, Reason.OVERLOADED, Reason.SHUTTING_DOWN);

    private final Time time;
    private final Function<Event, CompletionStage<DeliveryOutcome>> exchange;
    private final Map<Right, PresenceDocument> waiting = new HashMap<>();
    /** What is at the exchange, and whether it is still wanted. */
    private final Map<Right, Boolean> underWay = new HashMap<>();

    private final Pace<Right> again;

    /**
     * Starts with nothing.
     *
     * @param exchange takes it; completes exactly once
     */
    public LatestPresence(Time time, Function<Event, CompletionStage<DeliveryOutcome>> exchange) {
        this.time = time;
        this.exchange = exchange;
        again = new Pace<>(time, right -> {
            bring(right);
            return true;
        });
    }

    /** Notes what is to be brought, in the place of what waits. Calls nobody, so that it may be done with a lock held. */
    synchronized void put(Right right, PresenceDocument document) {
        waiting.put(right, document);
    }

    /** Nobody wants it any more. */
    synchronized void forget(Right right) {
        waiting.remove(right);
        underWay.computeIfPresent(right, (same, wanted) -> false);
    }

    /** Brings what waits, now or after what is under way. */
    void bring(Right right) {
        next(right).ifPresent(document -> exchange.apply(new Event.Presence(right.watcher(), document))
                .whenComplete((outcome, broken) -> brought(right, document, outcome)));
    }

    private synchronized Optional<PresenceDocument> next(Right right) {
        if (underWay.containsKey(right)) {
            return Optional.empty();
        }
        Optional<PresenceDocument> next = Optional.ofNullable(waiting.remove(right));
        next.ifPresent(document -> underWay.put(right, true));
        return next;
    }

    private void brought(Right right, PresenceDocument document, DeliveryOutcome outcome) {
        boolean isPassing = outcome instanceof DeliveryOutcome.Failed failed && PASSING.contains(failed.reason());
        boolean hasNewer;
        boolean comesAgain;
        synchronized (this) {
            boolean isWanted = underWay.remove(right);
            hasNewer = waiting.containsKey(right);
            comesAgain = isPassing && isWanted && !hasNewer;
            if (comesAgain) {
                waiting.put(right, document);
            }
        }
        if (hasNewer) {
            // Not from here: somebody who changes all the time would have it call itself without end.
            time.after(Duration.ZERO, () -> bring(right));
        } else if (comesAgain) {
            again.later(right);
        }
    }
}
