// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.safeguards;

import java.util.Arrays;

/**
 * The distinct users a peer addressed, each as a 64-bit digest, since only their number and whether one is known
 * matters. Grows with its content. Confined to its owner's lock.
 */
final class ContactSet {
    private static final long FREE = 0;

    private long[] slots = new long[8];
    private int size;

    /** Returns whether a digest is in the set. */
    boolean contains(long digest) {
        return slots[slot(slots, digest)] != FREE;
    }

    /** Adds a digest; without effect if it is there. */
    void add(long digest) {
        int slot = slot(slots, digest);
        if (slots[slot] != FREE) {
            return;
        }
        slots[slot] = key(digest);
        size++;
        if (size * 2 > slots.length) {
            grow();
        }
    }

    int size() {
        return size;
    }

    private void grow() {
        long[] larger = new long[slots.length * 2];
        Arrays.stream(slots).filter(key -> key != FREE).forEach(key -> larger[slot(larger, key)] = key);
        slots = larger;
    }

    /** Returns the slot that holds the digest, or the free one where it belongs; half of all slots are free. */
    private static int slot(long[] slots, long digest) {
        long key = key(digest);
        int slot = (int) key & slots.length - 1;
        while (slots[slot] != FREE && slots[slot] != key) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private static long key(long digest) {
        return digest == FREE ? 1 : digest;
    }
}
