// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.account;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.Body;
import io.drawbridge.api.model.Message;
import io.drawbridge.providers.internal.plugin.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One message on its way to the network. Gets exactly one outcome: the first. Thread-safe. */
final class Delivery {
    /** What a message takes besides its text. */
    private static final int ENVELOPE = 256;

    private final Instant arrived;
    private final int size;
    private final CompletableFuture<DeliveryOutcome> outcome = new CompletableFuture<>();
    private Runnable disarm = () -> {};
    private volatile Event.Said said;

    Delivery(Event.Said said, Instant arrived) {
        this.said = said;
        this.arrived = arrived;
        size = size(said.message());
    }

    private static int size(Message message) {
        return ENVELOPE
                + message.subject().length()
                + message.bodies().stream()
                        .map(Body::text)
                        .mapToInt(String::length)
                        .sum();
    }

    /** Returns what is to be delivered; empty once it has its outcome, so that it takes no memory wherever it still stands. */
    Optional<Event.Said> said() {
        return Optional.ofNullable(said);
    }

    /** Returns how many characters it takes until then. */
    int size() {
        return size;
    }

    Instant arrived() {
        return arrived;
    }

    /** Gives it its outcome; returns false if it has one. */
    boolean settle(DeliveryOutcome result) {
        boolean first = outcome.complete(result);
        if (first) {
            said = null;
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
