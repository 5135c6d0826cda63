// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.ledger;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What waits to be written: what somebody waits for, in its order, and what may be late, of which only the newest about
 * each thing counts. Both are bounded. Thread-safe; one thread takes.
 */
final class WriteQueue {
    private static final int MOST_URGENT = 10_000;
    private static final int MOST_LATE = 100_000;
    private static final int MOST_AT_ONCE = 500;
    private static final Duration LATE = Duration.ofSeconds(1);
    private static final Write NOTHING = tables -> {};

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition something = lock.newCondition();
    private final Queue<Urgent> urgent = new ArrayDeque<>();
    private final Map<Object, Write> late = new LinkedHashMap<>();
    private Database next;
    private boolean closed;

    /** One change of the tables. */
    interface Write {
        /** Writes it. */
        void to(LedgerTables tables) throws SQLException;
    }

    /** Adds what somebody waits for; what is late about the same thing is older, and counts no more. */
    CompletionStage<Void> now(Object key, Write write) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        lock.lock();
        try {
            if (!closed && urgent.size() < MOST_URGENT) {
                late.remove(key);
                urgent.add(new Urgent(key, write, done));
                something.signal();
                return done;
            }
        } finally {
            lock.unlock();
        }
        done.completeExceptionally(new LedgerFailure("too much waits for the ledger", null));
        return done;
    }

    /** Completes once all that somebody waits for by now was written or has failed, normally or not. */
    CompletionStage<Void> passed() {
        return now(NOTHING, NOTHING);
    }

    /** Adds what may be late, unless there is too much of it. */
    void later(Object key, Write write) {
        lock.lock();
        try {
            if (!closed && (late.size() < MOST_LATE || late.containsKey(key))) {
                late.put(key, write);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Tells the taker to go over to another database. */
    void moveTo(Database database) {
        lock.lock();
        try {
            next = database;
            something.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing more; the taker gets what waits, and then the last batch. */
    void close() {
        lock.lock();
        try {
            closed = true;
            something.signal();
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return urgent.size() + late.size();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for something to write, for a second at most, and takes it. */
    Batch take() throws InterruptedException {
        lock.lock();
        try {
            long remaining = LATE.toNanos();
            while (urgent.isEmpty() && next == null && !closed && remaining > 0) {
                remaining = something.awaitNanos(remaining);
            }
            Optional<Database> database = Optional.ofNullable(next);
            next = null;
            List<Urgent> first = new ArrayList<>();
            while (!urgent.isEmpty() && first.size() < MOST_AT_ONCE) {
                first.add(urgent.poll());
            }
            Map<Object, Write> rest = new LinkedHashMap<>();
            Iterator<Map.Entry<Object, Write>> waiting = late.entrySet().iterator();
            while (waiting.hasNext() && rest.size() < MOST_AT_ONCE) {
                Map.Entry<Object, Write> entry = waiting.next();
                rest.put(entry.getKey(), entry.getValue());
                waiting.remove();
            }
            return new Batch(database, first, rest, closed && first.isEmpty() && rest.isEmpty());
        } finally {
            lock.unlock();
        }
    }

    /** Keeps what may be late for another time, unless something newer came about the same thing. */
    void putBack(Batch batch) {
        lock.lock();
        try {
            if (!closed) {
                Set<Object> newer = urgent.stream().map(Urgent::key).collect(Collectors.toSet());
                batch.late.forEach((key, write) -> {
                    if (!newer.contains(key)) {
                        late.putIfAbsent(key, write);
                    }
                });
            }
        } finally {
            lock.unlock();
        }
    }

    private record Urgent(Object key, Write write, CompletableFuture<Void> done) {}

    /** What is written together. */
    static final class Batch {
        private final Optional<Database> database;
        private final List<Urgent> urgent;
        private final Map<Object, Write> late;
        private final boolean last;

        private Batch(Optional<Database> database, List<Urgent> urgent, Map<Object, Write> late, boolean last) {
            this.database = database;
            this.urgent = urgent;
            this.late = late;
            this.last = last;
        }

        /** Returns the database to go over to first. */
        Optional<Database> database() {
            return database;
        }

        /** Returns what to write, in order: what is late is newer than what is urgent about the same thing. */
        List<Write> writes() {
            List<Write> writes = new ArrayList<>(urgent.size() + late.size());
            changes().forEach(waiting -> writes.add(waiting.write));
            writes.addAll(late.values());
            return writes;
        }

        /** Returns each change by itself, in the same order. */
        List<Batch> single() {
            List<Batch> single = new ArrayList<>(urgent.size() + late.size());
            urgent.forEach(one -> single.add(new Batch(Optional.empty(), List.of(one), Map.of(), false)));
            late.forEach((key, write) -> single.add(new Batch(Optional.empty(), List.of(), Map.of(key, write), false)));
            return single;
        }

        int urgent() {
            return (int) changes().count();
        }

        private Stream<Urgent> changes() {
            return urgent.stream().filter(waiting -> waiting.write != NOTHING);
        }

        boolean isEmpty() {
            return urgent.isEmpty() && late.isEmpty();
        }

        boolean isLast() {
            return last;
        }

        void done() {
            urgent.forEach(waiting -> waiting.done.complete(null));
        }

        void fail(LedgerFailure failure) {
            urgent.forEach(waiting -> waiting.done.completeExceptionally(failure));
        }
    }
}
