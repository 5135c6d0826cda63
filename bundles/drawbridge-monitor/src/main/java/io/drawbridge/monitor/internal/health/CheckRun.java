// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.health;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;

/** A registered check and its latest run, of which there is one at a time. */
final class CheckRun {
    private final String name;
    private final Set<String> tags;
    private final Supplier<HealthCheck> take;
    private final Executor threads;
    private volatile HealthCheck check;
    private CompletableFuture<Result> latest;
    private long started;

    CheckRun(String name, Set<String> tags, Supplier<HealthCheck> take, Executor threads) {
        this.name = name;
        this.tags = tags;
        this.take = take;
        this.threads = threads;
    }

    String name() {
        return name;
    }

    Set<String> tags() {
        return tags;
    }

    /** Starts a run, unless one is under way or the last one is younger than {@code fresh}. */
    synchronized void start(long nanoTime, Duration fresh) {
        if (latest == null || (latest.isDone() && nanoTime - started >= fresh.toNanos())) {
            started = nanoTime;
            latest = CompletableFuture.supplyAsync(this::run, threads);
        }
    }

    /** Returns whether the check was taken from the registry. */
    boolean taken() {
        return check != null;
    }

    private Result run() {
        HealthCheck known = check;
        if (known == null) {
            known = take.get();
            check = known;
        }
        return known == null ? new Result(Result.Status.CRITICAL, "the check is gone") : known.execute();
    }

    /** Returns the latest run, done or not. */
    synchronized Future<Result> answer() {
        return latest;
    }
}
