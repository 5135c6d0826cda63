// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

/** What can happen to a proxied transaction. */
enum TransactionEvent {
    /** The request was handed to a connection. */
    SENT,
    /** 100 arrived. */
    TRYING,
    /** 101 to 199 arrived. */
    PROVISIONAL,
    /** 2xx arrived; for what is never answered: it left. */
    SUCCESS,
    /** 3xx to 6xx arrived, or had arrived from a target before and no other is left. */
    FAILURE,
    /** The target failed and the next one is to be tried. */
    RETRY,
    /** The edge itself refuses: policy, or no target is left. */
    REFUSED,
    /** The edge itself was asked and has answered. */
    ANSWERED,
    /** The request leaves SIP here. */
    HANDED_OVER,
    /** The sender takes the request back, or is gone. */
    CANCEL,
    /** The sender acknowledged a refusal. */
    ACK,
    /** The same request arrived once more. */
    REPEATED,
    /** The timer of the state ran out. */
    EXPIRED
}
