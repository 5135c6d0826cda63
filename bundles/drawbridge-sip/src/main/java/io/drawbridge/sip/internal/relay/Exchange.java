// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.sip.internal.codec.Octets;
import io.drawbridge.sip.internal.codec.SipMethod;
import io.drawbridge.sip.internal.codec.SipRequest;
import io.drawbridge.sip.internal.codec.SipResponse;
import io.drawbridge.sip.internal.codec.SipSyntaxException;
import io.drawbridge.sip.internal.relay.Deadlines.Timer;
import io.drawbridge.sip.internal.relay.RelayCounters.Count;
import io.drawbridge.sip.internal.relay.TransactionTable.Transition;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request on its way through the edge and back: the response context of RFC 3261 section 16 for one target at a
 * time. The edge never forks, so there are no challenges to merge and no branches to weigh against each other. Belongs
 * to the loop of the connection the request came in on.
 *
 * <p><b>Exactly one final answer.</b> Every request that is answered at all gets one: the target's, or the edge's own
 * when policy refuses, no target is left, or the time is over. A proxy may not answer a request other than INVITE with
 * 408, since that would come when the sender has given up (RFC 4320 section 4.2). This edge answers 504 instead, and
 * two seconds early (timer F of 30 instead of 32 seconds), so that the sender learns the reason while it still listens.
 * A 408 from behind is turned into 504 for the same reason, rather than swallowed.
 *
 * <p><b>Never twice.</b> A request is sent to another server only if the first one cannot have acted on it: no
 * connection came about, the connection died before the request was written, or the server answered 503. A request
 * that was written and not answered may have been delivered. It is sent again only if a second copy does no harm: by
 * its nature, or, for an INVITE without any answer yet, because the callee recognises merged requests (RFC 3261 section
 * 8.2.2.2). Otherwise, as for MESSAGE, the sender is told 504 and decides.
 *
 * <p>A destination that takes no data is answered for with 504 rather than 503, which would make the sender's server
 * leave the whole edge aside (interworking 1.13).
 */
final class Exchange extends Deadlines.Entry implements Asker {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    private static final int MOST_ATTEMPTS = 3;

    private final Relay relay;
    private final Hop source;
    private final SipRequest request;
    private final TransactionTable table;
    private final String key;
    private final Course course;
    private final long began;
    private final long arrivedMillis;
    private TransactionState state = TransactionState.ROUTING;
    private Timer timer;
    private boolean concluded;

    private Hop target;
    private long branch;
    private String branchText;
    private volatile boolean written;
    private HostPort failedAt;
    private SipResponse response;
    private Hop answerer;
    private Rejection rejection;
    private Optional<Octets> cancelReason = Optional.empty();
    private ByteBuf repeatable;
    private String tag;

    Exchange(Relay relay, Hop source, SipRequest request, String key) {
        this.relay = relay;
        this.source = source;
        this.request = request;
        this.key = key;
        this.table = table(request.method());
        this.course = new Course(relay, this);
        this.began = source.loop.executor.ticker().nanoTime();
        this.arrivedMillis = relay.clock().millis();
    }

    private static TransactionTable table(SipMethod method) {
        if (!method.isAnswered()) {
            return TransactionTable.UNANSWERED;
        }
        return method == SipMethod.INVITE ? TransactionTable.INVITE : TransactionTable.NON_INVITE;
    }

    /** Takes the request from its arrival to its first target, as far as that goes without waiting. */
    void begin() {
        setTimer(TransactionEvent.SENT);
        try {
            if (isInvite()) {
                reply(Answers.trying(request, source));
            }
            course.begin();
        } catch (SipSyntaxException malformed) {
            refuse(Rejection.of(Reason.MALFORMED));
        } catch (RuntimeException bug) {
            failed(bug);
        }
    }

    boolean isRouting() {
        return state == TransactionState.ROUTING;
    }

    /** The edge itself was asked. */
    void answerCapabilities() {
        rejection = null;
        reply(Answers.capabilities(request, source, tag()));
        fire(TransactionEvent.ANSWERED);
    }

    /** The request leaves SIP here. */
    void handOver() {
        fire(TransactionEvent.HANDED_OVER);
    }

    /** A target was found, or none is left. */
    void reached(Hop hop, Reason reason) {
        boolean refusedBefore = response != null && !response.isProvisional();
        if (refusedBefore && (hop == null || hop.remote().equals(failedAt))) {
            fire(TransactionEvent.FAILURE);
        } else if (hop == null) {
            refuse(Rejection.of(reason));
        } else if (!hop.isWritable()) {
            refuse(Rejection.of(Reason.UNREACHABLE));
        } else {
            send(hop);
        }
    }

    private void send(Hop hop) {
        branch = source.loop.nextId();
        branchText = Branch.of(branch, course.hash());
        target = hop;
        written = false;
        try {
            ByteBuf copy = Forwarding.request(this, hop, branchText);
            fire(TransactionEvent.SENT);
            if (request.method().isAnswered()) {
                hop.ask(this, branch, copy);
            } else {
                hop.tell(this, copy);
            }
        } catch (SipSyntaxException malformed) {
            refuse(Rejection.of(Reason.MALFORMED));
        }
    }

    @Override
    public void written(boolean success) {
        written = success;
        if (!request.method().isAnswered()) {
            source.loop.run(() -> {
                rejection = success ? null : Rejection.of(Reason.CONNECTION_LOST);
                fire(success ? TransactionEvent.SUCCESS : TransactionEvent.REFUSED);
            });
        }
    }

    @Override
    public void answered(Hop hop, long answeredBranch, SipResponse arrived) {
        source.loop.run(() -> guarded(() -> onAnswer(hop, answeredBranch, arrived)));
    }

    private void onAnswer(Hop hop, long answeredBranch, SipResponse arrived) {
        if (answeredBranch != branch) {
            relay.counters().add(Count.STRAY_RESPONSE);
            return;
        }
        response = arrived;
        answerer = hop;
        if (arrived.status() >= 200 && !isInvite()) {
            branch = 0;
        }
        if (arrived.status() >= 300) {
            onFailure(arrived.status());
        } else if (arrived.status() >= 200) {
            fire(TransactionEvent.SUCCESS);
        } else {
            fire(arrived.status() == 100 ? TransactionEvent.TRYING : TransactionEvent.PROVISIONAL);
        }
    }

    private void onFailure(int status) {
        boolean cancelled = state == TransactionState.CANCELLING || state == TransactionState.CANCELLED;
        if (status == 503 && !cancelled && course.attempts() < MOST_ATTEMPTS && target instanceof PeerConnection peer) {
            if (isInvite()) {
                acknowledge();
            }
            failedAt = peer.remote();
            relay.avoid(peer.connection());
            fire(TransactionEvent.RETRY);
        } else {
            fire(TransactionEvent.FAILURE);
        }
    }

    @Override
    public void lost(Hop hop, long lostBranch) {
        boolean left = written;
        source.loop.run(() -> guarded(() -> onLoss(lostBranch, left)));
    }

    private void onLoss(long lostBranch, boolean left) {
        if (lostBranch != branch) {
            return;
        }
        branch = 0;
        boolean harmless = !left || isRepeatable(request.method());
        if (harmless && course.attempts() < MOST_ATTEMPTS && state == TransactionState.CALLING) {
            relay.counters().add(Count.FAILOVER);
            fire(TransactionEvent.RETRY);
        } else {
            refuse(Rejection.of(state == TransactionState.CANCELLED ? cancelledReason() : Reason.CONNECTION_LOST));
        }
    }

    /** Of these a second copy changes nothing, or is recognised. */
    private static boolean isRepeatable(SipMethod method) {
        return switch (method) {
            case INVITE, OPTIONS, SUBSCRIBE, NOTIFY, PUBLISH, BYE, UPDATE, PRACK -> true;
            default -> false;
        };
    }

    /** The sender takes an INVITE back, or is gone. On the loop. */
    void cancel(Optional<Octets> reason) {
        cancelReason = reason;
        rejection = Rejection.of(Reason.CANCELLED);
        guarded(() -> fire(TransactionEvent.CANCEL));
    }

    /** The ACK of a refusal arrived, or of something else. On the loop. */
    boolean acknowledged() {
        boolean refused = state == TransactionState.COMPLETED;
        fire(TransactionEvent.ACK);
        return refused;
    }

    void repeated() {
        fire(TransactionEvent.REPEATED);
    }

    /** Ends what is still under way. On the loop. */
    void shutDown() {
        if (state.unanswered()) {
            if (state == TransactionState.PROCEEDING && isInvite()) {
                // The caller is told that it is over; the callee must not ring on.
                sendCancel();
            }
            refuse(Rejection.of(Reason.SHUTTING_DOWN));
        }
    }

    @Override
    void expired() {
        timer = null;
        guarded(() -> fire(TransactionEvent.EXPIRED));
    }

    void refuse(Rejection why) {
        rejection = why;
        fire(TransactionEvent.REFUSED);
    }

    void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException bug) {
            failed(bug);
        }
    }

    private void failed(RuntimeException bug) {
        LOG.error("a request from {} cannot be handled: {}", source.name(), request, bug);
        if (state.unanswered()) {
            refuse(Rejection.of(Reason.INTERNAL));
        } else if (!concluded) {
            // The answer failed on its way out, and nothing else will answer or count this request any more.
            answerBroken(Rejection.of(Reason.INTERNAL));
        }
    }

    private void answerBroken(Rejection why) {
        try {
            if (request.method().isAnswered()) {
                answer(why);
            }
        } finally {
            concluded(Crossings.Answer.ofEdge(why));
        }
    }

    private void fire(TransactionEvent event) {
        Transition transition = table.transition(state, event);
        TransactionState before = state;
        enter(transition.next(), event);
        perform(transition.action(), before);
        if (!state.unanswered() && !concluded) {
            concluded(answerOf(transition.action()));
        }
    }

    private void enter(TransactionState next, TransactionEvent event) {
        boolean ends = next == TransactionState.TERMINATED && state != next;
        state = next;
        setTimer(event);
        if (ends) {
            forgetTarget();
            if (repeatable != null) {
                repeatable.release();
                repeatable = null;
            }
            relay.ended(this);
        }
    }

    private void setTimer(TransactionEvent event) {
        Timer wanted = state.timer(isInvite()).orElse(null);
        boolean restarts = wanted == Timer.C && event == TransactionEvent.PROVISIONAL;
        if (wanted == null) {
            source.loop.deadlines.clear(this);
        } else if (wanted != timer || restarts) {
            source.loop.deadlines.set(this, wanted, relay.settings().nanos(wanted));
        }
        timer = wanted;
    }

    private void forgetTarget() {
        if (branch != 0 && target != null) {
            target.forget(branch);
            branch = 0;
        }
    }

    private void perform(TransactionAction action, TransactionState before) {
        switch (action) {
            case IGNORE -> {}
            case ROUTE -> course.route();
            case FORWARD_PROVISIONAL -> reply(Forwarding.response(this, response, answerer));
            case FORWARD_FINAL -> forwardFinal();
            case ACK_AND_FORWARD_FINAL -> {
                acknowledge();
                forwardFinal();
            }
            case ANSWER -> answer(rejection);
            case ANSWER_TIMED_OUT -> {
                timedOut(before);
                answer(Rejection.timedOut(isInvite()));
            }
            case ANSWER_CANCELLED -> answer(Rejection.of(cancelledReason()));
            case REPEAT_TRYING -> reply(Answers.trying(request, source));
            case REPEAT_FINAL -> reply(repeatable.retainedDuplicate());
            case SEND_CANCEL -> sendCancel();
            case HAND_OVER -> {
                concluded = true;
                source.requestEnded(this, relay.settings().unansweredPerConnection());
                relay.handedOver(this);
            }
        }
    }

    private void timedOut(TransactionState before) {
        if (before != TransactionState.ROUTING && target != null) {
            Hop silent = target;
            silent.loop.run(silent::suspect);
        }
    }

    private Reason cancelledReason() {
        return rejection != null && rejection.reason() == Reason.CANCELLED ? Reason.CANCELLED : Reason.TIMED_OUT;
    }

    private void forwardFinal() {
        replyFinally(Forwarding.response(this, response, answerer));
    }

    private void answer(Rejection why) {
        rejection = why;
        forgetTarget();
        replyFinally(Answers.refusal(request, why, source, tag(), course.edge()));
    }

    private void replyFinally(ByteBuf message) {
        if (state == TransactionState.COMPLETED) {
            repeatable = message.retainedDuplicate();
        }
        reply(message);
    }

    private void reply(ByteBuf message) {
        if (source.isOpen()) {
            source.write(message, null);
        } else if (state.unanswered()) {
            message.release();
        } else {
            WayBack.send(relay, this, message);
        }
    }

    private void acknowledge() {
        try {
            target.tell(null, Forwarding.acknowledgement(this, target, branchText, response));
        } catch (SipSyntaxException impossible) {
            throw new IllegalStateException("a route set that was read before", impossible);
        }
        branch = 0;
    }

    private void sendCancel() {
        try {
            target.tell(null, Forwarding.cancel(this, target, branchText, cancelReason));
        } catch (SipSyntaxException impossible) {
            throw new IllegalStateException("a route set that was read before", impossible);
        }
    }

    private Crossings.Answer answerOf(TransactionAction action) {
        boolean fromPeer = response != null
                && (action == TransactionAction.FORWARD_FINAL || action == TransactionAction.ACK_AND_FORWARD_FINAL);
        if (fromPeer) {
            return Crossings.Answer.ofPeer(response.status());
        }
        return rejection == null ? Crossings.Answer.ofEdge() : Crossings.Answer.ofEdge(rejection);
    }

    /** The sender has its answer: what is left is to say so. */
    private void concluded(Crossings.Answer answer) {
        concluded = true;
        source.requestEnded(this, relay.settings().unansweredPerConnection());
        relay.concluded(this, answer);
    }

    private boolean isInvite() {
        return request.method() == SipMethod.INVITE;
    }

    private String tag() {
        if (tag == null) {
            tag = Long.toHexString(source.loop.nextId());
        }
        return tag;
    }

    String key() {
        return key;
    }

    Hop source() {
        return source;
    }

    SipRequest request() {
        return request;
    }

    boolean isSame(SipRequest other) {
        return request.callId().equals(other.callId())
                && request.cSeq().number() == other.cSeq().number();
    }

    Course course() {
        return course;
    }

    /** Returns where it was sent last; null if nowhere. */
    Hop target() {
        return target;
    }

    String id() {
        return tag();
    }

    long tookNanos() {
        return source.loop.executor.ticker().nanoTime() - began;
    }

    long arrivedMillis() {
        return arrivedMillis;
    }

    RelayCounters counters() {
        return relay.counters();
    }
}
