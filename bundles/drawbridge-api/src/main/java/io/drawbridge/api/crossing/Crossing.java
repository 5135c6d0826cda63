// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.crossing;

import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.Direction;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.policy.RuleResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One request that came to the edge and what became of it. Holds no body and no header, so it may be kept and shown.
 *
 * @param id identifies the crossing in the trace and the log, unique within this appliance
 * @param arrived when the request was complete
 * @param took until its final answer was handed on; zero for what is never answered
 * @param direction which way
 * @param protocol {@code sip}, later others
 * @param method the protocol's own word, such as {@code MESSAGE}
 * @param sender the asserted sender
 * @param recipient whom it was for
 * @param from the peer it came from: a certificate's name, {@code embedded home}, or an address
 * @param to the peer it went to; empty if it went nowhere
 * @param route the route of the verdict, for people; empty if refused
 * @param outcome what became of it
 * @param reason why
 * @param answer the protocol's final answer as sent back, such as {@code 200}; empty for what is never answered
 * @param rules the rules of the verdict
 */
public record Crossing(
        String id,
        Instant arrived,
        Duration took,
        Direction direction,
        String protocol,
        String method,
        Address sender,
        Address recipient,
        String from,
        String to,
        String route,
        Outcome outcome,
        Reason reason,
        String answer,
        List<RuleResult> rules) {
    /** Copies the rules. */
    public Crossing {
        rules = List.copyOf(rules);
    }

    /** What became of a request. */
    public enum Outcome {
        /** The other side accepted it. */
        DELIVERED,
        /** This edge refused it. */
        REFUSED,
        /** The other side refused it. */
        REJECTED,
        /** It could not be handed on, or no answer came. */
        FAILED
    }
}
