// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal;

import io.drawbridge.lib.jainsip.Timers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that owns the home's state, for messages and timers. */
final class HomeLoop implements Executor, Timers, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HomeLoop.class);
    private static final int STOP_SECONDS = 5;
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, work -> {
        Thread named = new Thread(work, "drawbridge-home");
        named.setDaemon(true);
        return named;
    });

    HomeLoop() {
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        thread.setRejectedExecutionHandler((work, executor) -> LOG.debug("Too late: the home is stopping"));
    }

    @Override
    public void execute(Runnable work) {
        thread.execute(guarded(work));
    }

    @Override
    public Timer after(Duration delay, Runnable work) {
        Future<?> future = thread.schedule(guarded(work), Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    /** Finishes what was handed over already, within a bound; timers that wait are dropped. */
    @Override
    public void close() {
        try {
            thread.submit(() -> {}).get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException late) {
            LOG.warn("The home did not finish in {} s", STOP_SECONDS);
        }
        thread.shutdownNow();
    }

    private static Runnable guarded(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException bug) {
                LOG.error("An error inside the home; see the stack trace", bug);
            }
        };
    }
}
