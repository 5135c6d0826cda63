// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.account;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.provider.Outcome;
import java.time.Duration;
import java.util.Optional;

/** Outcomes of plug-ins in the words of the exchange, and back. */
public final class Outcomes {
    private static final int LONGEST_TEXT = 200;

    private Outcomes() {}

    /** Returns what an outcome of the network means to the sender. */
    static DeliveryOutcome of(Outcome outcome) {
        if (outcome instanceof Outcome.Delivered) {
            return new DeliveryOutcome.Delivered();
        }
        if (outcome instanceof Outcome.Failed failed) {
            return new DeliveryOutcome.Failed(
                    failed.condition(), Reason.ANSWERED_BY_PEER, oneLine(failed.text()), failed.retryAfter());
        }
        return new DeliveryOutcome.HandedOver();
    }

    /** Returns what became of a message from the network, for its plug-in. */
    static Outcome of(DeliveryOutcome outcome) {
        if (outcome instanceof DeliveryOutcome.Delivered) {
            return new Outcome.Delivered();
        }
        if (outcome instanceof DeliveryOutcome.Failed failed) {
            return new Outcome.Failed(failed.condition(), failed.text(), failed.retryAfter());
        }
        return new Outcome.HandedOver();
    }

    /** Returns a failure with the condition that tells a sender best what to do about the reason. */
    public static DeliveryOutcome failed(Reason reason) {
        return DeliveryOutcome.failed(condition(reason), reason);
    }

    /** Returns a failure that may be over after a while. */
    static DeliveryOutcome failed(Reason reason, Optional<Duration> retryAfter) {
        return new DeliveryOutcome.Failed(condition(reason), reason, reason.text(), retryAfter);
    }

    /** Returns that something is longer than may be, with the rule. */
    public static DeliveryOutcome tooLong(String rule) {
        return new DeliveryOutcome.Failed(Condition.NOT_ACCEPTABLE, Reason.CONTENT_TOO_LARGE, rule, Optional.empty());
    }

    private static Condition condition(Reason reason) {
        return switch (reason) {
            case NO_ACCOUNT -> Condition.REGISTRATION_REQUIRED;
            case ACCOUNT_OFFLINE -> Condition.RECIPIENT_UNAVAILABLE;
            case PROVIDER_ABSENT -> Condition.SERVICE_UNAVAILABLE;
            case PROVIDER_DISABLED, PROVIDER_ENDED -> Condition.NOT_ALLOWED;
            case OVERLOADED, SHUTTING_DOWN -> Condition.RESOURCE_CONSTRAINT;
            case TIMED_OUT -> Condition.REMOTE_SERVER_TIMEOUT;
            case NOT_FOR_FEDERATION -> Condition.FEATURE_NOT_IMPLEMENTED;
            default -> Condition.INTERNAL_SERVER_ERROR;
        };
    }

    /** Returns what a plug-in wrote for people, made harmless. */
    public static String oneLine(String text) {
        String line = text == null ? "" : text.replaceAll("\\p{Cntrl}", " ").strip();
        return line.length() > LONGEST_TEXT ? line.substring(0, LONGEST_TEXT) : line;
    }
}
