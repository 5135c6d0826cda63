// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.account;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.providers.internal.plugin.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** One message on its way to the network. Gets exactly one outcome: the first. Thread-safe. */
final class Delivery {
    private final Event.Said said;
    private final Instant arrived;
    private final CompletableFuture<DeliveryOutcome> outcome = new CompletableFuture<>();
    private Runnable disarm = () -> {};

    Delivery(Event.Said said, Instant arrived) {
        this.said = said;
        this.arrived = arrived;
    }

    Event.Said said() {
        return said;
    }

    Instant arrived() {
        return arrived;
    }

    /** Gives it its outcome; returns false if it has one. */
    boolean settle(DeliveryOutcome result) {
        boolean first = outcome.complete(result);
        if (first) {
            disarm();
        }
        return first;
    }

    boolean isSettled() {
        return outcome.isDone();
    }

    CompletableFuture<DeliveryOutcome> outcome() {
        return outcome;
    }

    /** Fails it after a while, instead of what was to happen before. */
    synchronized void settleAfter(Time time, Duration longest, DeliveryOutcome result) {
        disarm.run();
        disarm = outcome.isDone() ? () -> {} : time.after(longest, () -> settle(result));
    }

    private synchronized void disarm() {
        disarm.run();
    }
}
