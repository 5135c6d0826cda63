// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.crossing;

import io.drawbridge.api.crossing.Crossing;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Locale;

/** Counts crossings and measures how long they took. Safe and quick enough for event loops. */
public final class CrossingMetrics {
    // Up to 33 s, after which every request that is not an INVITE has its answer (RFC 3261 timer F and a second).
    private static final double[] BOUNDS = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 33};
    private static final double NANOS = 1e9;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter crossings = Counter.builder()
            .name("drawbridge_crossings_total")
            .help("Requests that came to the edge, by what became of them.")
            .labelNames("direction", "protocol", "outcome", "reason")
            .withoutExemplars()
            .register(registry);
    private final Histogram durations = Histogram.builder()
            .name("drawbridge_crossing_duration_seconds")
            .help("Time from a request's arrival to its final answer, of requests that get one.")
            .labelNames("direction", "protocol", "outcome")
            .classicOnly()
            .classicUpperBounds(BOUNDS)
            .withoutExemplars()
            .register(registry);

    /** Counts one crossing. */
    public void count(Crossing crossing) {
        String direction = label(crossing.direction());
        String outcome = label(crossing.outcome());
        crossings
                .labelValues(direction, crossing.protocol(), outcome, label(crossing.reason()))
                .inc();
        if (!crossing.answer().isEmpty()) {
            durations
                    .labelValues(direction, crossing.protocol(), outcome)
                    .observe(crossing.took().toNanos() / NANOS);
        }
    }

    /** Returns the numbers now. */
    public MetricSnapshots snapshots() {
        return registry.scrape();
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
