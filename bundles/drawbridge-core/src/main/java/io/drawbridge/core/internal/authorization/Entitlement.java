// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.authorization;

import java.time.Duration;
import java.time.Instant;

/**
 * Where a right stands, and what must be remembered to treat it well.
 *
 * @param phase how far it has come
 * @param preApproved whether it will be granted when asked for
 * @param asked when it was last asked for; {@link Instant#EPOCH} for never
 * @param refused when it was last refused or taken away; {@link Instant#EPOCH} for never
 * @param seen when its watcher last showed that it is there; {@link Instant#EPOCH} for never
 */
public record Entitlement(Phase phase, boolean preApproved, Instant asked, Instant refused, Instant seen) {
    /** How long a question is put to whoever does not answer it (interworking 6.4.3). */
    private static final Duration UNANSWERED = Duration.ofDays(30);

    /** Where every right begins. */
    public static final Entitlement NONE =
            new Entitlement(Phase.NONE, false, Instant.EPOCH, Instant.EPOCH, Instant.EPOCH);

    /** Returns the same at another phase. */
    Entitlement at(Phase next) {
        return new Entitlement(next, preApproved, asked, refused, seen);
    }

    Entitlement preApproved(boolean approved) {
        return new Entitlement(phase, approved, asked, refused, seen);
    }

    Entitlement askedAt(Instant now) {
        return new Entitlement(phase, preApproved, now, refused, seen);
    }

    Entitlement refusedAt(Instant now) {
        return new Entitlement(phase, preApproved, asked, now, seen);
    }

    /** Returns the same with its watcher seen. */
    public Entitlement seenAt(Instant now) {
        return new Entitlement(phase, preApproved, asked, refused, now);
    }

    /** Returns whether it is asked for, and whoever is asked is still to be reminded of it. */
    public boolean isQuestion(Instant now) {
        return phase == Phase.REQUESTED && asked.plus(UNANSWERED).isAfter(now);
    }

    /** Returns the same as if nobody had asked, if that was so long ago that nobody is reminded of it any longer. */
    public Entitlement askable(Instant now) {
        return phase == Phase.REQUESTED && !isQuestion(now) ? at(Phase.NONE) : this;
    }

    /** Returns whether it was refused within the time before {@code now}. */
    public boolean refusedWithin(Duration time, Instant now) {
        return refused.plus(time).isAfter(now);
    }

    /** Returns whether nothing is lost by forgetting it. */
    public boolean forgettable(Duration refusalsKept, Instant now) {
        return phase == Phase.NONE && !preApproved && !refusedWithin(refusalsKept, now);
    }
}
