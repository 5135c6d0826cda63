// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.exchange;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.link.Inbox;
import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.Direction;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.policy.Envelope;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.policy.Rule;
import io.drawbridge.api.policy.RuleResult;
import io.drawbridge.api.policy.TrafficKind;
import io.drawbridge.api.policy.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One event on its way from the link that brought it to the one outcome that link is told. */
final class Passage {
    /** The link of the organisation's own users. */
    static final String HOME = "sip";

    private final Event event;
    private final Inbox.Origin origin;
    private final Instant arrived;
    private final Pair pair;
    private final boolean byOwnUser;
    private final CompletableFuture<DeliveryOutcome> outcome = new CompletableFuture<>();
    private final List<RuleResult> added = new ArrayList<>(1);
    private Verdict verdict;

    Passage(Event event, Inbox.Origin origin, Instant arrived) {
        this.event = event;
        this.origin = origin;
        this.arrived = arrived;
        byOwnUser = origin.link().equals(HOME);
        Principal sender = event.sender().principal();
        Principal recipient = event.recipient().principal();
        pair = byOwnUser ? new Pair(sender, recipient) : new Pair(recipient, sender);
    }

    Event event() {
        return event;
    }

    Inbox.Origin origin() {
        return origin;
    }

    Instant arrived() {
        return arrived;
    }

    Pair pair() {
        return pair;
    }

    /** Returns whether it goes outside. */
    boolean byOwnUser() {
        return byOwnUser;
    }

    Envelope envelope() {
        boolean message =
                event instanceof Event.Said || event instanceof Event.Typing || event instanceof Event.Acknowledged;
        return Envelope.of(
                        byOwnUser ? Direction.OUTBOUND : Direction.INBOUND,
                        address(event.sender().principal()),
                        address(event.recipient().principal()),
                        message ? TrafficKind.MESSAGE : TrafficKind.PRESENCE)
                .by(origin.link(), origin.trust());
    }

    static Address address(Principal principal) {
        return new Address(principal.local(), principal.domain());
    }

    void judged(Verdict given) {
        verdict = given;
    }

    Optional<Verdict> verdict() {
        return Optional.ofNullable(verdict);
    }

    /** Returns the rules of the verdict, and those that only the exchange can ask. */
    List<RuleResult> rules() {
        List<RuleResult> rules = new ArrayList<>();
        if (verdict != null) {
            rules.addAll(verdict.rules());
        }
        rules.addAll(added);
        return rules;
    }

    /** Ends it by a rule that only the exchange can ask. */
    void refuse(Reason reason, Rule rule, String detail) {
        added.add(new RuleResult(rule, false, detail));
        fail(reason);
    }

    /** Ends it because a limit is reached. */
    void refuse(Brakes.Limit limit) {
        refuse(Reason.LIMIT_EXCEEDED, Rule.SAFEGUARD, limit.key() + " is reached (" + ExchangeConfig.PID + ")");
    }

    /** Ends it for a reason. */
    void fail(Reason reason) {
        settle(Failures.of(reason));
    }

    /** Ends it; the first outcome counts. */
    void settle(DeliveryOutcome result) {
        outcome.complete(result);
    }

    CompletableFuture<DeliveryOutcome> outcome() {
        return outcome;
    }
}
