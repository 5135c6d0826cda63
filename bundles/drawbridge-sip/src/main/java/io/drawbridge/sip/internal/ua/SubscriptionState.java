// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.policy.Reason;

/** How the right behind a subscription stands, as NOTIFY says it (RFC 6665 section 4.1.3, interworking 6.4.4). */
enum SubscriptionState {
    /** Nothing is known yet, or the presentity has been asked and has not answered. */
    PENDING("pending"),
    /** The watcher may see the presence. */
    ACTIVE("active"),
    /** Its time is over. */
    TIMEOUT("terminated;reason=timeout"),
    /** The presentity refuses. */
    REJECTED("terminated;reason=rejected"),
    /** There is no such presentity. */
    NORESOURCE("terminated;reason=noresource"),
    /** The presentity cannot be asked now. */
    GIVEUP("terminated;reason=giveup;retry-after=300"),
    /** The gateway goes; the watcher subscribes again. */
    DEACTIVATED("terminated;reason=deactivated");

    private final String text;

    SubscriptionState(String text) {
        this.text = text;
    }

    boolean isTerminated() {
        return this != PENDING && this != ACTIVE;
    }

    /** Returns the value of Subscription-State. */
    String value(long secondsLeft) {
        return isTerminated() ? text : text + ";expires=" + secondsLeft;
    }

    /** Returns what the outcome of a watch's start means. */
    static SubscriptionState of(DeliveryOutcome outcome) {
        if (outcome instanceof DeliveryOutcome.Delivered) {
            return ACTIVE;
        }
        if (outcome instanceof DeliveryOutcome.HandedOver) {
            return PENDING;
        }
        DeliveryOutcome.Failed failed = (DeliveryOutcome.Failed) outcome;
        boolean refused = failed.condition() == Condition.FORBIDDEN
                || failed.condition() == Condition.NOT_ALLOWED
                || failed.condition() == Condition.NOT_AUTHORIZED
                || failed.reason() == Reason.REFUSED_LATELY;
        if (refused) {
            return REJECTED;
        }
        return failed.condition() == Condition.ITEM_NOT_FOUND || failed.condition() == Condition.JID_MALFORMED
                ? NORESOURCE
                : GIVEUP;
    }
}
