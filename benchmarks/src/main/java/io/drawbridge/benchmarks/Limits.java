// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.benchmarks;

import java.util.Map;

/** Limits of the exchange that let few senders do what many would. */
final class Limits {
    private static final int NONE = 1_000_000;

    /** The values of {@code io.drawbridge.exchange}. */
    static final Map<String, Object> LIFTED = Map.of(
            "partnerMessagesPerSecond", 100_000,
            "partnerMessageBurst", NONE,
            "senderMessagesPerMinute", NONE,
            "senderMessageBurst", NONE,
            "newContactsPerHour", 100_000,
            "partnerRequestsPerMinute", NONE,
            "senderRequestsPerMinute", 100_000,
            "partnerSignalsPerSecond", NONE,
            "watchesPerPartner", NONE,
            "watchesPerUser", NONE);

    private Limits() {}
}
