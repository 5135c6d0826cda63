// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.safeguards;

import java.time.Duration;
import java.time.Instant;

/**
 * So many a second, no more than a second's worth at once. Confined to its owner's lock.
 *
 * <p>Kept as one instant, the one up to which what was let through has used up the rate (the generic cell rate
 * algorithm), so that there is nothing to refill.
 */
final class TokenBucket {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private Instant usedUpTo = Instant.EPOCH;

    /** Takes one token if there is one. */
    boolean take(Instant now, int perSecond) {
        Duration each = SECOND.dividedBy(perSecond);
        // A clock that was set back by more than the bucket holds must not shut the peer out until it catches up.
        Instant latest = now.plus(SECOND);
        Instant base = usedUpTo.isAfter(now) && !usedUpTo.isAfter(latest) ? usedUpTo : now;
        Instant next = base.plus(each);
        if (next.isAfter(latest)) {
            return false;
        }
        usedUpTo = next;
        return true;
    }
}
