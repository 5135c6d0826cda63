// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.safeguards;

import java.time.Duration;
import java.time.Instant;

/**
 * So many in a time, no more than a burst at once. Confined to its owner's lock.
 *
 * <p>Kept as one instant, the one up to which what was let through has used up the rate (the generic cell rate
 * algorithm), so that there is nothing to refill.
 */
public final class TokenBucket {
    private Instant usedUpTo = Instant.EPOCH;

    /** Takes one token if there is one. */
    public boolean take(Instant now, Rate rate) {
        // A clock that was set back by more than the bucket holds must not shut the peer out until it catches up.
        Instant latest = now.plus(rate.each().multipliedBy(rate.burst()));
        Instant base = usedUpTo.isAfter(now) && !usedUpTo.isAfter(latest) ? usedUpTo : now;
        Instant next = base.plus(rate.each());
        if (next.isAfter(latest)) {
            return false;
        }
        usedUpTo = next;
        return true;
    }

    /**
     * How fast a bucket fills, and how much it holds.
     *
     * @param each the time one token takes to come
     * @param burst how many tokens it holds
     */
    public record Rate(Duration each, int burst) {
        /** Returns so many a second, and no more than a second's worth at once. */
        public static Rate perSecond(int tokens) {
            return of(tokens, Duration.ofSeconds(1), tokens);
        }

        /** Returns so many in a time, and so many at once. */
        public static Rate of(int tokens, Duration time, int burst) {
            return new Rate(time.dividedBy(tokens), burst);
        }
    }
}
