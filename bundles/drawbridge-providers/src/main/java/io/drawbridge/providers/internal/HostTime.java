// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal;

import io.drawbridge.providers.internal.plugin.Time;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The real time, and the host's one thread. */
public final class HostTime implements Time, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HostTime.class);

    private final Clock clock = Clock.systemUTC();
    private final ScheduledThreadPoolExecutor thread =
            new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "drawbridge-providers"));

    /** Starts the thread with its first task. */
    public HostTime() {
        thread.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Runnable after(Duration delay, Runnable task) {
        try {
            Future<?> due = thread.schedule(() -> guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> due.cancel(false);
        } catch (RejectedExecutionException ended) {
            return () -> {};
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException bug) {
            LOG.error("A task of the host of providers failed", bug);
        }
    }

    @Override
    public Instant instant() {
        return clock.instant();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
