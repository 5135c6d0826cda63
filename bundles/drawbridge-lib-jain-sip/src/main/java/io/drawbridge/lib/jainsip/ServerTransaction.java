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
    private final SipText text;
    private final byte[] octets;
    private final SipFlow flow;
    private final boolean invite;
    private SIPRequest request;
    private State state = State.PROCEEDING;
    private byte[] last = new byte[0];
    private String tag = "";
    private Timers.Timer timer = Timers.Timer.NONE;

    ServerTransaction(TransactionLayer layer, TransactionKey key, SIPRequest request, SipFlow flow) {
        this(layer, key, SipParser.text(request), null, flow);
        this.request = request;
    }

    /** Begins with a request that is parsed only if somebody asks for more than its text. */
    ServerTransaction(TransactionLayer layer, TransactionKey key, SipText text, byte[] octets, SipFlow flow) {
        this.layer = layer;
        this.key = key;
        this.text = text;
        this.octets = octets;
        this.flow = flow;
        this.invite = key.method().equals(SIPRequest.INVITE);
    }

    /**
     * Returns the request; not to be changed.
     *
     * @throws UnreadableRequest if only its text is sound
     */
    public SIPRequest request() {
        if (request == null) {
            try {
                request = (SIPRequest) SipParser.parse(text, octets);
            } catch (MalformedMessage broken) {
                throw new UnreadableRequest(broken);
            }
        }
        return request;
    }

    /** Returns the text of the request. */
    public SipText text() {
        return text;
    }

    /** Returns the method of the request. */
    public String method() {
        return key.method();
    }

    TransactionKey key() {
        return key;
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
        SIPResponse response = request().createResponse(status);
        if (status > 100 && !request().hasToTag()) {
            response.setToTag(tag());
        }
        return response;
    }

    private String tag() {
        if (tag.isEmpty()) {
            tag = layer.token();
        }
        return tag;
    }

    /** Answers with a response of this element's own that needs nothing but its status. */
    public boolean respond(int status) {
        return request == null ? finish(status, SIPResponse.getReasonPhrase(status)) : respond(response(status));
    }

    /**
     * Answers with a final response of this element's own that takes no more than the request's lines.
     *
     * @param headers further header lines without line breaks
     * @return false if it came too late, as {@link #respond(SIPResponse)}
     */
    public boolean finish(int status, String reason, String... headers) {
        if (answered()) {
            return false;
        }
        last = text.answer(status, reason, hasToTag() ? "" : tag(), headers);
        layer.write(flow, last);
        completed(status);
        return true;
    }

    /** Returns whether the request is, or claims to be, one of a dialog. */
    public boolean hasToTag() {
        return request != null && request.hasToTag();
    }

    /** Answers with 503 without beginning. */
    void turnAway(String header) {
        int busy = SIPResponse.SERVICE_UNAVAILABLE;
        layer.write(flow, text.answer(busy, SIPResponse.getReasonPhrase(busy), hasToTag() ? "" : tag(), header));
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
