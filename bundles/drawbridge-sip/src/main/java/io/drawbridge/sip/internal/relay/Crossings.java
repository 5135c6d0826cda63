// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.drawbridge.api.crossing.Crossing;
import io.drawbridge.api.crossing.Crossing.Outcome;
import io.drawbridge.api.crossing.CrossingListener;
import io.drawbridge.api.model.Direction;
import io.drawbridge.api.policy.Envelope;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.policy.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Tells of each request that was decided what became of it. */
final class Crossings {
    private static final int FIRST_REFUSAL = 300;

    private Crossings() {}

    static void record(Exchange exchange, Answer answer, Surroundings surroundings) {
        Envelope envelope = exchange.course().envelope();
        if (envelope == null) {
            return;
        }
        Verdict verdict = exchange.course().verdict();
        boolean allowed = verdict != null && verdict.allowed();
        if (allowed && envelope.direction() == Direction.INBOUND) {
            boolean success = answer.outcome() == Outcome.DELIVERED;
            surroundings.safeguards().ifPresent(safeguards -> safeguards.answered(envelope, success));
        }
        List<CrossingListener> listeners = surroundings.listeners();
        if (listeners.isEmpty()) {
            return;
        }
        Hop target = exchange.target();
        Crossing crossing = new Crossing(
                exchange.id(),
                Instant.ofEpochMilli(exchange.arrivedMillis()),
                exchange.request().method().isAnswered() ? Duration.ofNanos(exchange.tookNanos()) : Duration.ZERO,
                envelope.direction(),
                Destinations.PROTOCOL,
                exchange.request().methodName(),
                envelope.sender(),
                envelope.recipient(),
                exchange.source().name(),
                target == null ? "" : target.name(),
                allowed ? verdict.route().map(Object::toString).orElse("") : "",
                answer.outcome(),
                answer.reason(),
                exchange.request().method().isAnswered() ? answer.status() : "",
                verdict == null ? List.of() : verdict.rules());
        for (CrossingListener listener : listeners) {
            listener.finished(crossing);
        }
    }

    /**
     * How a request was answered.
     *
     * @param outcome what became of it
     * @param reason why
     * @param status the status code sent back; empty if it is never answered
     */
    record Answer(Outcome outcome, Reason reason, String status) {
        private static final Answer DELIVERED = new Answer(Outcome.DELIVERED, Reason.ALLOWED, "200");

        static Answer ofPeer(int status) {
            if (status == 200) {
                return DELIVERED;
            }
            boolean accepted = status < FIRST_REFUSAL;
            return new Answer(
                    accepted ? Outcome.DELIVERED : Outcome.REJECTED,
                    accepted ? Reason.ALLOWED : Reason.ANSWERED_BY_PEER,
                    Integer.toString(status));
        }

        /** The edge itself did what was asked, or the request left and is never answered. */
        static Answer ofEdge() {
            return DELIVERED;
        }

        static Answer ofEdge(Rejection rejection) {
            return new Answer(
                    outcome(rejection.reason()),
                    rejection.reason(),
                    Integer.toString(rejection.answer().status()));
        }

        private static Outcome outcome(Reason reason) {
            return switch (reason) {
                case DNS_FAILED,
                        HOST_NOT_FOUND,
                        NO_HOME,
                        UNREACHABLE,
                        TLS_FAILED,
                        CERTIFICATE_NOT_TRUSTED,
                        TIMED_OUT,
                        CONNECTION_LOST,
                        CANCELLED,
                        OVERLOADED,
                        SHUTTING_DOWN,
                        INTERNAL -> Outcome.FAILED;
                default -> Outcome.REFUSED;
            };
        }
    }
}
