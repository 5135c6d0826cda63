// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.connector;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The addresses of a destination that failed lately and are better tried last (RFC 3263 section 4.3). Thread-safe. */
final class FailedTargets {
    private static final int MOST = 64;

    private final Supplier<BackOff> backOff;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Map<InetSocketAddress, Rest> rests = new HashMap<>();

    FailedTargets(Supplier<BackOff> backOff, InstantSource clock, RandomGenerator random) {
        this.backOff = backOff;
        this.clock = clock;
        this.random = random;
    }

    private record Rest(int failures, Instant until) {}

    synchronized boolean rests(InetSocketAddress address) {
        Rest rest = rests.get(address);
        return rest != null && clock.instant().isBefore(rest.until);
    }

    synchronized void avoid(InetSocketAddress address, Duration howLong) {
        rests.put(address, new Rest(0, clock.instant().plus(howLong)));
        forgetBeyondBound();
    }

    synchronized void failed(InetSocketAddress address) {
        Rest before = rests.get(address);
        int failures = before == null ? 1 : before.failures + 1;
        rests.put(address, new Rest(failures, clock.instant().plus(backOff.get().after(failures, random))));
        forgetBeyondBound();
    }

    synchronized void succeeded(InetSocketAddress address) {
        rests.remove(address);
    }

    private void forgetBeyondBound() {
        if (rests.size() > MOST) {
            rests.entrySet().stream()
                    .min(Comparator.comparing(entry -> entry.getValue().until))
                    .ifPresent(first -> rests.remove(first.getKey()));
        }
    }
}
