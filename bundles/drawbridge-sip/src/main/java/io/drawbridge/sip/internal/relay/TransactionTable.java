// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import static io.drawbridge.sip.internal.relay.TransactionAction.ACK_AND_FORWARD_FINAL;
import static io.drawbridge.sip.internal.relay.TransactionAction.ANSWER;
import static io.drawbridge.sip.internal.relay.TransactionAction.ANSWER_CANCELLED;
import static io.drawbridge.sip.internal.relay.TransactionAction.ANSWER_TIMED_OUT;
import static io.drawbridge.sip.internal.relay.TransactionAction.FORWARD_FINAL;
import static io.drawbridge.sip.internal.relay.TransactionAction.FORWARD_PROVISIONAL;
import static io.drawbridge.sip.internal.relay.TransactionAction.HAND_OVER;
import static io.drawbridge.sip.internal.relay.TransactionAction.IGNORE;
import static io.drawbridge.sip.internal.relay.TransactionAction.REPEAT_FINAL;
import static io.drawbridge.sip.internal.relay.TransactionAction.REPEAT_TRYING;
import static io.drawbridge.sip.internal.relay.TransactionAction.ROUTE;
import static io.drawbridge.sip.internal.relay.TransactionAction.SEND_CANCEL;
import static io.drawbridge.sip.internal.relay.TransactionEvent.ACK;
import static io.drawbridge.sip.internal.relay.TransactionEvent.ANSWERED;
import static io.drawbridge.sip.internal.relay.TransactionEvent.CANCEL;
import static io.drawbridge.sip.internal.relay.TransactionEvent.EXPIRED;
import static io.drawbridge.sip.internal.relay.TransactionEvent.FAILURE;
import static io.drawbridge.sip.internal.relay.TransactionEvent.HANDED_OVER;
import static io.drawbridge.sip.internal.relay.TransactionEvent.PROVISIONAL;
import static io.drawbridge.sip.internal.relay.TransactionEvent.REFUSED;
import static io.drawbridge.sip.internal.relay.TransactionEvent.REPEATED;
import static io.drawbridge.sip.internal.relay.TransactionEvent.RETRY;
import static io.drawbridge.sip.internal.relay.TransactionEvent.SENT;
import static io.drawbridge.sip.internal.relay.TransactionEvent.SUCCESS;
import static io.drawbridge.sip.internal.relay.TransactionEvent.TRYING;
import static io.drawbridge.sip.internal.relay.TransactionState.ACCEPTED;
import static io.drawbridge.sip.internal.relay.TransactionState.CALLING;
import static io.drawbridge.sip.internal.relay.TransactionState.CANCELLED;
import static io.drawbridge.sip.internal.relay.TransactionState.CANCELLING;
import static io.drawbridge.sip.internal.relay.TransactionState.COMPLETED;
import static io.drawbridge.sip.internal.relay.TransactionState.PROCEEDING;
import static io.drawbridge.sip.internal.relay.TransactionState.ROUTING;
import static io.drawbridge.sip.internal.relay.TransactionState.TERMINATED;

import java.util.EnumMap;
import java.util.Map;

/** State × event of a proxied transaction. What no line names changes nothing. */
final class TransactionTable {
    /** For INVITE. */
    static final TransactionTable INVITE = new TransactionTable()
            .in(ROUTING)
            .on(SENT, CALLING, IGNORE)
            .on(HANDED_OVER, TERMINATED, HAND_OVER)
            .on(RETRY, ROUTING, ROUTE)
            .on(FAILURE, COMPLETED, FORWARD_FINAL)
            .on(REFUSED, COMPLETED, ANSWER)
            .on(CANCEL, COMPLETED, ANSWER_CANCELLED)
            .on(REPEATED, ROUTING, REPEAT_TRYING)
            .on(EXPIRED, COMPLETED, ANSWER_TIMED_OUT)
            .in(CALLING)
            .on(TRYING, PROCEEDING, IGNORE)
            .on(PROVISIONAL, PROCEEDING, FORWARD_PROVISIONAL)
            .on(SUCCESS, ACCEPTED, FORWARD_FINAL)
            .on(FAILURE, COMPLETED, ACK_AND_FORWARD_FINAL)
            .on(RETRY, ROUTING, ROUTE)
            .on(REFUSED, COMPLETED, ANSWER)
            .on(CANCEL, CANCELLING, IGNORE)
            .on(REPEATED, CALLING, REPEAT_TRYING)
            .on(EXPIRED, COMPLETED, ANSWER_TIMED_OUT)
            .in(PROCEEDING)
            .on(PROVISIONAL, PROCEEDING, FORWARD_PROVISIONAL)
            .on(SUCCESS, ACCEPTED, FORWARD_FINAL)
            .on(FAILURE, COMPLETED, ACK_AND_FORWARD_FINAL)
            .on(RETRY, ROUTING, ROUTE)
            .on(REFUSED, COMPLETED, ANSWER)
            .on(CANCEL, CANCELLED, SEND_CANCEL)
            .on(REPEATED, PROCEEDING, REPEAT_TRYING)
            .on(EXPIRED, CANCELLED, SEND_CANCEL)
            .in(CANCELLING)
            .on(TRYING, CANCELLED, SEND_CANCEL)
            .on(PROVISIONAL, CANCELLED, SEND_CANCEL)
            .on(SUCCESS, ACCEPTED, FORWARD_FINAL)
            .on(FAILURE, COMPLETED, ACK_AND_FORWARD_FINAL)
            .on(RETRY, COMPLETED, ANSWER_CANCELLED)
            .on(REFUSED, COMPLETED, ANSWER_CANCELLED)
            .on(REPEATED, CANCELLING, REPEAT_TRYING)
            .on(EXPIRED, COMPLETED, ANSWER_CANCELLED)
            .in(CANCELLED)
            .on(SUCCESS, ACCEPTED, FORWARD_FINAL)
            .on(FAILURE, COMPLETED, ACK_AND_FORWARD_FINAL)
            .on(RETRY, COMPLETED, ANSWER)
            .on(REFUSED, COMPLETED, ANSWER)
            .on(REPEATED, CANCELLED, REPEAT_TRYING)
            .on(EXPIRED, COMPLETED, ANSWER_TIMED_OUT)
            .in(COMPLETED)
            .on(ACK, TERMINATED, IGNORE)
            .on(REPEATED, COMPLETED, REPEAT_FINAL)
            .on(EXPIRED, TERMINATED, IGNORE)
            .in(ACCEPTED)
            .on(SUCCESS, ACCEPTED, FORWARD_FINAL)
            .on(EXPIRED, TERMINATED, IGNORE);

    /**
     * For every other request that is answered. A provisional answer to one is not handed back, it would only be noise
     * (RFC 4320 section 4.1).
     */
    static final TransactionTable NON_INVITE = new TransactionTable()
            .in(ROUTING)
            .on(SENT, CALLING, IGNORE)
            .on(HANDED_OVER, TERMINATED, HAND_OVER)
            .on(ANSWERED, TERMINATED, IGNORE)
            .on(RETRY, ROUTING, ROUTE)
            .on(FAILURE, TERMINATED, FORWARD_FINAL)
            .on(REFUSED, TERMINATED, ANSWER)
            .on(EXPIRED, TERMINATED, ANSWER_TIMED_OUT)
            .in(CALLING)
            .on(SUCCESS, TERMINATED, FORWARD_FINAL)
            .on(FAILURE, TERMINATED, FORWARD_FINAL)
            .on(RETRY, ROUTING, ROUTE)
            .on(REFUSED, TERMINATED, ANSWER)
            .on(EXPIRED, TERMINATED, ANSWER_TIMED_OUT);

    /**
     * For what is never answered: the ACK of a 2xx, which follows the route set (RFC 3261 section 16.6), and BENOTIFY
     * (interworking 3.8). It is over when it left, and failing is only recorded.
     */
    static final TransactionTable UNANSWERED = new TransactionTable()
            .in(ROUTING)
            .on(SENT, CALLING, IGNORE)
            .on(HANDED_OVER, TERMINATED, HAND_OVER)
            .on(RETRY, ROUTING, ROUTE)
            .on(REFUSED, TERMINATED, IGNORE)
            .on(EXPIRED, TERMINATED, IGNORE)
            .in(CALLING)
            .on(SUCCESS, TERMINATED, IGNORE)
            .on(RETRY, ROUTING, ROUTE)
            .on(REFUSED, TERMINATED, IGNORE)
            .on(EXPIRED, TERMINATED, IGNORE);

    private final Map<TransactionState, Map<TransactionEvent, Transition>> rows = new EnumMap<>(TransactionState.class);
    private TransactionState row;

    private TransactionTable() {
        for (TransactionState state : TransactionState.values()) {
            rows.put(state, new EnumMap<>(TransactionEvent.class));
            in(state);
            for (TransactionEvent event : TransactionEvent.values()) {
                on(event, state, IGNORE);
            }
        }
    }

    Transition transition(TransactionState state, TransactionEvent event) {
        return rows.get(state).get(event);
    }

    private TransactionTable in(TransactionState state) {
        row = state;
        return this;
    }

    private TransactionTable on(TransactionEvent event, TransactionState next, TransactionAction action) {
        rows.get(row).put(event, new Transition(next, action));
        return this;
    }

    /** Where an event leads and what is done on the way. */
    record Transition(TransactionState next, TransactionAction action) {}
}
