// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.crossing;

import io.drawbridge.api.crossing.Crossing;
import io.drawbridge.api.crossing.CrossingTrace.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The last crossings, up to a fixed number. Adding takes no lock, so event loops never wait for each other or for a
 * reader; a reader misses what is overwritten while it reads.
 */
public final class TraceRing {
    private final AtomicReferenceArray<Slot> slots;
    private final AtomicLong next = new AtomicLong();

    /** Makes an empty ring for {@code size} crossings. */
    public TraceRing(int size) {
        slots = new AtomicReferenceArray<>(size);
    }

    /** Adds a crossing, in place of the oldest if the ring is full. */
    public void add(Crossing crossing) {
        long number = next.getAndIncrement();
        slots.set(index(number), new Slot(number, crossing));
    }

    /** Returns the crossings that match, newest first, at most {@code limit}. */
    public List<Crossing> last(Filter filter, int limit) {
        List<Crossing> found = new ArrayList<>();
        long newest = next.get() - 1;
        long oldest = Math.max(0, newest - slots.length() + 1);
        for (long number = newest; number >= oldest && found.size() < limit; number--) {
            Slot slot = slots.get(index(number));
            // A writer took the number and has not stored yet, or a faster one went round the ring: not this crossing.
            if (slot != null && slot.number == number && Selection.holds(filter, slot.crossing)) {
                found.add(slot.crossing);
            }
        }
        return found;
    }

    /** Returns a ring of another size with the newest of these crossings. */
    public TraceRing resized(int size) {
        TraceRing ring = new TraceRing(size);
        List<Crossing> kept = last(Filter.ANY, size);
        for (int i = kept.size() - 1; i >= 0; i--) {
            ring.add(kept.get(i));
        }
        return ring;
    }

    /** Returns for how many crossings there is room. */
    public int size() {
        return slots.length();
    }

    private int index(long number) {
        return (int) (number % slots.length());
    }

    /** A crossing and its running number, by which a reader sees whether the place was used again. */
    private record Slot(long number, Crossing crossing) {}
}
