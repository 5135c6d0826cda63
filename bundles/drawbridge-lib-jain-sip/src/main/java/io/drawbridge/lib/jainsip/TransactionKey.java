// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.lib.jainsip;

import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPMessage;
import io.drawbridge.api.sip.SipFlow;
import java.util.Locale;

/**
 * What tells transactions apart (RFC 3261 section 17.2.3). The flow is part of it: nobody cancels, acknowledges or
 * answers from one connection what belongs to another.
 *
 * @param flow the flow's identifier
 * @param branch of the topmost Via, with its sent-by
 * @param method INVITE also for its ACK and CANCEL
 * @param sequence Call-ID and sequence number, which keeps old branches without the magic cookie apart
 */
record TransactionKey(String flow, String branch, String method, String sequence) {
    static TransactionKey of(SIPMessage message, SipFlow flow) {
        return of(message, flow, message.getCSeq().getMethod());
    }

    /** The key of the INVITE that an ACK or CANCEL speaks of. */
    static TransactionKey ofInvite(SIPMessage message, SipFlow flow) {
        return of(message, flow, "INVITE");
    }

    private static TransactionKey of(SIPMessage message, SipFlow flow, String method) {
        Via via = message.getTopmostVia();
        String branch = via.getBranch() + "@" + via.getSentBy();
        return new TransactionKey(
                flow.id(),
                branch.toLowerCase(Locale.ROOT),
                method,
                message.getCallId().getCallId() + " " + message.getCSeq().getSeqNumber());
    }
}
