// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.safeguards;

import java.time.Duration;

/**
 * The limits on discovered partners.
 *
 * @param messagesPerSecond the standard rate of one partner
 * @param contacts distinct own users one partner may address; {@link Integer#MAX_VALUE} if not limited
 * @param reportPeriod how often the log gets a summary
 * @param watched how many partners are kept in mind
 * @param forgottenPercent how much of the watch list makes room at once when it is full
 */
public record Limits(int messagesPerSecond, int contacts, Duration reportPeriod, int watched, int forgottenPercent) {
    /** Lync's defaults. */
    public static final Limits STANDARD = new Limits(20, 1000, Duration.ofMinutes(60), 1000, 20);
}
