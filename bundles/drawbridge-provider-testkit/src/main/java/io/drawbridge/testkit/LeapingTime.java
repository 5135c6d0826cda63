// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import io.drawbridge.providers.internal.plugin.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Time as it passes, and leaps where a contract has no patience. On a machine that stalls it stalls too, so that a limit is
 * broken by a plug-in only and never by a busy machine. What is due runs on one thread, as in the appliance.
 */
final class LeapingTime implements Time, AutoCloseable {
    /** So much passes at most between two looks at the clock, however long the machine was away. */
    private static final long STEP_NANOS = 50_000_000;

    private static final long LOOK_MILLIS = 10;

    private final Instant start = Instant.now();
    private final PriorityQueue<Due> dues =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::number));
    private final Thread thread = new Thread(this::run, "drawbridge-testkit-time");
    private long looked = System.nanoTime();
    private long passed;
    private long leapt;
    private long number;
    private boolean closed;

    private record Due(long at, long number, Runnable task) {}

    LeapingTime() {
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public synchronized Runnable after(Duration delay, Runnable task) {
        Due due = new Due(passed + leapt + Math.max(0, delay.toNanos()), number++, task);
        dues.add(due);
        notifyAll();
        return () -> cancel(due);
    }

    private synchronized void cancel(Due due) {
        dues.remove(due);
    }

    @Override
    public synchronized Instant instant() {
        return start.plusNanos(passed + leapt);
    }

    /** Returns the nanoseconds that passed by themselves. */
    synchronized long nanoTime() {
        return passed;
    }

    /** Waits for something, so long at most; returns whether it came about. */
    boolean comes(Duration longest, BooleanSupplier condition) {
        long deadline = nanoTime() + longest.toNanos();
        while (!condition.getAsBoolean()) {
            if (nanoTime() - deadline > 0) {
                return false;
            }
            LockSupport.parkNanos(1_000_000);
        }
        return true;
    }

    /** Waits until what is due at this moment has run. */
    void settle() throws InterruptedException {
        CountDownLatch settled = new CountDownLatch(1);
        after(Duration.ZERO, settled::countDown);
        settled.await();
    }

    /** Lets time pass at once. */
    synchronized void leap(Duration duration) {
        leapt += duration.toNanos();
        notifyAll();
    }

    private void run() {
        try {
            for (Runnable task = next(); task != null; task = next()) {
                task.run();
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Runnable next() throws InterruptedException {
        while (!closed) {
            long now = System.nanoTime();
            passed += Math.min(now - looked, STEP_NANOS);
            looked = now;
            Due first = dues.peek();
            if (first != null && first.at() <= passed + leapt) {
                return dues.poll().task();
            }
            wait(LOOK_MILLIS);
        }
        return null;
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
