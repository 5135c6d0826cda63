// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.account;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.providers.internal.plugin.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One message on its way to the network. Gets exactly one outcome: the first. Thread-safe. */
final class Delivery {
    /** How long it waits at most, for a plug-in to leave, another to come, and the account to sign in. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    /** A little less than a link may take. */
    private static final Duration LONGEST = Duration.ofSeconds(31);

    private final Instant arrived;
    private final int size;
    private final CompletableFuture<DeliveryOutcome> outcome = new CompletableFuture<>();
    private Runnable disarm = () -> {};
    private volatile Event.Said said;

    Delivery(Event.Said said, Instant arrived) {
        this.said = said;
        this.arrived = arrived;
        size = Room.size(said.message());
    }

    /** Returns what is to be delivered; empty once it has its outcome, so that it takes no memory wherever it still stands. */
    Optional<Event.Said> said() {
        return Optional.ofNullable(said);
    }

    /** Returns how many characters it takes until then. */
    int size() {
        return size;
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

    /** Fails it if it waits too long for somebody to take it. */
    void waits(Time time, Reason otherwise) {
        settleAfter(time, rest(time, LONGEST_WAIT), otherwise);
    }

    /** Fails it if the plug-in that has it does not answer in its time. */
    void isHanded(Time time, Duration longest) {
        Duration rest = rest(time, LONGEST);
        settleAfter(time, longest.compareTo(rest) < 0 ? longest : rest, Reason.TIMED_OUT);
    }

    private Duration rest(Time time, Duration longest) {
        Duration rest = Duration.between(time.instant(), arrived.plus(longest));
        return rest.isNegative() ? Duration.ZERO : rest;
    }

    /** Instead of what was to happen before. */
    private synchronized void settleAfter(Time time, Duration rest, Reason why) {
        disarm.run();
        disarm = outcome.isDone() ? () -> {} : time.after(rest, () -> settle(Outcomes.failed(why)));
    }

    private synchronized void disarm() {
        disarm.run();
    }
}
