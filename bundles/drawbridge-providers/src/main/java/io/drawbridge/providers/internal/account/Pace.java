// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.account;

import io.drawbridge.providers.internal.plugin.Time;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Does many things a few at a time, and again a little later what there is no room for. Each waits once only, however often it
 * is asked for: what it means is looked up when its turn comes. Thread-safe; no lock is held while something is done.
 *
 * @param <T> what is done; equal things are the same
 */
final class Pace<T> {
    private static final int AT_ONCE = 50;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Time time;
    private final Predicate<T> action;
    private final Set<T> waiting = new LinkedHashSet<>();
    private Runnable cancel = () -> {};
    private boolean scheduled;

    /**
     * Starts with nothing to do.
     *
     * @param action does one thing; returns false if there is no room for it
     */
    Pace(Time time, Predicate<T> action) {
        this.time = time;
        this.action = action;
    }

    /** Does it before what waits, and only if there is no room for it later. */
    void now(T thing) {
        synchronized (this) {
            waiting.remove(thing);
        }
        if (!action.test(thing)) {
            later(thing);
        }
    }

    /** Does it after a pause. */
    synchronized void later(T thing) {
        waiting.add(thing);
        schedule();
    }

    /** Does the first of them now and the others after pauses; if others wait, all after those. */
    void all(Collection<T> things) {
        boolean isIdle;
        synchronized (this) {
            isIdle = waiting.isEmpty();
            waiting.addAll(things);
        }
        if (isIdle) {
            turn();
        }
    }

    /** Forgets what waits. */
    synchronized void clear() {
        waiting.clear();
        cancel.run();
        scheduled = false;
    }

    private void turn() {
        for (T thing : next()) {
            if (!action.test(thing)) {
                later(thing);
            }
        }
        synchronized (this) {
            cancel.run();
            scheduled = false;
            schedule();
        }
    }

    private synchronized List<T> next() {
        List<T> first = waiting.stream().limit(AT_ONCE).toList();
        first.forEach(waiting::remove);
        return first;
    }

    private void schedule() {
        if (!scheduled && !waiting.isEmpty()) {
            scheduled = true;
            cancel = time.after(PAUSE, this::turn);
        }
    }
}
