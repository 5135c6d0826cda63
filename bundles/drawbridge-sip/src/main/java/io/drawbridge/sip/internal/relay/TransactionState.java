// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.drawbridge.sip.internal.relay.Deadlines.Timer;
import java.util.Optional;

/**
 * Where a proxied transaction stands: RFC 3261 sections 16 and 17 with RFC 6026, for reliable transports and one target
 * at a time. Server and client transaction of such a proxy move in step, so one state says both. The states that exist
 * to absorb retransmissions (timers D, I, J, K) last zero seconds here and are left out.
 */
enum TransactionState {
    /** Not yet sent on: being decided, looked up, or waiting for a connection. */
    ROUTING(true),
    /** Sent on, no answer yet; for what is not an INVITE, until the final answer ("Trying" of RFC 3261 figure 6). */
    CALLING(true),
    /** An INVITE got a provisional answer. */
    PROCEEDING(true),
    /** To be cancelled as soon as a provisional answer shows that the INVITE arrived (RFC 3261 section 9.1). */
    CANCELLING(true),
    /** The CANCEL is sent; the INVITE's final answer is awaited. */
    CANCELLED(true),
    /** A refusal of an INVITE was handed back; its ACK is awaited. */
    COMPLETED(false),
    /** A 2xx to an INVITE was handed back; repetitions of it pass (RFC 6026). */
    ACCEPTED(false),
    /** Over. */
    TERMINATED(false);

    private final boolean unanswered;

    TransactionState(boolean unanswered) {
        this.unanswered = unanswered;
    }

    /** Returns whether the sender still waits for the final answer. */
    boolean unanswered() {
        return unanswered;
    }

    /** Returns the timer that limits the stay in this state; empty for the last. */
    Optional<Timer> timer(boolean invite) {
        return Optional.ofNullable(
                switch (this) {
                    case ROUTING, CALLING -> invite ? Timer.B : Timer.F;
                    case PROCEEDING -> Timer.C;
                    case CANCELLING, CANCELLED, COMPLETED, ACCEPTED -> Timer.H;
                    case TERMINATED -> null;
                });
    }
}
