// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.lib.jainsip;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.drawbridge.api.sip.SipFlow;

/** What stands above the transactions (RFC 3261 section 5): it decides what a request means. Called on their thread. */
public interface TransactionUser {
    /** A new request other than ACK and CANCEL. It is answered through the transaction, once, now or later. */
    void request(ServerTransaction transaction);

    /** The sender took an INVITE back that has no final response yet; the CANCEL itself is answered already. */
    void cancelled(ServerTransaction invite);

    /** The sender's flow is gone before its request had a final response: nobody is left to tell. */
    void abandoned(ServerTransaction transaction);

    /** An ACK that belongs to a 2xx: it is a request of its own, and nothing answers it. */
    void acknowledged(SIPRequest ack, SipFlow flow);

    /** A response that fits no transaction (RFC 3261 section 16.7 step 1). */
    void stray(SIPResponse response, SipFlow flow);
}
