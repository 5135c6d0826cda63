// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.view;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Shows times with their zone. In a table the offset from UTC stands once, in the column's title.
 *
 * @param now when the view was made
 * @param offset the offset every time is shown in
 */
public record Times(Instant now, ZoneOffset offset) {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE;

    /** Takes the time and the offset that holds now. */
    public static Times of(Clock clock) {
        Instant now = clock.instant();
        return new Times(now, clock.getZone().getRules().getOffset(now));
    }

    String title(String word) {
        return word + " (" + (offset.equals(ZoneOffset.UTC) ? "UTC" : offset) + ")";
    }

    /** Without the year: for what happened lately. */
    String cell(Instant time) {
        return SECONDS.format(at(time));
    }

    String day(Instant time) {
        return DAY.format(at(time));
    }

    String full(Instant time) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at(time));
    }

    long daysUntil(Instant time) {
        return Math.floorDiv(
                Duration.between(now, time).toSeconds(), Duration.ofDays(1).toSeconds());
    }

    private OffsetDateTime at(Instant time) {
        return time.atOffset(offset);
    }
}
