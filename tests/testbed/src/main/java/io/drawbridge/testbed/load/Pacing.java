// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed.load;

import io.drawbridge.testbed.Eventually;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * When messages are sent, either so many at a time or so many a second, and what became of each. What happens to messages is
 * told on the event loop; phases are run from any other thread.
 */
final class Pacing {
    private static final Duration SETTLING = Duration.ofSeconds(10);
    private static final long TICK = TimeUnit.MICROSECONDS.toNanos(500);

    private final EventLoop loop;
    private final IntConsumer sender;
    private final LongSupplier disconnects;
    private final Duration deadline;
    private final TransactionTable transactions;
    private Phase phase = Phase.IDLE;
    private Running running = new Running(null, 0, 0);

    /**
     * The phase that runs.
     *
     * @param ticking what ends with it; null if nothing ticks
     * @param start when it began
     * @param disconnects how many connections had been lost before
     */
    private record Running(ScheduledFuture<?> ticking, long start, long disconnects) {}

    /** What happens when a transaction has ended. */
    private interface Phase {
        Phase IDLE = () -> {};

        void ended();
    }

    /**
     * Begins with nothing sent.
     *
     * @param loop everything happens on
     * @param deadline how long a transaction may take; a phase waits that long for the last ones
     * @param whole what a transaction consists of, as in {@link TransactionTable}
     * @param sender sends the message of a number
     * @param disconnects connections lost so far
     */
    Pacing(EventLoop loop, Duration deadline, int whole, IntConsumer sender, LongSupplier disconnects) {
        this.loop = loop;
        this.sender = sender;
        this.disconnects = disconnects;
        this.deadline = deadline;
        transactions = new TransactionTable(deadline, whole);
    }

    /** A message came to whom it is for. */
    void arrived(int number) {
        happened(number, TransactionTable.ARRIVED, true);
    }

    /** A message was answered. */
    void answered(int number, boolean success) {
        happened(number, TransactionTable.ANSWERED, success);
    }

    /** A message came back to its sender. */
    void returned(int number) {
        happened(number, TransactionTable.ARRIVED, false);
    }

    private void happened(int number, byte what, boolean success) {
        if (transactions.end(number, what, success, System.nanoTime())) {
            phase.ended();
        }
    }

    /** Keeps so many transactions under way for a time; shows what the target can do at most. */
    LoadResult keep(int underWay, Duration time) {
        return run(time, () -> {
            phase = () -> send(System.nanoTime());
            for (int i = 0; i < underWay; i++) {
                send(System.nanoTime());
            }
            return null;
        });
    }

    /** Sends so many messages a second for a time, whatever becomes of them. */
    LoadResult offer(double perSecond, Duration time) {
        return run(time, () -> tick(perSecond, time.toNanos()));
    }

    /** Begins to send so many messages a second, whatever becomes of them. */
    void start(double perSecond) {
        begin(() -> tick(perSecond, Long.MAX_VALUE));
    }

    /** Ends what was begun with {@link #start}, and returns what became of the messages. */
    LoadResult stop() {
        return finish();
    }

    private ScheduledFuture<?> tick(double perSecond, long nanos) {
        return loop.scheduleAtFixedRate(new Tick(System.nanoTime(), perSecond, nanos), 0, TICK, TimeUnit.NANOSECONDS);
    }

    /** How a phase begins; what it returns is cancelled at its end. */
    private interface Beginning {
        ScheduledFuture<?> begin();
    }

    private LoadResult run(Duration time, Beginning beginning) {
        begin(beginning);
        Eventually.elapse(time);
        return finish();
    }

    private void begin(Beginning beginning) {
        // A target that was overloaded answers what it still has, so that the next phase finds it idle.
        drain(SETTLING);
        long disconnectsBefore = on(loop, disconnects::getAsLong);
        long start = System.nanoTime();
        running = new Running(
                on(loop, () -> {
                    transactions.reset();
                    return beginning.begin();
                }),
                start,
                disconnectsBefore);
    }

    private LoadResult finish() {
        long nanos = on(loop, () -> {
            phase = Phase.IDLE;
            return System.nanoTime() - running.start();
        });
        if (running.ticking() != null) {
            on(loop, () -> running.ticking().cancel(false));
        }
        drain(deadline);
        return on(loop, () -> transactions.result(nanos, disconnects.getAsLong() - running.disconnects()));
    }

    private void drain(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        while (on(loop, transactions::open) > 0 && System.nanoTime() - end < 0) {
            Eventually.elapse(Duration.ofMillis(20));
        }
    }

    private void send(long due) {
        sender.accept(transactions.begin(due));
    }

    /** Does something on a loop and returns when it is done. */
    static <T> T on(EventLoop loop, Callable<T> task) {
        try {
            return loop.submit(task).get(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends what is due, each time the clock of an open-loop phase strikes. */
    private final class Tick implements Runnable {
        private final long start;
        private final double perSecond;
        private final long length;
        private long sent;

        Tick(long start, double perSecond, long length) {
            this.start = start;
            this.perSecond = perSecond;
            this.length = length;
        }

        @Override
        public void run() {
            long elapsed = Math.min(System.nanoTime() - start, length);
            long due = (long) (elapsed * perSecond / 1e9);
            for (; sent < due; sent++) {
                // A message is due at the first tick after its turn: a late tick counts against the target, not for it.
                long turn = (long) (sent * 1e9 / perSecond);
                send(start + (turn / TICK + 1) * TICK);
            }
        }
    }
}
