// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.connector;

import io.drawbridge.net.connection.ConnectException;
import io.drawbridge.net.connection.PeerCheck;
import java.time.Duration;
import java.time.Instant;

/**
 * The failure that a destination waits out.
 *
 * @param failure what happened last
 * @param failures how many there were in a row
 * @param since when the row began
 * @param until no new attempt before
 * @param thorough whether every server was tried, also those set aside
 */
record Setback(SetupFailure failure, int failures, Instant since, Instant until, boolean thorough) {
    /**
     * Returns whether this keeps somebody from trying now. Who would accept the name that others refused may try.
     */
    boolean holdsBack(PeerCheck check, Instant now) {
        return now.isBefore(until)
                && failure.refused()
                        .map(refused -> check.refusal(refused.identity(), refused.host())
                                .isPresent())
                        .orElse(true);
    }

    ConnectException at(Instant now) {
        long wait = Math.max(1, Duration.between(now, until).toSeconds());
        return new ConnectException(
                failure.reason(), failure.getMessage() + "; the next attempt is in " + wait + " s at the earliest");
    }
}
