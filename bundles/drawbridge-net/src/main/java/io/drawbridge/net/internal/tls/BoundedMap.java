// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.tls;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that forgets what was longest unused when it is full. Thread-safe. */
final class BoundedMap<K, V> {
    private final Map<K, V> entries;

    BoundedMap(int most) {
        entries = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    synchronized V get(K key) {
        return entries.get(key);
    }

    synchronized void put(K key, V value) {
        entries.put(key, value);
    }
}
