// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

/** What a proxied transaction does when something happens to it. */
enum TransactionAction {
    /** Nothing. */
    IGNORE,
    /** Look for a target. */
    ROUTE,
    /** Hand the provisional answer back. */
    FORWARD_PROVISIONAL,
    /** Hand the final answer back. */
    FORWARD_FINAL,
    /** Acknowledge the refusal to whoever sent it and hand it back. */
    ACK_AND_FORWARD_FINAL,
    /** Answer for the edge's own reason. */
    ANSWER,
    /** Answer that no answer came in time. */
    ANSWER_TIMED_OUT,
    /** Answer 487: the sender took it back. */
    ANSWER_CANCELLED,
    /** Send 100 once more. */
    REPEAT_TRYING,
    /** Send the final answer once more. */
    REPEAT_FINAL,
    /** Send CANCEL to the target. */
    SEND_CANCEL,
    /** Hand the request to the gateway, which answers it. */
    HAND_OVER
}
