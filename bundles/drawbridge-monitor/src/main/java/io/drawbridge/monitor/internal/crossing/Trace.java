// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.crossing;

import io.drawbridge.api.crossing.Crossing;
import io.drawbridge.api.crossing.CrossingTrace.Filter;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The last crossings. Those that did not arrive are kept apart from those that did, so that a busy day does not wash out
 * what somebody will ask about; and as little as possible of what went well outlives the collector's next turn.
 */
public final class Trace {
    private static final Comparator<Crossing> NEWEST_FIRST =
            Comparator.comparing(Trace::ended).reversed();

    private volatile TraceRing delivered;
    private volatile TraceRing undelivered;

    /**
     * Makes an empty trace.
     *
     * @param delivered for how many delivered crossings there is room
     * @param undelivered for how many others
     */
    public Trace(int delivered, int undelivered) {
        this.delivered = new TraceRing(delivered);
        this.undelivered = new TraceRing(undelivered);
    }

    /** Adds a crossing, in place of the oldest of its kind if there is no room. */
    public void add(Crossing crossing) {
        TraceRing ring = crossing.outcome() == Crossing.Outcome.DELIVERED ? delivered : undelivered;
        ring.add(crossing);
    }

    /** Returns the crossings that match, in the order of their ends, newest first, at most {@code limit}. */
    public List<Crossing> last(Filter filter, int limit) {
        return Stream.concat(delivered.last(filter, limit).stream(), undelivered.last(filter, limit).stream())
                .sorted(NEWEST_FIRST)
                .limit(limit)
                .toList();
    }

    /** Makes room for other numbers of crossings and keeps the newest. */
    public void resize(int deliveredSize, int undeliveredSize) {
        if (deliveredSize != delivered.size()) {
            delivered = delivered.resized(deliveredSize);
        }
        if (undeliveredSize != undelivered.size()) {
            undelivered = undelivered.resized(undeliveredSize);
        }
    }

    private static Instant ended(Crossing crossing) {
        return crossing.arrived().plus(crossing.took());
    }
}
