// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.benchmarks;

import io.drawbridge.testbed.load.LoadResult;
import java.time.Duration;

/** One way through a target, with the load that is there for it alone. */
interface Station extends AutoCloseable {
    /** Enough to keep a target busy at every moment, few enough that no queue in it dominates. */
    int UNDER_WAY = 200;

    /** What was measured while a target worked without pause. */
    record Busy(double cpuSecondsPer10k, double rate, LoadResult result) {}

    Target target();

    /** The name in tables. */
    default String name() {
        return target().name();
    }

    /** Keeps so many messages under way for a time. */
    LoadResult keep(int underWay, Duration time);

    /** Offers messages at a rate. */
    LoadResult offer(double perSecond, Duration time);

    /** Messages that arrived more than once. */
    long duplicates();

    /** Loads the target without measuring. */
    default void warmUp(Duration time) {
        keep(UNDER_WAY, time);
    }

    /** Keeps the target busy and counts what each message costs it. */
    default Busy busy(Duration time) {
        double before = target().cpuSeconds();
        LoadResult result = checked(keep(UNDER_WAY, time));
        double used = target().cpuSeconds() - before;
        return new Busy(used * 10_000 / result.answered(), result.rate(), result);
    }

    private LoadResult checked(LoadResult result) {
        if (result.answered() == 0) {
            throw new IllegalStateException("%s carried nothing: %d sent, %d refused, %d late"
                    .formatted(name(), result.sent(), result.refused(), result.late()));
        }
        return result;
    }

    @Override
    void close();
}
