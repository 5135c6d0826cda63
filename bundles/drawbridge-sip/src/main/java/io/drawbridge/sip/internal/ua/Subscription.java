// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import gov.nist.javax.sip.message.SIPResponse;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.sip.SipFlow;
import io.drawbridge.lib.jainsip.Timers;
import io.drawbridge.lib.jainsip.TransactionLayer;
import io.drawbridge.sip.internal.map.PidfReader;
import java.time.Duration;
import java.time.Instant;

/**
 * One subscription of a user of the home to somebody outside, on the notifier's side (RFC 6665 section 4.2). At most one
 * NOTIFY is on its way, and one in five seconds unless the state changes (RFC 3856 section 6.10).
 */
final class Subscription implements Outgoing.Listener {
    private static final Duration PACE = Duration.ofSeconds(5);
    private static final int FIRST_FINAL = 200;
    private static final int FIRST_REFUSAL = 300;
    private final Notifier notifier;
    private final Pair pair;
    private final Dialog dialog;
    private final String event;
    private final boolean poll;
    private Instant expires;
    private Timers.Timer expiry = Timers.Timer.NONE;
    private Timers.Timer pacing = Timers.Timer.NONE;
    private Instant paced = Instant.EPOCH;
    private SubscriptionState told;
    private int toldBody;
    private boolean forced;
    private boolean underWay;
    private boolean ended;

    Subscription(Notifier notifier, Pair pair, Dialog dialog, String event, boolean poll) {
        this.notifier = notifier;
        this.pair = pair;
        this.dialog = dialog;
        this.event = event;
        this.poll = poll;
    }

    Pair pair() {
        return pair;
    }

    Dialog dialog() {
        return dialog;
    }

    /** Returns whether it asked for the present state only. */
    boolean isPoll() {
        return poll;
    }

    /** A SUBSCRIBE was accepted: the whole state is told after it. */
    void refreshed(int seconds) {
        Timers timers = notifier.environment().timers();
        expiry.cancel();
        expires = now().plusSeconds(seconds);
        expiry = timers.after(Duration.ofSeconds(seconds), () -> notifier.expired(this));
        forced = told != null;
    }

    /** Tells what is new, soon. */
    void changed() {
        if (ended || underWay || !notifier.isKnown(pair)) {
            return;
        }
        SubscriptionState state = notifier.state(pair);
        String body = notifier.body(pair);
        if (poll) {
            if (!body.isEmpty()) {
                end(SubscriptionState.TIMEOUT, body);
            }
            return;
        }
        boolean news = forced || state != told;
        if (!news && body.hashCode() == toldBody) {
            return;
        }
        Instant due = paced.plus(PACE);
        if (!news && due.isAfter(now())) {
            pacing.cancel();
            pacing = notifier.environment().timers().after(Duration.between(now(), due), this::changed);
            return;
        }
        tell(state, body);
    }

    /** Ends the subscription with a last NOTIFY. */
    void end(SubscriptionState why, String body) {
        if (!ended) {
            forget();
            tell(why, body);
        }
    }

    private void forget() {
        ended = true;
        expiry.cancel();
        pacing.cancel();
        notifier.forget(this);
    }

    private void tell(SubscriptionState state, String body) {
        if (!body.isEmpty()) {
            paced = now();
        }
        forced = false;
        told = state;
        toldBody = body.hashCode();
        underWay = true;
        long left = Math.max(0, Duration.between(now(), expires).toSeconds());
        OutgoingRequest notify =
                dialog.request("NOTIFY").header("Event", event).header("Subscription-State", state.value(left));
        if (!body.isEmpty()) {
            notify.body(PidfReader.MEDIA_TYPE, body);
        }
        notifier.outgoing().send(notify, dialog.wanted(), pair.hashCode(), TransactionLayer.TIMEOUT, this);
    }

    @Override
    public void answered(SIPResponse response, SipFlow flow) {
        if (response.getStatusCode() >= FIRST_FINAL) {
            underWay = false;
            if (response.getStatusCode() < FIRST_REFUSAL) {
                changed();
            } else {
                lost();
            }
        }
    }

    /** A watcher that cannot be told has no subscription (RFC 6665 section 4.2.2). */
    @Override
    public void failed(Reason reason) {
        underWay = false;
        lost();
    }

    private void lost() {
        if (!ended) {
            forget();
        }
    }

    private Instant now() {
        return notifier.environment().clock().instant();
    }
}
