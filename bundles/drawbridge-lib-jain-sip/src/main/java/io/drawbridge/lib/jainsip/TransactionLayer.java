// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.lib.jainsip;

import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.sip.SipFlow;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * The transaction layer of RFC 3261 section 17 over {@link SipFlow}s. All flows are TLS or in-process, so nothing is
 * ever lost or repeated on the way and the timers A, D, E, G, I, J and K are zero; what is left is matching, the
 * time-outs, and that a lost flow ends at once what depended on it.
 *
 * <p>Not thread-safe: one thread calls everything and runs the timers.
 */
public final class TransactionLayer {
    /** 64 times T1: how long a peer may take for what is not up to a person. */
    public static final Duration TIMEOUT = Duration.ofSeconds(32);

    private static final int TOKEN_OCTETS = 12;
    private final SecureRandom random = new SecureRandom();
    private final Map<TransactionKey, ServerTransaction> servers = new HashMap<>();
    private final Map<TransactionKey, ClientTransaction> clients = new HashMap<>();
    private final Timers timers;
    private final TransactionUser user;
    private final IntSupplier limit;
    private final Runnable refused;

    /**
     * Starts with no transaction.
     *
     * @param limit the most transactions at a time; what goes beyond is answered with 503
     * @param refused told of each request that went beyond
     */
    public TransactionLayer(Timers timers, TransactionUser user, IntSupplier limit, Runnable refused) {
        this.timers = timers;
        this.user = user;
        this.limit = limit;
        this.refused = refused;
    }

    /** Returns how many transactions there are. */
    public int size() {
        return servers.size() + clients.size();
    }

    /**
     * Takes a message that arrived.
     *
     * @throws MalformedMessage if it breaks a rule; nothing has become of it then
     */
    public void received(SipFlow flow, byte[] octets) throws MalformedMessage {
        SipText text = SipParser.read(octets);
        Optional<Brief> brief = Brief.of(text, flow);
        ClientTransaction asked = brief.map(Brief::key)
                .map(clients::get)
                .filter(ClientTransaction::isBrief)
                .orElse(null);
        if (asked != null) {
            asked.received(SipParser.brief(text));
        } else if (brief.isPresent() && !text.startLine().startsWith("SIP/") && flow.kind() != SipFlow.Kind.CLIENT) {
            requested(new ServerTransaction(this, brief.get().key(), text, octets, flow));
        } else {
            received(flow, SipParser.parse(text, octets));
        }
    }

    /** Takes a message that arrived and was parsed. */
    public void received(SipFlow flow, SIPMessage message) {
        if (message instanceof SIPResponse response) {
            ClientTransaction transaction = clients.get(TransactionKey.of(response, flow));
            if (transaction != null) {
                transaction.received(response);
            } else if (!response.getCSeq().getMethod().equals(SIPRequest.CANCEL)) {
                user.stray(response, flow);
            }
            return;
        }
        SIPRequest request = (SIPRequest) message;
        switch (request.getMethod()) {
            case SIPRequest.ACK -> acknowledged(flow, request);
            case SIPRequest.CANCEL -> cancelled(flow, request);
            default -> requested(flow, request);
        }
    }

    /** Ends everything that depended on a flow that is gone. */
    public void closed(SipFlow flow) {
        for (ClientTransaction transaction : List.copyOf(clients.values())) {
            if (transaction.flow().id().equals(flow.id())) {
                transaction.fail(ClientTransaction.Failure.FLOW_LOST);
            }
        }
        for (ServerTransaction transaction : List.copyOf(servers.values())) {
            if (transaction.flow().id().equals(flow.id())) {
                boolean waiting = !transaction.answered();
                transaction.terminate();
                if (waiting) {
                    user.abandoned(transaction);
                }
            }
        }
    }

    /** Answers every open request with 503, so that nobody waits for an element that stops. */
    public void stop() {
        for (ServerTransaction transaction : List.copyOf(servers.values())) {
            transaction.respond(SIPResponse.SERVICE_UNAVAILABLE);
        }
    }

    /**
     * Sends a request that carries a Via made by {@link #via}.
     *
     * @param timeout how long to wait for a final response, for an INVITE for any response
     */
    public ClientTransaction send(
            SIPRequest request, SipFlow flow, Duration timeout, ClientTransaction.Listener listener) {
        return send(new ClientTransaction(this, request, flow, timeout, listener), SipParser.wire(request));
    }

    /**
     * Sends a MESSAGE outside of dialogs; of its response, the listener gets the status line and the text only.
     *
     * @param outline what the request says of itself
     * @param timeout how long to wait for a final response
     */
    public ClientTransaction sendBrief(
            byte[] request, Outline outline, SipFlow flow, Duration timeout, ClientTransaction.Listener listener) {
        return send(new ClientTransaction(this, outline.key(flow), flow, timeout, listener), request);
    }

    private ClientTransaction send(ClientTransaction transaction, byte[] octets) {
        clients.put(transaction.key(), transaction);
        if (!write(transaction.flow(), octets)) {
            // Told later, so that nobody hears of a failure before he holds the transaction.
            timers.after(Duration.ZERO, () -> transaction.fail(ClientTransaction.Failure.FLOW_LOST));
        }
        return transaction;
    }

    /** Sends a message that needs no transaction: the ACK of a 2xx, or a response nobody waits for here. */
    public void sendStateless(SIPMessage message, SipFlow flow) {
        write(flow, SipParser.wire(message));
    }

    /**
     * Makes the Via of a request that leaves on {@code flow}.
     *
     * @param suffix put behind the unique part of the branch, empty for nothing
     */
    public String via(SipFlow flow, String suffix) {
        HostPort local = flow.local();
        return "SIP/2.0/TLS " + local + ";branch=z9hG4bK" + token() + (suffix.isEmpty() ? "" : "." + suffix);
    }

    /** Returns a random token that nobody can guess. */
    public String token() {
        byte[] octets = new byte[TOKEN_OCTETS];
        random.nextBytes(octets);
        return HexFormat.of().formatHex(octets);
    }

    Timers timers() {
        return timers;
    }

    boolean write(SipFlow flow, byte[] message) {
        boolean sent = flow.send(message);
        if (!sent) {
            // Whoever does not read is treated as gone; otherwise an answer would be missing without anybody's knowing.
            flow.close();
        }
        return sent;
    }

    void forget(TransactionKey key, ServerTransaction transaction) {
        servers.remove(key, transaction);
    }

    void forget(ClientTransaction transaction) {
        clients.remove(transaction.key(), transaction);
    }

    private void requested(SipFlow flow, SIPRequest request) {
        stamp(flow, request);
        requested(new ServerTransaction(this, TransactionKey.of(request, flow), request, flow));
    }

    private void requested(ServerTransaction transaction) {
        ServerTransaction known = servers.get(transaction.key());
        if (known != null) {
            known.repeated();
            return;
        }
        if (size() >= limit.getAsInt()) {
            refused.run();
            transaction.turnAway("Retry-After: 10");
            return;
        }
        servers.put(transaction.key(), transaction);
        if (transaction.isInvite()) {
            transaction.respond(SIPResponse.TRYING);
        }
        user.request(transaction);
    }

    private void acknowledged(SipFlow flow, SIPRequest ack) {
        ServerTransaction invite = servers.get(TransactionKey.ofInvite(ack, flow));
        if (invite == null || !invite.acknowledged()) {
            user.acknowledged(ack, flow);
        }
    }

    private void cancelled(SipFlow flow, SIPRequest cancel) {
        ServerTransaction invite = servers.get(TransactionKey.ofInvite(cancel, flow));
        stamp(flow, cancel);
        int status = invite == null ? SIPResponse.CALL_OR_TRANSACTION_DOES_NOT_EXIST : SIPResponse.OK;
        SIPResponse response = cancel.createResponse(status);
        if (!cancel.hasToTag()) {
            response.setToTag(token());
        }
        write(flow, SipParser.wire(response));
        if (invite != null && !invite.answered()) {
            user.cancelled(invite);
        }
    }

    /** RFC 3261 section 18.2.1 and RFC 3581: where a request really came from. */
    private static void stamp(SipFlow flow, SIPRequest request) {
        if (flow.kind() != SipFlow.Kind.CLIENT) {
            return;
        }
        Via via = request.getTopmostVia();
        try {
            via.setReceived(flow.remote().host());
            if (via.hasParameter(Via.RPORT)) {
                via.setParameter(Via.RPORT, Integer.toString(flow.remote().port()));
            }
        } catch (ParseException impossible) {
            throw new IllegalStateException(impossible);
        }
        SipParser.text(request).replaceFirstValue("Via", via.getHeaderValue());
    }
}
