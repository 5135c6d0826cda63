// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.plugin;

import java.util.ArrayDeque;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be done for one account, one after another on the plug-in's threads. Bounded; thread-safe. Whoever adds something
 * after the threads have ended is told so; what waited when they ended is not done any more.
 */
public final class Lane {
    /** How much may wait. */
    public static final int MOST = 1000;

    /** How many characters of text what waits may hold. */
    static final int MOST_CHARACTERS = 1 << 20;

    private static final int TURN = 16;
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    private final PluginThreads threads;
    private final Queue<Task> queue = new ArrayDeque<>();
    private int characters;
    private boolean running;

    /** Something to do, and how much text it holds. */
    private record Task(Runnable body, int characters) {}

    Lane(PluginThreads threads) {
        this.threads = threads;
    }

    /** Adds something; returns false if too much waits, or the threads have ended. */
    public boolean offer(Runnable task) {
        return offer(task, 0);
    }

    /** Adds something that holds so many characters of text; returns false if too much waits, or the threads have ended. */
    public boolean offer(Runnable task, int length) {
        return add(new Task(task, length), MOST, MOST_CHARACTERS);
    }

    /** Adds something that must be done, however much waits; returns false if the threads have ended. */
    public boolean insist(Runnable task) {
        return add(new Task(task, 0), Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    private boolean add(Task task, int most, int mostCharacters) {
        if (threads.areClosed()) {
            return false;
        }
        synchronized (this) {
            boolean isTooLong = !queue.isEmpty() && characters > mostCharacters - task.characters();
            if (queue.size() >= most || isTooLong) {
                return false;
            }
            queue.add(task);
            characters += task.characters();
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
            Task task;
            synchronized (this) {
                task = queue.poll();
                if (task == null) {
                    running = false;
                    return;
                }
                characters -= task.characters();
            }
            run(task.body());
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
