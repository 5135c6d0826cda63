// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.registrar;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows down guessing of passwords: after a few failures of one user name from one address every further attempt waits
 * longer. The name counts whether there is such a user or not.
 */
final class Brake {
    private static final int FREE_FAILURES = 5;
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int REMEMBERED = 10_000;
    private final InstantSource clock;
    private final Map<String, Failures> failures = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > REMEMBERED;
        }
    };

    Brake(InstantSource clock) {
        this.clock = clock;
    }

    /** Returns how long to wait before the next attempt; zero if it may be made now. */
    Duration wait(String user, String address) {
        Failures known = failures.get(key(user, address));
        Instant now = clock.instant();
        return known == null || !known.until.isAfter(now) ? Duration.ZERO : Duration.between(now, known.until);
    }

    void failed(String user, String address) {
        Failures known = failures.getOrDefault(key(user, address), new Failures(0, Instant.EPOCH));
        int count = known.count + 1;
        Duration pause = Duration.ofSeconds(1L << Math.min(Math.max(count - FREE_FAILURES, 0), 20));
        Duration bounded = pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
        Instant until = count < FREE_FAILURES ? Instant.EPOCH : clock.instant().plus(bounded);
        failures.put(key(user, address), new Failures(count, until));
    }

    void succeeded(String user, String address) {
        failures.remove(key(user, address));
    }

    private static String key(String user, String address) {
        return user + "|" + address;
    }

    private record Failures(int count, Instant until) {}
}
