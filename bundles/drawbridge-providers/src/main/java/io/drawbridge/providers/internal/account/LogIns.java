// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.account;

import io.drawbridge.providers.internal.plugin.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.IntSupplier;

/**
 * Decides when accounts of a provider may sign in: a token bucket that lets pass, in any minute, no more than the budget,
 * a quarter of it at once. What is left of the budget survives a restart.
 */
public final class LogIns {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    /** What is granted at different moments may reach the network together: so much less is granted than it may see. */
    private static final double KEPT = 0.95;

    private final Time time;
    private final IntSupplier perMinute;
    private final Store store;
    private final Set<Request> waiting = new LinkedHashSet<>();
    private Budget budget;
    private boolean scheduled;

    /** Keeps what is left of the budget. */
    public interface Store {
        /** Returns what was kept; empty if nothing ever was. */
        Optional<Budget> read();

        /** Keeps it; completes, never exceptionally, when it is kept or cannot be. Does not block. */
        CompletionStage<Void> write(Budget budget);
    }

    /**
     * What is left.
     *
     * @param left how many may sign in at once
     * @param at when that was so
     */
    public record Budget(double left, Instant at) {}

    /** One that waits for its turn; equal to itself only. */
    private static final class Request {
        private final Runnable grant;
        private boolean withdrawn;

        Request(Runnable grant) {
            this.grant = grant;
        }
    }

    /**
     * Starts with what was left.
     *
     * @param perMinute the budget
     */
    public LogIns(Time time, IntSupplier perMinute, Store store) {
        this.time = time;
        this.perMinute = perMinute;
        this.store = store;
        budget = store.read().orElseGet(() -> new Budget(atOnce(), time.instant()));
    }

    /**
     * Asks to sign in.
     *
     * @param grant runs once when it may be, soon or later, on another thread
     * @return runs to take the question back; what was not granted by then is not granted any more
     */
    public Runnable request(Runnable grant) {
        Request request = new Request(grant);
        synchronized (this) {
            waiting.add(request);
        }
        // Not here: whoever asks may hold a lock, and a turn may be another's.
        time.after(Duration.ZERO, this::serve);
        return () -> withdraw(request);
    }

    private synchronized void withdraw(Request request) {
        waiting.remove(request);
        request.withdrawn = true;
    }

    /** Returns how many wait for their turn. */
    public synchronized int waiting() {
        return waiting.size();
    }

    /** Returns when somebody who asks now has his turn, unless others give theirs up. */
    public synchronized Instant nextTurn() {
        refill();
        double missing = Math.max(0, waiting.size() + 1 - budget.left());
        return budget.at().plusMillis((long) (missing / perMilli()));
    }

    private void serve() {
        List<Request> granted = grantable();
        if (!granted.isEmpty()) {
            // Before anybody signs in: what a crash would forget is spent already.
            store.write(left()).thenRun(() -> time.after(Duration.ZERO, () -> granted.forEach(this::grant)));
        }
    }

    private void grant(Request request) {
        if (isWanted(request)) {
            request.grant.run();
        } else {
            // Whoever waits meanwhile may have its turn.
            serve();
        }
    }

    /** Puts back what was taken for somebody who took the question back before it was written that he signs in. */
    private synchronized boolean isWanted(Request request) {
        if (request.withdrawn) {
            budget = new Budget(Math.min(atOnce(), budget.left() + 1), budget.at());
        }
        return !request.withdrawn;
    }

    private synchronized Budget left() {
        return budget;
    }

    private synchronized List<Request> grantable() {
        refill();
        List<Request> granted = new ArrayList<>();
        var rest = waiting.iterator();
        while (budget.left() >= 1 && rest.hasNext()) {
            granted.add(rest.next());
            rest.remove();
            budget = new Budget(budget.left() - 1, budget.at());
        }
        if (!waiting.isEmpty() && !scheduled) {
            scheduled = true;
            time.after(Duration.ofMillis(1 + (long) ((1 - budget.left()) / perMilli())), this::due);
        }
        return granted;
    }

    private void due() {
        synchronized (this) {
            scheduled = false;
        }
        serve();
    }

    /** A clock that was set back refills nothing. */
    private void refill() {
        Instant now = time.instant();
        double elapsed = Math.max(0, Duration.between(budget.at(), now).toMillis());
        budget = new Budget(Math.min(atOnce(), budget.left() + elapsed * perMilli()), now);
    }

    private int atOnce() {
        return 1 + perMinute.getAsInt() / 4;
    }

    private double perMilli() {
        int most = perMinute.getAsInt();
        return (most * KEPT - (atOnce() - 1)) / MINUTE.toMillis();
    }
}
