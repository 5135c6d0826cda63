// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.provider;

import io.drawbridge.api.model.Condition;
import java.time.Duration;
import java.util.Optional;

/** What became of a message. Its sender is told exactly one. */
public sealed interface Outcome {
    /** The recipient's side said that it has it. */
    record Delivered() implements Outcome {}

    /** The network took it and says no more, or later by a receipt. */
    record HandedOver() implements Outcome {}

    /**
     * It was not delivered and will not be.
     *
     * @param condition why, for the sender's protocol
     * @param text a sentence for people without names, addresses or content; may be empty
     * @param retryAfter when it may be worth another try
     */
    record Failed(Condition condition, String text, Optional<Duration> retryAfter) implements Outcome {}

    /** Returns that it was not delivered and another try is no use. */
    static Outcome failed(Condition condition, String text) {
        return new Failed(condition, text, Optional.empty());
    }
}
