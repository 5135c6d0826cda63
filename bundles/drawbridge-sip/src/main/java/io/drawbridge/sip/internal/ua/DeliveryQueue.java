// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Deliveries that wait for the one before them, in order and within bounds. */
final class DeliveryQueue {
    private static final int MOST = 500;
    private static final int MOST_OCTETS = 1 << 20;
    private final Deque<Delivery> waiting = new ArrayDeque<>(2);
    private int octets;

    /** Adds a delivery at the end; returns false if there are too many, or too large ones. */
    boolean add(Delivery delivery) {
        int size = delivery.size();
        if (waiting.size() >= MOST || octets + size > MOST_OCTETS) {
            return false;
        }
        waiting.add(delivery);
        octets += size;
        return true;
    }

    /** Takes the next delivery that nobody has given up and whose time is not over; null if there is none. */
    Delivery poll(Instant now) {
        Delivery next = waiting.poll();
        while (next != null) {
            octets -= next.size();
            if (!next.isDone() && !next.left(now).isZero()) {
                return next;
            }
            next = waiting.poll();
        }
        return null;
    }
}
