// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import io.drawbridge.lib.jainsip.Timers;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that owns the user agent's state, for messages, events and timers. */
final class AgentLoop implements Executor, Timers {
    private static final Logger LOG = LoggerFactory.getLogger(AgentLoop.class);
    private final EventExecutor executor;

    AgentLoop(EventExecutor executor) {
        this.executor = executor;
    }

    @Override
    public void execute(Runnable work) {
        executor.execute(guarded(work));
    }

    @Override
    public Timer after(Duration delay, Runnable work) {
        Future<?> future = executor.schedule(guarded(work), Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    private static Runnable guarded(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException bug) {
                LOG.error("an error inside the gateway's user agent", bug);
            }
        };
    }
}
