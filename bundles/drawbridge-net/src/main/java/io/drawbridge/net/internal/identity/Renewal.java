// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.identity;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * When an own certificate is due for renewal, measured by how long it lives: what lives a month or less would otherwise
 * always be late.
 *
 * @param begin of its life
 * @param end of its life
 */
record Renewal(Instant begin, Instant end) {
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final int PART_OF_LIFE = 3;
    private static final int URGENT_PART = 4;
    private static final int LAST_PART = 30;

    static Renewal of(X509Certificate certificate) {
        return new Renewal(
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }

    /** Returns from when on it should be renewed: the last third of its life, at most its last 30 days. */
    Instant from() {
        return end.minus(time());
    }

    /** Returns when to speak up: at the time to renew, and when a quarter and a thirtieth of that time are left. */
    List<Instant> marks() {
        return List.of(from(), end.minus(time().dividedBy(URGENT_PART)), end.minus(time().dividedBy(LAST_PART)));
    }

    private Duration time() {
        Duration part = Duration.between(begin, end).dividedBy(PART_OF_LIFE);
        return part.compareTo(LONGEST) < 0 ? part : LONGEST;
    }
}
