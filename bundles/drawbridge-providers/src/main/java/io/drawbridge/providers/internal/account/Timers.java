// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.account;

import io.drawbridge.providers.internal.plugin.Lane;
import io.drawbridge.providers.internal.plugin.Time;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The timers of one account in one plug-in, so many at most. What is due is done on the account's lane however much waits
 * there: it counts until its turn comes, also if it is cancelled meanwhile. Thread-safe.
 */
final class Timers {
    private static final int MOST = 1000;

    private final Time time;
    private final Lane lane;
    private final Consumer<Runnable> work;
    private final Set<PluginTimer> running = ConcurrentHashMap.newKeySet();

    /**
     * Starts without timers.
     *
     * @param work does what is due, on the lane
     */
    Timers(Time time, Lane lane, Consumer<Runnable> work) {
        this.time = time;
        this.lane = lane;
        this.work = work;
    }

    /** Starts a timer; returns what cancels it, or empty if there are too many. */
    Optional<Runnable> start(Duration delay, Runnable task) {
        if (running.size() >= MOST) {
            return Optional.empty();
        }
        PluginTimer timer = new PluginTimer(task);
        running.add(timer);
        timer.start(delay);
        return Optional.of(timer::cancel);
    }

    /** Cancels all. */
    void cancel() {
        running.forEach(PluginTimer::cancel);
        running.clear();
    }

    /** One of them. */
    private final class PluginTimer {
        private final Runnable task;
        private Runnable disarm = () -> {};
        private boolean isDue;
        private boolean isCancelled;

        PluginTimer(Runnable task) {
            this.task = task;
        }

        synchronized void start(Duration delay) {
            disarm = time.after(delay, this::due);
        }

        private void due() {
            synchronized (this) {
                isDue = true;
            }
            if (!lane.insist(this::turn)) {
                running.remove(this);
            }
        }

        private void turn() {
            boolean isWanted;
            synchronized (this) {
                isWanted = !isCancelled;
            }
            running.remove(this);
            if (isWanted) {
                work.accept(task);
            }
        }

        synchronized void cancel() {
            isCancelled = true;
            disarm.run();
            if (!isDue) {
                running.remove(this);
            }
        }
    }
}
