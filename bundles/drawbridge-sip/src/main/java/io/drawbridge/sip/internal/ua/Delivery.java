// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.lib.jainsip.Timers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** An event on its way to the home, until its one outcome is known. Owned by the user agent's thread. */
final class Delivery {
    /** Below the 32 seconds after which a link must have said what became of an event. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Event event;
    private final Instant deadline;
    private final CompletableFuture<DeliveryOutcome> outcome = new CompletableFuture<>();
    private Timers.Timer expiry = Timers.Timer.NONE;
    private final Set<MessageMode> refused = EnumSet.noneOf(MessageMode.class);
    private boolean triedNewSession;

    /** Begins now. */
    Delivery(Event event, Instant now) {
        this.event = event;
        this.deadline = now.plus(PATIENCE);
    }

    Event event() {
        return event;
    }

    /** Returns the outcome; completes exactly once, also if nobody works on it any more. */
    CompletionStage<DeliveryOutcome> outcome() {
        return outcome;
    }

    /** Gives up when the time is over, whoever holds this. */
    void limit(Environment environment) {
        expiry = environment
                .timers()
                .after(left(environment.clock().instant()), () -> done(Outcomes.of(Reason.TIMED_OUT)));
    }

    Duration left(Instant now) {
        Duration left = Duration.between(now, deadline);
        return left.isNegative() ? Duration.ZERO : left;
    }

    void done(DeliveryOutcome result) {
        expiry.cancel();
        outcome.complete(result);
    }

    boolean isDone() {
        return outcome.isDone();
    }

    /** Takes note that its recipient refuses a mode as such. */
    void refusedBy(MessageMode mode) {
        refused.add(mode);
    }

    /** Returns whether a mode has not been refused. */
    boolean mayGoBy(MessageMode mode) {
        return !refused.contains(mode);
    }

    /** Takes note that another session is tried; returns false if one was tried before. */
    boolean tryNewSession() {
        boolean first = !triedNewSession;
        triedNewSession = true;
        return first;
    }

    /** Returns how many octets of content it holds in memory. */
    int size() {
        return event instanceof Event.Said said
                ? said.message().bodies().get(0).text().getBytes(StandardCharsets.UTF_8).length
                : 0;
    }
}
