// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.drawbridge.api.policy.Reason;
import io.drawbridge.sip.internal.codec.HeaderName;
import io.drawbridge.sip.internal.trust.Refusal;
import java.util.Optional;

/**
 * A refusal of the edge's own: what to answer and why.
 *
 * @param reason why, for records and diagnostics
 * @param answer the answer
 * @param header a header field the answer must carry, such as {@code Unsupported}
 * @param value its value
 */
record Rejection(Reason reason, Refusal answer, Optional<HeaderName> header, String value) {
    static Rejection of(Reason reason) {
        return new Rejection(reason, Refusal.of(reason), Optional.empty(), "");
    }

    /** The request timed out: 408 is for INVITE only (RFC 4320 section 4.2). */
    static Rejection timedOut(boolean invite) {
        return invite
                ? new Rejection(Reason.TIMED_OUT, Refusal.ofUnansweredInvite(), Optional.empty(), "")
                : of(Reason.TIMED_OUT);
    }

    /** Returns how a verdict is answered. A client that was refused who is writing would end the session (interworking 3.6). */
    static Rejection ofVerdict(Reason reason) {
        return reason == Reason.SIGNAL_UNKNOWN_THERE
                ? new Rejection(reason, new Refusal(200, "OK", 0, true, 0), Optional.empty(), "")
                : of(reason);
    }

    static Rejection with(Reason reason, int status, String phrase) {
        Refusal row = Refusal.of(reason);
        Refusal answer = new Refusal(status, phrase, row.diagnostics(), row.published(), row.retryAfter());
        return new Rejection(reason, answer, Optional.empty(), "");
    }

    Rejection with(HeaderName name, String text) {
        return new Rejection(reason, answer, Optional.of(name), text);
    }
}
