// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.policy.Reason;

/**
 * What goes to one user of the home from one person outside: one after the other, the next when the one before is
 * answered (RFC 3428 section 8), in the mode the user prefers.
 */
final class Talk implements Carrier.Listener {
    private final Talks talks;
    private final Pair pair;
    private final DeliveryQueue queue = new DeliveryQueue();
    private Delivery current;

    Talk(Talks talks, Pair pair) {
        this.talks = talks;
        this.pair = pair;
    }

    Pair pair() {
        return pair;
    }

    void take(Delivery delivery) {
        if (queue.add(delivery)) {
            next();
        } else {
            delivery.done(Outcomes.of(Reason.OVERLOADED));
        }
    }

    private void next() {
        if (current != null) {
            return;
        }
        current = queue.poll(talks.now());
        if (current == null) {
            talks.silent(this);
        } else {
            talks.carrier(current).carry(current, this);
        }
    }

    @Override
    public void carried(Delivery delivery, DeliveryOutcome outcome, int status) {
        if (delivery != current) {
            return;
        }
        if (!delivery.isDone() && talks.changesMode(delivery, status)) {
            talks.carrier(delivery).carry(delivery, this);
            return;
        }
        delivery.done(outcome);
        talks.answered(delivery, status);
        talks.arrived(delivery, outcome);
        current = null;
        next();
    }
}
