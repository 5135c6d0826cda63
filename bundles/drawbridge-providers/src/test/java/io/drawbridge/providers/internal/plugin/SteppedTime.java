// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.plugin;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Time that passes when a test says so; what is due runs on the thread that lets it pass. */
public final class SteppedTime implements Time {
    private final List<Due> dues = new ArrayList<>();
    private Instant now = Instant.parse("2026-05-04T10:00:00Z");
    private Duration setBack = Duration.ZERO;
    private long number;
    private Runnable whenAsked = () -> {};

    private record Due(Instant at, long number, Runnable task) {}

    @Override
    public synchronized Runnable after(Duration delay, Runnable task) {
        Due due = new Due(now.plus(delay), number++, task);
        dues.add(due);
        return () -> cancel(due);
    }

    private synchronized void cancel(Due due) {
        dues.remove(due);
    }

    /** Has something happen in the moment somebody asks for the time, once. */
    public synchronized void whenAsked(Runnable happening) {
        whenAsked = happening;
    }

    @Override
    public Instant instant() {
        Runnable happening;
        synchronized (this) {
            happening = whenAsked;
            whenAsked = () -> {};
        }
        happening.run();
        synchronized (this) {
            return now.minus(setBack);
        }
    }

    /** Sets the clock back; what is due stays due when it was. */
    public synchronized void setBack(Duration duration) {
        setBack = setBack.plus(duration);
    }

    private synchronized Instant after(Duration duration) {
        return now.plus(duration);
    }

    /** Returns the nanoseconds since some moment. */
    public synchronized long nanoTime() {
        return Duration.between(Instant.EPOCH, now).toNanos();
    }

    /** Runs what is due by now. */
    public void settle() {
        pass(Duration.ZERO);
    }

    /** Lets time pass, and runs what becomes due in its order. */
    public void pass(Duration duration) {
        Instant end = after(duration);
        for (Due next = next(end); next != null; next = next(end)) {
            next.task.run();
        }
        synchronized (this) {
            now = end;
        }
    }

    private synchronized Due next(Instant end) {
        Due first = dues.stream()
                .min(Comparator.comparing(Due::at).thenComparing(Due::number))
                .filter(due -> !due.at().isAfter(end))
                .orElse(null);
        if (first != null) {
            dues.remove(first);
            now = first.at().isAfter(now) ? first.at() : now;
        }
        return first;
    }
}
