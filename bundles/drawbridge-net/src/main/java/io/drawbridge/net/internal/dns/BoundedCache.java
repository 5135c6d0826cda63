// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.dns;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Values with an end of life, bounded in number. Reading takes no lock; what was not read since the clock hand passed
 * last goes first (CLOCK), so that a flood of names nobody asks for again does not drive out the useful ones.
 */
final class BoundedCache<K, V> {
    private final int bound;
    private final InstantSource clock;
    private final Map<K, Entry<V>> entries = new ConcurrentHashMap<>();
    private final Queue<K> hand = new ArrayDeque<>();

    BoundedCache(int bound, InstantSource clock) {
        this.bound = bound;
        this.clock = clock;
    }

    /** Returns the value if it has not expired. */
    Optional<V> fresh(K key) {
        Entry<V> entry = entries.get(key);
        if (entry == null || !clock.instant().isBefore(entry.expires)) {
            return Optional.empty();
        }
        entry.read = true;
        return Optional.of(entry.value);
    }

    /** Returns the value even if it expired, as long as nothing drove it out. */
    Optional<V> last(K key) {
        return Optional.ofNullable(entries.get(key)).map(entry -> entry.value);
    }

    synchronized void put(K key, V value, Instant expires) {
        if (entries.put(key, new Entry<>(value, expires)) == null) {
            hand.add(key);
            while (hand.size() > bound) {
                turnHand();
            }
        }
    }

    int size() {
        return entries.size();
    }

    private void turnHand() {
        K key = hand.remove();
        Entry<V> entry = entries.get(key);
        if (entry.read) {
            entry.read = false;
            hand.add(key);
        } else {
            entries.remove(key);
        }
    }

    /** A value and what the clock hand needs to know. */
    private static final class Entry<V> {
        private final V value;
        private final Instant expires;
        // Racy on purpose: a lost update costs at most one early eviction.
        private boolean read;

        Entry(V value, Instant expires) {
            this.value = value;
            this.expires = expires;
        }
    }
}
