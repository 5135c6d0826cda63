// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed.load;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/** The transactions of one phase by number: when each was due, and whether it has ended. Single thread. */
final class TransactionTable {
    /** The sender has its answer. */
    static final byte ANSWERED = 1;

    /** The message came to whom it is for. */
    static final byte ARRIVED = 2;

    private static final int SIZE = 1 << 21;
    private static final long LONGEST = Duration.ofSeconds(60).toNanos();

    private final long deadline;
    private final byte whole;
    private final long[] due = new long[SIZE];
    /** What has not happened yet. */
    private final byte[] state = new byte[SIZE];

    private final Histogram latency = new Histogram(LONGEST, 3);
    private int next;
    private int first;
    private long answered;
    private long refused;
    private long late;
    private long duplicates;

    /**
     * Makes an empty table.
     *
     * @param whole what must have happened until a transaction has ended, {@link #ANSWERED} and {@link #ARRIVED}
     */
    TransactionTable(Duration deadline, int whole) {
        this.deadline = deadline.toNanos();
        this.whole = (byte) whole;
    }

    /** Forgets the transactions so far; their late responses no longer count. */
    void reset() {
        first = next;
        answered = 0;
        refused = 0;
        late = 0;
        duplicates = 0;
        latency.reset();
    }

    /** Begins a transaction and returns its number, which no other has. */
    int begin(long dueNanos) {
        int slot = next & (SIZE - 1);
        due[slot] = dueNanos;
        state[slot] = whole;
        return next++;
    }

    /** Notes what happened to a transaction; returns whether that ended a transaction of this phase. */
    boolean end(int number, byte what, boolean success, long now) {
        if (number < first || number >= next) {
            return false;
        }
        int slot = number & (SIZE - 1);
        if ((state[slot] & what) == 0) {
            duplicates++;
            return false;
        }
        // What failed has ended: if it happens all the same, the sender was told wrong, which counts as a duplicate.
        state[slot] = success ? (byte) (state[slot] & ~what) : 0;
        if (state[slot] != 0) {
            return false;
        }
        long taken = now - due[slot];
        if (!success) {
            refused++;
        } else if (taken > deadline) {
            late++;
        } else {
            answered++;
        }
        latency.recordValue(Math.min(Math.max(taken, 0), LONGEST));
        return true;
    }

    /** Returns how many transactions of this phase have not ended. */
    long open() {
        return next - first - answered - refused - late;
    }

    LoadResult result(long nanos, long disconnects) {
        return new LoadResult(next - first, answered, refused, late, duplicates, disconnects, nanos, latency.copy());
    }
}
