// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.plugin;

import java.util.ArrayDeque;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is to be done for one account, one after another on the plug-in's threads. Bounded; thread-safe. */
public final class Lane {
    /** How much may wait. */
    public static final int MOST = 1000;

    private static final int TURN = 16;
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    private final PluginThreads threads;
    private final Queue<Runnable> queue = new ArrayDeque<>();
    private boolean running;

    Lane(PluginThreads threads) {
        this.threads = threads;
    }

    /** Adds something; returns false if too much waits, or the threads have ended. */
    public boolean offer(Runnable task) {
        return add(task, MOST);
    }

    /** Adds something that must be done, however much waits; returns false if the threads have ended. */
    public boolean insist(Runnable task) {
        return add(task, Integer.MAX_VALUE);
    }

    private boolean add(Runnable task, int most) {
        synchronized (this) {
            if (queue.size() >= most) {
                return false;
            }
            queue.add(task);
            if (running) {
                return true;
            }
            running = true;
        }
        return threads.execute(this::turn);
    }

    /** Does a few and lets others have a turn. */
    private void turn() {
        for (int i = 0; i < TURN; i++) {
            Runnable task;
            synchronized (this) {
                task = queue.poll();
                if (task == null) {
                    running = false;
                    return;
                }
            }
            run(task);
        }
        threads.execute(this::turn);
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | AssertionError | LinkageError bug) {
            LOG.error("What was to be done for an account failed", bug);
        }
    }
}
