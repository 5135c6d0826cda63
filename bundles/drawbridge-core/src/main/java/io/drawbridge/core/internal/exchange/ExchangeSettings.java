// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.exchange;

import io.drawbridge.core.internal.safeguards.TokenBucket.Rate;
import java.time.Duration;

/**
 * What {@code io.drawbridge.exchange} says.
 *
 * @param partnerMessages messages of one partner domain
 * @param senderMessages messages of one user outside
 * @param newContactsPerHour own users a user outside may write to unknown
 * @param senderRequests requests of one user outside
 * @param partnerRequests requests of one partner domain
 * @param partnerSignals everything else of one partner domain
 * @param watchesPerPartner own users the users of a partner domain may watch
 * @param watchesPerUser users outside that may watch one own user
 * @param mostAuthorizations rights kept
 * @param refusalPause how long nobody is asked again
 * @param requestPause after which time an own user's wish is told again
 * @param probePause how long the presence last known answers
 * @param rebuildsPerSecond pace of rebuilding watches
 * @param mostUnderWay events before one link
 */
record ExchangeSettings(
        Rate partnerMessages,
        Rate senderMessages,
        int newContactsPerHour,
        Rate senderRequests,
        Rate partnerRequests,
        Rate partnerSignals,
        int watchesPerPartner,
        int watchesPerUser,
        int mostAuthorizations,
        Duration refusalPause,
        Duration requestPause,
        Duration probePause,
        int rebuildsPerSecond,
        int mostUnderWay) {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    static ExchangeSettings of(ExchangeConfig config) {
        return new ExchangeSettings(
                Rate.of(config.partnerMessagesPerSecond(), SECOND, config.partnerMessageBurst()),
                Rate.of(config.senderMessagesPerMinute(), MINUTE, config.senderMessageBurst()),
                config.newContactsPerHour(),
                Rate.of(config.senderRequestsPerMinute(), MINUTE, config.senderRequestsPerMinute()),
                Rate.of(config.partnerRequestsPerMinute(), MINUTE, config.partnerRequestsPerMinute()),
                Rate.of(config.partnerSignalsPerSecond(), SECOND, 10 * config.partnerSignalsPerSecond()),
                config.watchesPerPartner(),
                config.watchesPerUser(),
                config.mostAuthorizations(),
                Duration.ofMinutes(config.refusalPauseMinutes()),
                Duration.ofHours(config.requestPauseHours()),
                Duration.ofSeconds(config.probePauseSeconds()),
                config.rebuildsPerSecond(),
                config.mostUnderWay());
    }
}
