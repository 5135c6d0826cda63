// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.metrics;

import io.drawbridge.api.metrics.MetricSink;
import io.drawbridge.api.metrics.MetricSource;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One look at every metric source. What one source reports wrongly is left out and named; the rest stays. Not
 * thread-safe: made anew for each scrape.
 */
public final class Scrape implements MetricSink {
    private static final Pattern NAME = Pattern.compile("drawbridge_[a-z0-9_]*[a-z0-9]");

    private final Map<String, MetricSnapshot> given = new TreeMap<>();
    private final Map<String, Family> families = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();

    /** Starts with metrics that exist already; no source may report under their names. */
    public Scrape(MetricSnapshots existing) {
        existing.forEach(snapshot -> given.put(snapshot.getMetadata().getName(), snapshot));
    }

    /** Asks a source for its numbers. */
    public void ask(MetricSource source) {
        try {
            source.collect(this);
        } catch (RuntimeException broken) {
            faults.add(source.getClass().getName() + ": " + broken);
        }
    }

    @Override
    public void counter(String name, String help, double value, String... labels) {
        add(Kind.COUNTER, name, help, value, labels);
    }

    @Override
    public void gauge(String name, String help, double value, String... labels) {
        add(Kind.GAUGE, name, help, value, labels);
    }

    /** Returns everything that was reported rightly, by name. */
    public MetricSnapshots snapshots() {
        List<MetricSnapshot> all = new ArrayList<>(given.values());
        families.forEach((name, family) -> all.add(family.snapshot(name)));
        return new MetricSnapshots(all);
    }

    /** Returns what was left out and why. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    private void add(Kind kind, String name, String help, double value, String... labels) {
        try {
            if (!NAME.matcher(name).matches() || name.endsWith("_total")) {
                throw new IllegalArgumentException("a name is drawbridge_ and snake case, without _total");
            }
            if (given.containsKey(name)) {
                throw new IllegalArgumentException("the name is taken");
            }
            Family family = families.computeIfAbsent(name, first -> new Family(kind, help, new LinkedHashMap<>()));
            if (family.kind != kind) {
                throw new IllegalArgumentException("it is a " + family.kind + " elsewhere");
            }
            if (family.points.putIfAbsent(Labels.of(labels), value) != null) {
                throw new IllegalArgumentException("reported twice with the same labels");
            }
        } catch (IllegalArgumentException wrong) {
            faults.add(name + ": " + wrong.getMessage());
        }
    }

    /** What a number may do. */
    private enum Kind {
        COUNTER,
        GAUGE
    }

    /** All numbers of one name. */
    private record Family(Kind kind, String help, Map<Labels, Double> points) {
        MetricSnapshot snapshot(String name) {
            return switch (kind) {
                case COUNTER -> {
                    CounterSnapshot.Builder counter =
                            CounterSnapshot.builder().name(name).help(help);
                    points.forEach((labels, value) -> counter.dataPoint(CounterDataPointSnapshot.builder()
                            .labels(labels)
                            .value(value)
                            .build()));
                    yield counter.build();
                }
                case GAUGE -> {
                    GaugeSnapshot.Builder gauge =
                            GaugeSnapshot.builder().name(name).help(help);
                    points.forEach((labels, value) -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                            .labels(labels)
                            .value(value)
                            .build()));
                    yield gauge.build();
                }
            };
        }
    }
}
