// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.map;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntBiFunction;

/**
 * Remembers what was used lately, so much and so long at most; the longest unused goes first. What bounds it is the memory
 * it takes and not a number of entries, since whoever makes them grow decides how long they are. Thread-safe.
 *
 * @param <K> by what it is found
 * @param <V> what is remembered
 */
final class RecentTable<K, V> {
    /** What an entry takes beside its text, in characters. */
    private static final int ENTRY = 256;

    private final Map<K, Slot<V>> slots = new LinkedHashMap<>();
    private final int capacity;
    private final long ageMillis;
    private final InstantSource clock;
    private final ToIntBiFunction<K, V> characters;
    private long used;

    /**
     * Begins with nothing.
     *
     * @param capacity the most characters that are held
     * @param age how long an entry is remembered after its last use
     * @param characters returns how many of them an entry has
     */
    RecentTable(int capacity, Duration age, InstantSource clock, ToIntBiFunction<K, V> characters) {
        this.capacity = capacity;
        this.ageMillis = age.toMillis();
        this.clock = clock;
        this.characters = characters;
    }

    /** Returns an entry, and takes this for a use of it. */
    synchronized Optional<V> find(K key) {
        Slot<V> slot = take(key);
        if (slot == null || slot.until() < clock.millis()) {
            return Optional.empty();
        }
        keep(key, slot.value());
        return Optional.of(slot.value());
    }

    /** Remembers an entry, instead of an older one. */
    synchronized void put(K key, V value) {
        take(key);
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
        return Optional.ofNullable(take(key)).map(Slot::value);
    }

    /** Returns how many entries are held. */
    synchronized int size() {
        return slots.size();
    }

    private Slot<V> take(K key) {
        Slot<V> slot = slots.remove(key);
        used -= slot == null ? 0 : slot.size();
        return slot;
    }

    private void keep(K key, V value) {
        long now = clock.millis();
        int size = ENTRY + characters.applyAsInt(key, value);
        slots.put(key, new Slot<>(value, now + ageMillis, size));
        used += size;
        Iterator<Slot<V>> oldest = slots.values().iterator();
        while (oldest.hasNext()) {
            Slot<V> first = oldest.next();
            if (used <= capacity && first.until() >= now) {
                return;
            }
            used -= first.size();
            oldest.remove();
        }
    }

    /** An entry with its end in milliseconds and its size in characters. */
    private record Slot<V>(V value, long until, int size) {}
}
