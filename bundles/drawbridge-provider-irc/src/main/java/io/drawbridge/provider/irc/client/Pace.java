// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc.client;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How fast lines may be sent: the clock of a server that adds so much for each line and ends the connection of whoever runs
 * too far ahead (RFC 1459 section 8.10).
 */
final class Pace {
    private final Duration perLine;
    private final Duration ahead;
    private final InstantSource clock;
    private Instant due = Instant.MIN;

    /**
     * Starts with nothing sent.
     *
     * @param burst how many lines may be sent at once
     * @param perLine how long each costs
     */
    Pace(int burst, Duration perLine, InstantSource clock) {
        this.perLine = perLine;
        this.clock = clock;
        ahead = perLine.multipliedBy(burst);
    }

    /** Notes that a line is sent, whether it may or not. */
    void spend() {
        Instant now = clock.instant();
        due = (due.isBefore(now) ? now : due).plus(perLine);
    }

    /** Returns how long it is until so many lines have been sent after those that were. */
    Duration until(int lines) {
        Instant now = clock.instant();
        Instant then = (due.isBefore(now) ? now : due).plus(perLine.multipliedBy(lines));
        Duration rest = Duration.between(now.plus(ahead), then);
        return rest.isNegative() ? Duration.ZERO : rest;
    }
}
