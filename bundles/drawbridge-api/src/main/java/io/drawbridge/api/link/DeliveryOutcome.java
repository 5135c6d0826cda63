// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.link;

import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.policy.Reason;
import java.time.Duration;
import java.util.Optional;

/** What became of an event. There is exactly one for each event, and its sender's protocol answers with it. */
public sealed interface DeliveryOutcome {
    /** The other side said that it has it. */
    record Delivered() implements DeliveryOutcome {}

    /** It was handed to the authenticated peer, whose protocol says no more; a later failure comes as a receipt. */
    record HandedOver() implements DeliveryOutcome {}

    /**
     * It was not delivered and will not be.
     *
     * @param condition why, for the sender's protocol
     * @param reason why, for the administrator; {@link Reason#ANSWERED_BY_PEER} if the other side refused
     * @param text a sentence for people without names or addresses; may be empty
     * @param retryAfter when it may be worth another try
     * @param newAddress where the recipient is instead, if the other side said so with {@link Condition#GONE} or
     *     {@link Condition#REDIRECT}
     */
    record Failed(
            Condition condition,
            Reason reason,
            String text,
            Optional<Duration> retryAfter,
            Optional<Principal> newAddress)
            implements DeliveryOutcome {
        /** Without another address, as nearly always. */
        public Failed(Condition condition, Reason reason, String text, Optional<Duration> retryAfter) {
            this(condition, reason, text, retryAfter, Optional.empty());
        }
    }

    /** Returns that it was not delivered. */
    static DeliveryOutcome failed(Condition condition, Reason reason) {
        return new Failed(condition, reason, reason.text(), Optional.empty());
    }
}
