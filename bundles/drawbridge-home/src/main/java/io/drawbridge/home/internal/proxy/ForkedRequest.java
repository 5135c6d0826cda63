// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.proxy;

import gov.nist.javax.sip.message.SIPResponse;
import io.drawbridge.api.sip.SipFlow;
import io.drawbridge.lib.jainsip.ClientTransaction;
import io.drawbridge.lib.jainsip.ServerTransaction;
import io.drawbridge.lib.jainsip.SipParser;
import io.drawbridge.lib.jainsip.SipText;
import io.drawbridge.lib.jainsip.Timers;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A request on its way to all its targets (the response context of RFC 3261 section 16.7). The sender gets exactly one
 * final response: the first 2xx, or the best refusal once every branch has ended. Further 2xx of an INVITE are passed
 * on, too, as they make dialogs of their own.
 */
final class ForkedRequest implements ClientTransaction.Listener {
    private final ServerTransaction upstream;
    private final Set<ClientTransaction> pending = new HashSet<>();
    private final BestResponse refusals = new BestResponse();
    private final Timers timers;
    private final Duration ringTime;
    private final Runnable ended;
    private Timers.Timer timerC = Timers.Timer.NONE;
    private boolean givenUp;
    private boolean refusedForAll;

    /**
     * Starts with no branch.
     *
     * @param ringTime Timer C
     * @param ended run once when the last branch has ended
     */
    ForkedRequest(ServerTransaction upstream, Timers timers, Duration ringTime, Runnable ended) {
        this.upstream = upstream;
        this.timers = timers;
        this.ringTime = ringTime;
        this.ended = ended;
        restartTimerC();
    }

    void add(ClientTransaction branch) {
        pending.add(branch);
    }

    /** The sender does not want it any more (section 16.10), or nobody is left to tell. */
    void cancel() {
        givenUp = true;
        cancelPending();
    }

    @Override
    public void response(ClientTransaction branch, SIPResponse response) {
        int status = response.getStatusCode();
        withoutOurVia(branch, response);
        if (status == SIPResponse.TRYING) {
            return;
        }
        if (status < 200) {
            restartTimerC();
            if (!refusedForAll) {
                upstream.respond(response);
            }
            return;
        }
        pending.remove(branch);
        if (status < 300) {
            upstream.respond(response);
            cancelPending();
        } else {
            refusals.add(response);
            if (status >= 600) {
                refusedForAll = true;
                cancelPending();
            }
        }
        finishIfLast();
    }

    @Override
    public void failed(ClientTransaction branch, ClientTransaction.Failure failure) {
        pending.remove(branch);
        finishIfLast();
    }

    /** Section 16.7 steps 3 and 9: our Via comes off; who is not authenticated says nothing of trust. */
    private static void withoutOurVia(ClientTransaction branch, SIPResponse response) {
        SipText text = SipParser.text(response).copy();
        text.removeFirstValue("Via");
        if (branch.flow().kind() == SipFlow.Kind.CLIENT) {
            TrustHeaders.strip(text);
        }
        response.setApplicationData(text);
    }

    private void cancelPending() {
        if (upstream.isInvite()) {
            List.copyOf(pending).forEach(ClientTransaction::cancel);
        }
    }

    private void restartTimerC() {
        if (upstream.isInvite()) {
            timerC.cancel();
            timerC = timers.after(ringTime, this::cancelPending);
        }
    }

    private void finishIfLast() {
        if (!pending.isEmpty()) {
            return;
        }
        timerC.cancel();
        if (!upstream.answered()) {
            answer();
        }
        ended.run();
    }

    private void answer() {
        if (givenUp) {
            upstream.respond(SIPResponse.REQUEST_TERMINATED);
            return;
        }
        SIPResponse best = refusals.choose().orElse(null);
        if (best == null) {
            // Not 408: for anything but INVITE the sender's own transaction is about to end, too (RFC 4320).
            upstream.respond(SIPResponse.TEMPORARILY_UNAVAILABLE);
        } else if (best.getStatusCode() == SIPResponse.SERVICE_UNAVAILABLE) {
            // Section 16.7 step 6: the 503 of one target must not make the sender avoid this home.
            upstream.respond(SIPResponse.SERVER_INTERNAL_ERROR);
        } else {
            upstream.respond(best);
        }
    }
}
