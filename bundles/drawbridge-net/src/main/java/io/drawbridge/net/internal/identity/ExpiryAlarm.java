// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Rings once at each of 30, 7 and 1 days before a certificate ends. Not thread-safe. */
final class ExpiryAlarm {
    private static final int[] DAYS = {1, 7, 30};

    private final Instant end;
    private int rung = Integer.MAX_VALUE;

    ExpiryAlarm(Instant end) {
        this.end = end;
    }

    /** Returns the mark that was passed since the last call, the nearest one if there were several. */
    OptionalInt due(Instant now) {
        Duration left = Duration.between(now, end);
        OptionalInt mark = IntStream.of(DAYS)
                .filter(days -> left.compareTo(Duration.ofDays(days)) <= 0)
                .findFirst();
        if (mark.isEmpty() || mark.getAsInt() >= rung) {
            return OptionalInt.empty();
        }
        rung = mark.getAsInt();
        return mark;
    }
}
