// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.boot;

import io.drawbridge.api.directory.ListenerStatus;
import java.time.Duration;
import java.util.List;

/**
 * Whether the listeners have come to rest. While settings and certificates are read, one listener after the other
 * appears, closed for a reason that passes; so only what stays the same for a while is the outcome. Single thread.
 */
final class Settling {
    private static final Duration WHEN_OPEN = Duration.ofMillis(300);
    private static final Duration OTHERWISE = Duration.ofSeconds(2);

    private List<String> before = List.of();
    private long since;
    private boolean begun;

    /**
     * Takes the next look.
     *
     * @param nanos when, as {@link System#nanoTime} tells it
     * @return whether nothing has changed for long enough; a shorter time suffices when all are open
     */
    boolean settled(List<ListenerStatus> listeners, long nanos) {
        List<String> now = listeners.stream()
                .map(listener -> listener.name() + ' ' + listener.open() + ' ' + listener.why())
                .toList();
        if (!begun || !now.equals(before)) {
            begun = true;
            before = now;
            since = nanos;
        }
        boolean allOpen = !listeners.isEmpty() && listeners.stream().allMatch(ListenerStatus::open);
        return nanos - since >= (allOpen ? WHEN_OPEN : OTHERWISE).toNanos();
    }
}
