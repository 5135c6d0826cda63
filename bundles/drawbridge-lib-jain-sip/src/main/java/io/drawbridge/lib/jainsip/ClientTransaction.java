// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.lib.jainsip;

import gov.nist.javax.sip.header.To;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.drawbridge.api.sip.SipFlow;
import java.text.ParseException;
import java.time.Duration;
import java.util.Optional;
import javax.sip.SipException;

/**
 * A request that we sent, until it is answered (RFC 3261 section 17.1 and RFC 6026, for transports that lose nothing).
 * Ends in exactly one final response or one failure; an INVITE may bring further 2xx. Owned by one thread.
 */
public final class ClientTransaction {
    private final TransactionLayer layer;
    private final TransactionKey key;
    private final SIPRequest request;
    private final SipFlow flow;
    private final Listener listener;
    private final boolean invite;
    private State state = State.CALLING;
    private boolean cancelWanted;
    private Timers.Timer timer;

    ClientTransaction(TransactionLayer layer, SIPRequest request, SipFlow flow, Duration timeout, Listener listener) {
        this(layer, TransactionKey.of(request, flow), Optional.of(request), flow, timeout, listener);
    }

    /** Begins one of which nobody needs the request any more. */
    ClientTransaction(TransactionLayer layer, TransactionKey key, SipFlow flow, Duration timeout, Listener listener) {
        this(layer, key, Optional.empty(), flow, timeout, listener);
    }

    private ClientTransaction(
            TransactionLayer layer,
            TransactionKey key,
            Optional<SIPRequest> request,
            SipFlow flow,
            Duration timeout,
            Listener listener) {
        this.layer = layer;
        this.key = key;
        this.request = request.orElse(null);
        this.flow = flow;
        this.listener = listener;
        this.invite = key.method().equals(SIPRequest.INVITE);
        this.timer = layer.timers().after(timeout, () -> fail(Failure.TIMED_OUT)); // Timers B and F
    }

    /**
     * Returns the request as it was sent.
     *
     * @throws IllegalStateException if it was sent by {@link TransactionLayer#sendBrief}
     */
    public SIPRequest request() {
        if (isBrief()) {
            throw new IllegalStateException("the request was not kept");
        }
        return request;
    }

    boolean isBrief() {
        return request == null;
    }

    /** Returns where it was sent. */
    public SipFlow flow() {
        return flow;
    }

    /**
     * Takes an INVITE back (RFC 3261 section 9.1): at once if it was answered provisionally, else as soon as it is.
     * What comes of it is told as for any other request.
     */
    public void cancel() {
        if (!invite || cancelWanted || (state != State.CALLING && state != State.PROCEEDING)) {
            return;
        }
        cancelWanted = true;
        if (state == State.PROCEEDING) {
            sendCancel();
        }
    }

    TransactionKey key() {
        return key;
    }

    void received(SIPResponse response) {
        int status = response.getStatusCode();
        switch (state) {
            case CALLING, PROCEEDING -> {
                if (status < 200) {
                    provisional();
                } else {
                    last(response);
                }
                listener.response(this, response);
            }
            case ACCEPTED -> {
                if (status / 100 == 2) {
                    listener.response(this, response);
                }
            }
            case TERMINATED -> {}
        }
    }

    void fail(Failure failure) {
        if (state == State.CALLING || state == State.PROCEEDING) {
            terminate();
            listener.failed(this, failure);
        } else {
            terminate();
        }
    }

    private void provisional() {
        boolean first = state == State.CALLING;
        state = State.PROCEEDING;
        if (invite && first) {
            timer.cancel(); // from here on Timer C, which is the proxy's
            if (cancelWanted) {
                sendCancel();
            }
        }
    }

    private void last(SIPResponse response) {
        timer.cancel();
        if (!invite) {
            terminate(); // Timer K is zero here
        } else if (response.getStatusCode() < 300) {
            state = State.ACCEPTED;
            timer = layer.timers().after(TransactionLayer.TIMEOUT, this::terminate); // Timer M
        } else {
            acknowledge(response);
            terminate(); // Timer D is zero here
        }
    }

    private void acknowledge(SIPResponse response) {
        try {
            layer.write(flow, SipParser.wire(request.createErrorAck((To) response.getTo())));
        } catch (SipException | ParseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void sendCancel() {
        try {
            layer.write(flow, SipParser.wire(request.createCancelRequest()));
        } catch (SipException impossible) {
            throw new IllegalStateException(impossible);
        }
        timer = layer.timers().after(TransactionLayer.TIMEOUT, () -> fail(Failure.TIMED_OUT));
    }

    private void terminate() {
        state = State.TERMINATED;
        timer.cancel();
        layer.forget(this);
    }

    /** Why a request has no final response. */
    public enum Failure {
        /** The other side said nothing in time. */
        TIMED_OUT,
        /** The way to the other side is gone. */
        FLOW_LOST
    }

    /** Is told what becomes of a request. Called on the transactions' thread. */
    public interface Listener {
        /** A response arrived; the last one if it is final, except for further 2xx of an INVITE. */
        void response(ClientTransaction transaction, SIPResponse response);

        /** No final response will arrive. */
        void failed(ClientTransaction transaction, Failure failure);
    }

    private enum State {
        CALLING,
        PROCEEDING,
        ACCEPTED,
        TERMINATED
    }
}
