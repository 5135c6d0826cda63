// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.connector;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts what is in use against a bound that may change. Thread-safe. */
final class Budget {
    private final AtomicInteger used = new AtomicInteger();

    boolean take(int bound) {
        if (used.incrementAndGet() > bound) {
            used.decrementAndGet();
            return false;
        }
        return true;
    }

    void give() {
        used.decrementAndGet();
    }

    int used() {
        return used.get();
    }
}
