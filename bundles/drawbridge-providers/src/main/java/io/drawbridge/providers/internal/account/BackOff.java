// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.account;

import io.drawbridge.api.provider.AccountStatus;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long an account rests before it tries to sign in again: ever longer, with chance, so that many do not come at once. */
final class BackOff {
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final int MOST_DOUBLINGS = 10;

    private final RandomGenerator random;
    private int failures;

    BackOff(RandomGenerator random) {
        this.random = random;
    }

    /** Returns how long to rest after the account said so. */
    Duration rest(AccountStatus why) {
        Duration longest = FIRST.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        failures++;
        Duration chance = longest.compareTo(LONGEST) < 0 ? longest : LONGEST;
        Duration least =
                switch (why) {
                    case THROTTLED -> Duration.ofHours(1);
                    case REPLACED -> Duration.ofMinutes(10);
                    default -> chance.dividedBy(2);
                };
        return least.plusMillis(random.nextLong(chance.dividedBy(2).toMillis() + 1));
    }

    void succeeded() {
        failures = 0;
    }
}
