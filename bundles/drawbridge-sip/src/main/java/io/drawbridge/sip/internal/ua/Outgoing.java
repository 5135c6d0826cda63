// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import gov.nist.javax.sip.message.SIPResponse;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.sip.SipFlow;
import io.drawbridge.lib.jainsip.ClientTransaction;
import io.drawbridge.lib.jainsip.TransactionLayer;
import io.drawbridge.sip.internal.relay.Handover;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Sends requests to the home: finds the way, opens the transaction. Owned by the user agent's thread. */
final class Outgoing {
    private final Environment environment;
    private final TransactionLayer transactions;
    private final HomeAlarms alarms;

    Outgoing(Environment environment, TransactionLayer transactions) {
        this.environment = environment;
        this.transactions = transactions;
        this.alarms = new HomeAlarms(environment.clock());
    }

    /** Returns what the home's answers mean for its administrator. */
    HomeAlarms alarms() {
        return alarms;
    }

    /** Returns a random token that nobody can guess. */
    String token() {
        return transactions.token();
    }

    /**
     * Sends a request.
     *
     * @param wanted the server that a dialog's route set names, if any
     * @param affinity equal for requests that must not overtake each other
     * @param timeout from now to the final answer, for an INVITE to any answer
     */
    void send(OutgoingRequest request, Optional<HostPort> wanted, int affinity, Duration timeout, Listener listener) {
        reach(wanted, affinity, (flow, reason) -> {
            if (flow == null) {
                listener.failed(reason);
            } else {
                send(request, flow, timeout, new Attempt(request, wanted, affinity, timeout, listener));
            }
        });
    }

    private void reach(Optional<HostPort> wanted, int affinity, BiConsumer<SipFlow, Reason> outcome) {
        environment.way().reach(wanted, affinity, (flow, reason) -> environment
                .executor()
                .execute(() -> outcome.accept(flow, reason)));
    }

    private void send(OutgoingRequest request, SipFlow flow, Duration timeout, Listener listener) {
        String via = transactions.via(flow, Handover.BRANCH_MARK);
        Adapter adapter = new Adapter(listener);
        listener.sent(request.outline(via)
                .map(outline -> transactions.sendBrief(request.octets(flow, via), outline, flow, timeout, adapter))
                .orElseGet(() -> transactions.send(request.on(flow, via), flow, timeout, adapter)));
    }

    /** Sends the ACK of a 2xx, which nobody answers. */
    void acknowledge(OutgoingRequest ack, SipFlow flow) {
        transactions.sendStateless(ack.on(flow, transactions.via(flow, Handover.BRANCH_MARK)), flow);
    }

    /** Is told what becomes of a request: one final answer or one failure. */
    interface Listener {
        /** Does not mind. */
        Listener NOBODY = new Listener() {
            @Override
            public void answered(SIPResponse response, SipFlow flow) {}

            @Override
            public void failed(Reason reason) {}
        };

        /** Returns whether it may go out once more, or whoever waited has gone. */
        default boolean isWanted() {
            return true;
        }

        /** It is on its way. */
        default void sent(ClientTransaction transaction) {}

        /** An answer arrived; the last one if it is final. */
        void answered(SIPResponse response, SipFlow flow);

        /** No final answer will come. */
        void failed(Reason reason);
    }

    /**
     * The first try: a server that says 503 is left aside for as long as it wishes, and another one gets the request
     * (RFC 3261 section 21.5.4, interworking 6.3.3).
     */
    private final class Attempt implements Listener {
        private static final int UNAVAILABLE = 503;
        private static final Duration REST = Duration.ofSeconds(30);
        private static final Duration LONGEST_REST = Duration.ofMinutes(5);
        private final OutgoingRequest request;
        private final Optional<HostPort> wanted;
        private final int affinity;
        private final Instant deadline;
        private final Listener listener;

        Attempt(OutgoingRequest request, Optional<HostPort> wanted, int affinity, Duration timeout, Listener listener) {
            this.request = request;
            this.wanted = wanted;
            this.affinity = affinity;
            this.deadline = environment.clock().instant().plus(timeout);
            this.listener = listener;
        }

        @Override
        public void sent(ClientTransaction transaction) {
            listener.sent(transaction);
        }

        @Override
        public void answered(SIPResponse response, SipFlow flow) {
            alarms.answered(response);
            if (response.getStatusCode() != UNAVAILABLE) {
                listener.answered(response, flow);
                return;
            }
            Duration rest = Outcomes.retryAfter(response).orElse(REST);
            environment.way().avoid(flow, rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest);
            reach(wanted, affinity, (other, reason) -> {
                Duration left = Duration.between(environment.clock().instant(), deadline);
                boolean inTime = !left.isNegative() && !left.isZero();
                if (inTime && other != null && !other.remote().equals(flow.remote()) && listener.isWanted()) {
                    send(request, other, left, listener);
                } else {
                    listener.answered(response, flow);
                }
            });
        }

        @Override
        public void failed(Reason reason) {
            listener.failed(reason);
        }
    }

    private record Adapter(Listener listener) implements ClientTransaction.Listener {
        @Override
        public void response(ClientTransaction transaction, SIPResponse response) {
            listener.answered(response, transaction.flow());
        }

        @Override
        public void failed(ClientTransaction transaction, ClientTransaction.Failure failure) {
            listener.failed(failure == ClientTransaction.Failure.TIMED_OUT ? Reason.TIMED_OUT : Reason.CONNECTION_LOST);
        }
    }
}
