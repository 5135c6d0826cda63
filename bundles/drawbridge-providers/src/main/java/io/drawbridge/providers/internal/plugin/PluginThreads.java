// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.plugin;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** The few threads on which all code of one plug-in runs, and a watch over calls that do not return. */
public final class PluginThreads implements AutoCloseable {
    private final ThreadPoolExecutor pool;
    private final Conduct conduct;
    private final LongSupplier nanoTime;
    private final Set<Call> running = ConcurrentHashMap.newKeySet();
    private boolean stuck;

    /**
     * Starts no thread until there is something to do.
     *
     * @param provider names the threads
     * @param classes the plug-in's; its libraries look for theirs there, and by it the threads that it starts are known
     * @param most how many threads
     * @param conduct hears of calls that block or throw
     */
    public PluginThreads(String provider, ClassLoader classes, int most, Conduct conduct, LongSupplier nanoTime) {
        this.conduct = conduct;
        this.nanoTime = nanoTime;
        AtomicInteger number = new AtomicInteger();
        // Bounded by the lanes: each is here once at most.
        pool = new ThreadPoolExecutor(most, most, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "drawbridge-provider-" + provider + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            thread.setContextClassLoader(classes);
            return thread;
        });
        pool.allowCoreThreadTimeOut(true);
    }

    /** Runs something of the host's on these threads; returns false if they have ended. */
    boolean execute(Runnable task) {
        try {
            pool.execute(task);
            return true;
        } catch (RejectedExecutionException ended) {
            return false;
        }
    }

    /** Returns a lane of its own for an account. */
    public Lane lane() {
        return new Lane(this);
    }

    /**
     * Calls the plug-in and sees to it that it returns; to be used on these threads.
     *
     * @param what names the call, for people
     * @param longest how long it may take
     * @return whether it returned and did not throw
     */
    public boolean call(String what, Duration longest, Runnable body) {
        Call call = new Call(what, nanoTime.getAsLong() + longest.toNanos(), new AtomicBoolean());
        running.add(call);
        // A future takes whatever a vendor's code throws, errors and undeclared exceptions too.
        FutureTask<Void> done = new FutureTask<>(body, null);
        try {
            done.run();
            done.get();
            return true;
        } catch (ExecutionException | InterruptedException thrown) {
            conduct.note(Misbehaviour.THREW, what, thrown.getCause());
            return false;
        } finally {
            running.remove(call);
            judge(call);
        }
    }

    /** Notes calls that should have returned, and when nothing runs any more; to be called about every second. */
    public void watch() {
        running.forEach(this::judge);
        long blocked = running.stream().filter(this::isLate).count();
        boolean isStuck = blocked >= pool.getMaximumPoolSize();
        if (isStuck && !stuck) {
            conduct.note(
                    Misbehaviour.STUCK,
                    running.stream().map(Call::what).sorted().collect(Collectors.joining("; ")));
        }
        stuck = isStuck;
    }

    /** Changes how many threads there are; calls that run go on. */
    public void resize(int most) {
        // In this order: the core is never larger than the whole.
        pool.setCorePoolSize(Math.min(most, pool.getCorePoolSize()));
        pool.setMaximumPoolSize(most);
        pool.setCorePoolSize(most);
    }

    /** Returns whether nothing new begins any more; calls may still run. */
    boolean areClosed() {
        return pool.isShutdown();
    }

    /** Returns whether every thread has ended; only ever after {@link #close}. */
    public boolean haveEnded() {
        return pool.isTerminated();
    }

    private boolean isLate(Call call) {
        return nanoTime.getAsLong() - call.until() > 0;
    }

    private void judge(Call call) {
        if (isLate(call) && call.noted().compareAndSet(false, true)) {
            conduct.note(Misbehaviour.BLOCKED, call.what());
        }
    }

    /** Ends the threads; calls that have not returned are interrupted. */
    @Override
    public void close() {
        pool.shutdownNow();
    }

    /** A call that has not returned. Two are never equal: {@code noted} is an object of its own. */
    private record Call(String what, long until, AtomicBoolean noted) {}
}
