// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.net.connection.ConnectException;
import io.drawbridge.xmpp.internal.codec.StreamCondition;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * Why stanzas could not be sent (interworking 4.11, 4.12).
 *
 * @param condition for their senders
 * @param reason for the administrator
 * @param text what happened, for people; never leaves this appliance
 * @param rest how long the partner is at least left alone, where zero is for a stream that was soon over; empty if
 *     another one may be opened when there is something to say
 */
record Failure(Condition condition, Reason reason, String text, Optional<Duration> rest) {
    static final Failure TIMED_OUT = of(Reason.TIMED_OUT, "the partner did not answer in time");

    private static final Duration OVERLOAD = Duration.ofMinutes(1);
    private static final Duration NOT_THERE = Duration.ofMinutes(5);

    /** Returns the failure with the condition that goes with its reason. */
    static Failure of(Reason reason, String text) {
        Condition condition =
                switch (reason) {
                    case DNS_FAILED, HOST_NOT_FOUND, DOMAIN_NOT_ALLOWED -> Condition.REMOTE_SERVER_NOT_FOUND;
                    case CERTIFICATE_NOT_TRUSTED, PEER_NOT_AUTHORIZED, NOT_CONFIGURED, INTERNAL ->
                        Condition.INTERNAL_SERVER_ERROR;
                    case OVERLOADED -> Condition.RESOURCE_CONSTRAINT;
                    case SHUTTING_DOWN -> Condition.SERVICE_UNAVAILABLE;
                    default -> Condition.REMOTE_SERVER_TIMEOUT;
                };
        return new Failure(condition, reason, text, Optional.empty());
    }

    private Failure resting(Duration atLeast) {
        return new Failure(condition, reason, text, Optional.of(atLeast));
    }

    static Failure tooLarge(int largest) {
        return new Failure(
                Condition.POLICY_VIOLATION,
                Reason.CONTENT_TOO_LARGE,
                "the partner takes at most " + largest + " octets",
                Optional.empty());
    }

    /** Returns what it means for what waits that a stream ends because the settings no longer have its domains. */
    static Failure unserved(StreamCondition said, String partner) {
        return said == StreamCondition.HOST_GONE
                ? of(Reason.NOT_CONFIGURED, "the own domain of a stream with " + partner + " is served no more")
                : of(Reason.DOMAIN_NOT_ALLOWED, partner + " is no partner any more");
    }

    /** Reads what the connector reported. */
    static Failure of(Throwable thrown) {
        Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
        return cause instanceof ConnectException failed
                ? of(failed.reason(), String.valueOf(failed.getMessage()))
                : of(Reason.INTERNAL, String.valueOf(cause));
    }

    /** Returns what it means for what waits that the partner ended a stream with an error (interworking 4.11). */
    static Failure of(StreamCondition condition) {
        String text = "the partner ended the stream with " + condition.element();
        return switch (condition) {
            case HOST_GONE, HOST_UNKNOWN -> of(Reason.HOST_NOT_FOUND, text).resting(NOT_THERE);
            case INVALID_FROM, NOT_AUTHORIZED ->
                of(Reason.PEER_NOT_AUTHORIZED, text).resting(Duration.ZERO);
            case RESOURCE_CONSTRAINT -> of(Reason.OVERLOADED, text).resting(OVERLOAD);
            case CONNECTION_TIMEOUT, RESET, SYSTEM_SHUTDOWN -> of(Reason.CONNECTION_LOST, text);
            default -> of(Reason.CONNECTION_LOST, text).resting(Duration.ZERO);
        };
    }

    /** Returns what happened and whose fault it is, for people. */
    String blamed() {
        return reason.fault() == Reason.Fault.NOBODY
                ? text
                : text + " (" + reason.fault().text() + ")";
    }

    DeliveryOutcome outcome(Optional<Duration> retryAfter) {
        return new DeliveryOutcome.Failed(condition, reason, reason.text(), retryAfter);
    }
}
