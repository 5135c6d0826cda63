// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.benchmarks;

import io.drawbridge.testbed.load.LoadResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** What is measured of one target, value by value. */
final class Figures {
    private static final double LOSS_ALLOWED = 0.01;
    private static final int MOST_WARM_UPS = 12;
    private static final double SETTLED = 0.96;

    private final Station station;
    private final Effort effort;
    private final List<Station.Busy> busy = new ArrayList<>();
    private double highestRate;
    private List<LoadResult> atHalfRate = List.of();

    Figures(Station station, Effort effort) {
        this.station = station;
        this.effort = effort;
    }

    String name() {
        return station.name();
    }

    /**
     * Loads the target until it costs no less from one while to the next: on a busy machine a virtual machine takes longer
     * to compile what is hot.
     */
    void warmUp() {
        station.warmUp(effort.warmUp());
        double last = Double.POSITIVE_INFINITY;
        for (int more = 0; more < MOST_WARM_UPS; more++) {
            double cost = station.busy(effort.warmUp().dividedBy(4)).cpuSecondsPer10k();
            if (cost > last * SETTLED) {
                return;
            }
            last = cost;
        }
    }

    /** One round at full load; the rounds of two targets take turns, so that what disturbs one disturbs the other. */
    void measureBusy() {
        busy.add(station.busy(effort.phase()));
    }

    /** Looks for the highest rate at which less than one request in a hundred is lost or late. */
    void searchHighestRate() {
        double good = 0;
        double bad = throughput() * 1.3;
        for (int step = 0; step < effort.bisections(); step++) {
            double rate = step == 0 ? throughput() * 0.9 : (good + bad) / 2;
            if (station.offer(rate, effort.phase()).loss() < LOSS_ALLOWED) {
                good = rate;
            } else {
                bad = rate;
            }
        }
        highestRate = good;
    }

    void measureLatencyAt(double rate) {
        List<LoadResult> results = new ArrayList<>();
        for (int round = 0; round < effort.rounds(); round++) {
            results.add(station.offer(rate, effort.phase()));
        }
        atHalfRate = results;
    }

    double cpuSecondsPer10k() {
        return median(busy, Station.Busy::cpuSecondsPer10k);
    }

    /** Transactions per second with two hundred under way at every moment. */
    double throughput() {
        return median(busy, Station.Busy::rate);
    }

    double highestRate() {
        return highestRate;
    }

    /** Milliseconds. */
    double latency(double percent) {
        return median(atHalfRate, result -> result.percentile(percent).toNanos() / 1e6);
    }

    double residentMegabytes() {
        return station.target().residentBytes() / 1048576.0;
    }

    /** Messages of all measurements at full load and at half of the highest rate that were not carried in time. */
    long late() {
        return Stream.concat(busy.stream().map(Station.Busy::result), atHalfRate.stream())
                .mapToLong(result -> result.sent() - result.answered())
                .sum();
    }

    /** Messages that arrived twice or were answered twice. */
    long duplicates() {
        return station.duplicates()
                + busy.stream().mapToLong(each -> each.result().duplicates()).sum()
                + atHalfRate.stream().mapToLong(LoadResult::duplicates).sum();
    }

    private static <T> double median(List<T> values, ToDoubleFunction<T> figure) {
        double[] sorted = values.stream().mapToDouble(figure).sorted().toArray();
        return sorted.length == 0
                ? Double.NaN
                : Arrays.stream(sorted).skip(sorted.length / 2).findFirst().orElseThrow();
    }
}
