// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.benchmarks;

import io.drawbridge.testbed.load.CrossingProcess;
import io.drawbridge.testbed.load.LoadResult;
import java.time.Duration;

/** One direction through a target that stands between two ends of the same load. Who made both closes both. */
final class CrossingStation implements Station {
    private final Target target;
    private final CrossingProcess load;
    private final Crossing crossing;

    CrossingStation(Target target, CrossingProcess load, Crossing crossing) {
        this.target = target;
        this.load = load;
        this.crossing = crossing;
    }

    @Override
    public Target target() {
        return target;
    }

    Crossing crossing() {
        return crossing;
    }

    @Override
    public LoadResult keep(int underWay, Duration time) {
        return load.keep(crossing.name(), underWay, time);
    }

    @Override
    public LoadResult offer(double perSecond, Duration time) {
        return load.offer(crossing.name(), perSecond, time);
    }

    @Override
    public long duplicates() {
        // The load knows of every message by itself.
        return 0;
    }

    @Override
    public void close() {
        load.close();
        target.close();
    }
}
