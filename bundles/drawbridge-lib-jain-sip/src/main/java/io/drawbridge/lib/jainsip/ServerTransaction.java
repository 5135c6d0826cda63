// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.lib.jainsip;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.drawbridge.api.sip.SipFlow;

/**
 * A request that somebody sent us, until it is answered (RFC 3261 section 17.2 and RFC 6026, for transports that lose
 * nothing). Owned by one thread.
 */
public final class ServerTransaction {
    private final TransactionLayer layer;
    private final TransactionKey key;
    private final SIPRequest request;
    private final SipFlow flow;
    private final boolean invite;
    private State state = State.PROCEEDING;
    private byte[] last = new byte[0];
    private String tag = "";
    private Timers.Timer timer = Timers.Timer.NONE;

    ServerTransaction(TransactionLayer layer, TransactionKey key, SIPRequest request, SipFlow flow) {
        this.layer = layer;
        this.key = key;
        this.request = request;
        this.flow = flow;
        this.invite = request.getMethod().equals(SIPRequest.INVITE);
    }

    /** Returns the request; not to be changed. */
    public SIPRequest request() {
        return request;
    }

    /** Returns where it came from. */
    public SipFlow flow() {
        return flow;
    }

    /** Returns whether it is an INVITE, the one method that may take as long as people do. */
    public boolean isInvite() {
        return invite;
    }

    /** Returns whether a final response was given, or nobody waits for one any more. */
    public boolean answered() {
        return state != State.PROCEEDING;
    }

    /** Makes a response of this element's own; every one of a transaction carries the same tag. */
    public SIPResponse response(int status) {
        SIPResponse response = request.createResponse(status);
        if (status > 100 && !request.hasToTag()) {
            if (tag.isEmpty()) {
                tag = layer.token();
            }
            response.setToTag(tag);
        }
        return response;
    }

    /** Answers with a response of this element's own that needs nothing but its status. */
    public boolean respond(int status) {
        return respond(response(status));
    }

    /** Answers with a response of this element's own and a reason phrase, which holds no line break. */
    public boolean respond(int status, String reason) {
        SIPResponse response = response(status);
        response.setReasonPhrase(reason);
        return respond(response);
    }

    /**
     * Sends a response to the sender.
     *
     * @return false if it came too late: a final response was given already; nothing was sent then
     */
    public boolean respond(SIPResponse response) {
        int status = response.getStatusCode();
        boolean late = state == State.ACCEPTED ? status / 100 != 2 : answered();
        if (late) {
            return false;
        }
        last = SipParser.wire(response);
        layer.write(flow, last);
        if (status >= 200) {
            completed(status);
        }
        return true;
    }

    void repeated() {
        if (last.length > 0) {
            layer.write(flow, last);
        }
    }

    /** An ACK arrived that matches. */
    boolean acknowledged() {
        boolean forRefusal = state == State.COMPLETED;
        if (forRefusal) {
            terminate();
        }
        return forRefusal;
    }

    void terminate() {
        state = State.TERMINATED;
        timer.cancel();
        layer.forget(key, this);
    }

    private void completed(int status) {
        if (!invite) {
            terminate(); // Timer J is zero here
            return;
        }
        if (state == State.PROCEEDING) {
            state = status < 300 ? State.ACCEPTED : State.COMPLETED;
            timer = layer.timers().after(TransactionLayer.TIMEOUT, this::terminate); // Timers L and H
        }
    }

    private enum State {
        PROCEEDING,
        ACCEPTED,
        COMPLETED,
        TERMINATED
    }
}
