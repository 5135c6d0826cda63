// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.loops;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads beside the event loops: one for upkeep, which opens and closes listeners and reads files one thing after
 * the other, and a bounded pool for the parts of handshakes that take time or wait for somebody.
 */
@Component(service = Workers.class)
public final class Workers implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Workers.class);
    private static final int HANDSHAKE_THREADS = 16;
    private static final int WAITING_HANDSHAKES = 2_000;
    private static final int IDLE_SECONDS = 30;

    private final ScheduledThreadPoolExecutor upkeep =
            new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory("drawbridge-upkeep", true));
    private final ThreadPoolExecutor handshakes = new ThreadPoolExecutor(
            HANDSHAKE_THREADS,
            HANDSHAKE_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_HANDSHAKES),
            new DefaultThreadFactory("drawbridge-handshake", true));

    /** Starts no thread before it is needed. */
    @Activate
    public Workers() {
        upkeep.setRemoveOnCancelPolicy(true);
        handshakes.allowCoreThreadTimeOut(true);
    }

    /** Runs the tasks of handshakes; refuses with {@link RejectedExecutionException} when too many wait. */
    public Executor handshakes() {
        return handshakes;
    }

    /** Runs a task soon, after those given before it. A failure is logged. */
    public void soon(Runnable task) {
        upkeep.execute(guarded(task));
    }

    /** Runs a task again and again; a failure is logged and does not end it. */
    public ScheduledFuture<?> every(Duration period, Runnable task) {
        return upkeep.scheduleWithFixedDelay(guarded(task), 0, period.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Deactivate
    @Override
    public void close() {
        upkeep.shutdownNow();
        handshakes.shutdownNow();
    }

    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException bug) {
                log.error("Upkeep failed; it goes on with the next turn", bug);
            }
        };
    }
}
