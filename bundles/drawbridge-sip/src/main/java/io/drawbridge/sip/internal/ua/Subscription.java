// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import gov.nist.javax.sip.message.SIPResponse;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.sip.SipFlow;
import io.drawbridge.lib.jainsip.Timers;
import io.drawbridge.lib.jainsip.TransactionLayer;
import java.time.Duration;
import java.time.Instant;

/**
 * One subscription of a user of the home, on the notifier's side (RFC 6665 section 4.2). At most one NOTIFY is on its
 * way, and one in five seconds unless the state changes (RFC 3856 section 6.10, RFC 3857 section 4.10).
 */
final class Subscription implements Outgoing.Listener {
    private static final Duration PACE = Duration.ofSeconds(5);
    private static final int FIRST_FINAL = 200;
    private static final int FIRST_REFUSAL = 300;
    private final Subscribers subscribers;
    private final Principal watcher;
    private final Dialog dialog;
    private final String event;
    private final boolean poll;
    private final Report report;
    private Instant expires;
    private Timers.Timer expiry = Timers.Timer.NONE;
    private Timers.Timer pacing = Timers.Timer.NONE;
    private Instant paced = Instant.EPOCH;
    private SubscriptionState told;
    private boolean forced;
    private boolean underWay;
    private boolean ended;

    /**
     * Begins one that was asked for.
     *
     * @param watcher who subscribed
     * @param event the value of Event
     * @param poll whether it asked for the present state only
     * @param report what it tells
     */
    Subscription(Subscribers subscribers, Principal watcher, Dialog dialog, String event, boolean poll, Report report) {
        this.subscribers = subscribers;
        this.watcher = watcher;
        this.dialog = dialog;
        this.event = event;
        this.poll = poll;
        this.report = report;
    }

    Principal watcher() {
        return watcher;
    }

    Dialog dialog() {
        return dialog;
    }

    /** A SUBSCRIBE was accepted: the whole state is told after it. */
    void refreshed(int seconds, String peer) {
        expiry.cancel();
        expires = now().plusSeconds(seconds);
        expiry = timers().after(Duration.ofSeconds(seconds), this::expired);
        forced = told != null;
        report.accepted(this, peer);
    }

    /** Tells what is new, soon. */
    void changed() {
        if (ended || underWay || !report.isReady()) {
            return;
        }
        if (poll) {
            if (report.isNews()) {
                end(SubscriptionState.TIMEOUT, report.write(true));
            }
            return;
        }
        SubscriptionState state = report.state();
        boolean urgent = forced || state != told;
        if (!urgent && !report.isNews()) {
            return;
        }
        Instant due = paced.plus(PACE);
        if (!urgent && due.isAfter(now())) {
            pacing.cancel();
            pacing = timers().after(Duration.between(now(), due), this::changed);
            return;
        }
        tell(state, report.write(urgent));
    }

    /** Its time is over, or its watcher ends it. */
    void expired() {
        if (!ended) {
            end(SubscriptionState.TIMEOUT, poll ? report.write(true) : report.farewell());
        }
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
        subscribers.forget(this);
        report.ended(this);
    }

    private void tell(SubscriptionState state, String body) {
        if (!body.isEmpty()) {
            paced = now();
        }
        forced = false;
        told = state;
        underWay = true;
        long left = Math.max(0, Duration.between(now(), expires).toSeconds());
        OutgoingRequest notify =
                dialog.request("NOTIFY").header("Event", event).header("Subscription-State", state.value(left));
        if (!body.isEmpty()) {
            notify.body(report.type(), body);
        }
        subscribers.outgoing().send(notify, dialog.wanted(), watcher.hashCode(), TransactionLayer.TIMEOUT, this);
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
        return subscribers.environment().clock().instant();
    }

    private Timers timers() {
        return subscribers.environment().timers();
    }
}
