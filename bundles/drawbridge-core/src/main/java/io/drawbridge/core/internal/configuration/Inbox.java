// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.configuration;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Collects changes of configuration, which come in bursts when the appliance starts or a topology is published, and
 * hands them on together: once none came for a while, or the first one has waited long enough. Thread-safe.
 */
public final class Inbox {
    private static final Duration QUIET = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final InstantSource clock;
    private final Timer timer;
    private final Consumer<Map<String, Optional<Map<String, Object>>>> receiver;

    private Map<String, Optional<Map<String, Object>>> waiting = new HashMap<>();
    private Instant first = Instant.MIN;
    private Instant last = Instant.MIN;

    /** Runs something later, on the one thread that applies configuration. */
    public interface Timer {
        /** Runs {@code task} after {@code delay}. */
        void after(Duration delay, Runnable task);
    }

    /**
     * Starts empty.
     *
     * @param receiver gets the collected changes by PID, each the newest of its PID, on the timer's thread
     */
    public Inbox(InstantSource clock, Timer timer, Consumer<Map<String, Optional<Map<String, Object>>>> receiver) {
        this.clock = clock;
        this.timer = timer;
        this.receiver = receiver;
    }

    /** Takes the new properties of a PID, or empty for a deletion. */
    public void offer(String pid, Optional<Map<String, Object>> properties) {
        Instant now = clock.instant();
        synchronized (this) {
            boolean idle = waiting.isEmpty();
            waiting.put(pid, properties);
            last = now;
            if (!idle) {
                return;
            }
            first = now;
        }
        timer.after(QUIET, this::handOn);
    }

    private void handOn() {
        Map<String, Optional<Map<String, Object>>> changes;
        Duration rest;
        synchronized (this) {
            rest = rest(clock.instant());
            changes = waiting;
            if (rest.isZero()) {
                waiting = new HashMap<>();
            }
        }
        if (rest.isZero()) {
            receiver.accept(changes);
        } else {
            timer.after(rest, this::handOn);
        }
    }

    /** Returns how long to wait still; a clock that was set back ends the waiting. */
    private Duration rest(Instant now) {
        Instant due = min(last.plus(QUIET), first.plus(LONGEST));
        return now.isBefore(due) && !now.isBefore(first) ? Duration.between(now, due) : Duration.ZERO;
    }

    private static Instant min(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
