// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers a bounded number of things; the one longest not asked for is forgotten. Not thread-safe. */
final class Bounded<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    private final int limit;

    Bounded(int limit) {
        super(16, 0.75f, true);
        this.limit = limit;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > limit;
    }
}
