// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.provider.AccountStatus;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BackOffTest {
    private final BackOff backOff = new BackOff(new Random(1));

    private Duration rest() {
        return backOff.rest(AccountStatus.DISCONNECTED);
    }

    @Test
    void theFirstRestIsSecondsAndEachAfterItAtMostTwiceAsLongUpToAQuarterOfAnHour() {
        long longest = 5_000;
        for (int i = 0; i < 20; i++) {
            assertThat(rest().toMillis()).isBetween(longest / 2, longest);
            longest = Math.min(longest * 2, Duration.ofMinutes(15).toMillis());
        }
    }

    @Test
    void afterASuccessItBeginsAnew() {
        for (int i = 0; i < 10; i++) {
            rest();
        }
        backOff.succeeded();
        assertThat(rest()).isLessThanOrEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void whoAsksForPatienceGetsAnHourAndWhoWasReplacedTenMinutes() {
        assertThat(backOff.rest(AccountStatus.THROTTLED)).isGreaterThanOrEqualTo(Duration.ofHours(1));
        assertThat(backOff.rest(AccountStatus.REPLACED)).isGreaterThanOrEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void chanceKeepsManyFromComingAtOnce() {
        long different = new Random(2)
                .ints(100)
                .mapToObj(seed -> new BackOff(new Random(seed)).rest(AccountStatus.DISCONNECTED))
                .distinct()
                .count();
        assertThat(different).isGreaterThan(80);
    }
}
