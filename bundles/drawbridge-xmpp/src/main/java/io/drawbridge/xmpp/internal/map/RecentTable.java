// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.map;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Remembers what was used lately, so much and so long at most; the longest unused goes first. Thread-safe.
 *
 * @param <K> by what it is found
 * @param <V> what is remembered
 */
final class RecentTable<K, V> {
    private final Map<K, Slot<V>> slots = new LinkedHashMap<>();
    private final int capacity;
    private final Duration age;
    private final InstantSource clock;

    /** Remembers at most {@code capacity} entries, each for {@code age} after its last use. */
    RecentTable(int capacity, Duration age, InstantSource clock) {
        this.capacity = capacity;
        this.age = age;
        this.clock = clock;
    }

    /** Returns an entry, and takes this for a use of it. */
    synchronized Optional<V> find(K key) {
        Slot<V> slot = slots.remove(key);
        if (slot == null || slot.until().isBefore(clock.instant())) {
            return Optional.empty();
        }
        keep(key, slot.value());
        return Optional.of(slot.value());
    }

    /** Remembers an entry, instead of an older one. */
    synchronized void put(K key, V value) {
        slots.remove(key);
        keep(key, value);
    }

    /** Returns an entry, made if there is none. */
    synchronized V computeIfAbsent(K key, Function<K, V> make) {
        V value = find(key).orElseGet(() -> make.apply(key));
        put(key, value);
        return value;
    }

    /** Forgets an entry and returns it. */
    synchronized Optional<V> remove(K key) {
        Slot<V> slot = slots.remove(key);
        return slot == null ? Optional.empty() : Optional.of(slot.value());
    }

    /** Returns how many entries are held. */
    synchronized int size() {
        return slots.size();
    }

    private void keep(K key, V value) {
        Instant now = clock.instant();
        slots.put(key, new Slot<>(value, now.plus(age)));
        Iterator<Slot<V>> oldest = slots.values().iterator();
        while (oldest.hasNext()) {
            Instant until = oldest.next().until();
            if (slots.size() <= capacity && !until.isBefore(now)) {
                return;
            }
            oldest.remove();
        }
    }

    /** An entry and its end. */
    private record Slot<V>(V value, Instant until) {}
}
