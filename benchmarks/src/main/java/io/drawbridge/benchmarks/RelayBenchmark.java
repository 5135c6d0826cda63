// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.benchmarks;

import io.drawbridge.testbed.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Relays MESSAGE requests over mutual TLS, partners in, next hop out, domains checked against the allowed list: the
 * appliance and a well-tuned Kamailio in the same run, each alone on one processor while the load is on another.
 */
final class RelayBenchmark {
    private static final int USUAL_DOMAINS = 1_000;
    private static final int USUAL_CONNECTIONS = 100;
    private static final List<Integer> DOMAINS = List.of(10, 1_000, 100_000);
    private static final List<Integer> CONNECTIONS = List.of(1, 100, 2_000);

    private final Scene scene;
    private final Effort effort;
    private final List<RelayStation.TargetMaker> makers;
    private final Report report;

    RelayBenchmark(Scene scene, Effort effort, List<RelayStation.TargetMaker> makers, Report report) {
        this.scene = scene;
        this.effort = effort;
        this.makers = makers;
        this.report = report;
    }

    /** The targets that {@code names} asks for, all of them if it asks for none. */
    static List<RelayStation.TargetMaker> targets(List<String> names, Path directory) {
        List<RelayStation.TargetMaker> makers = new ArrayList<>();
        if (names.isEmpty() || names.contains("kamailio")) {
            makers.add(KamailioTarget::new);
        }
        if (names.isEmpty() || names.contains("drawbridge")) {
            Distribution distribution = Distribution.unpack(directory);
            makers.add((scene, nextHop, domains) -> new DrawbridgeTarget(distribution, scene, nextHop, domains));
        }
        return makers;
    }

    /** Cost, highest rate, latency and memory. */
    void compare() {
        withStations(USUAL_DOMAINS, USUAL_CONNECTIONS, figures -> {
            figures.forEach(each -> {
                report.say("Searching the highest rate of " + each.name());
                each.searchHighestRate();
            });
            List<Double> halfRates =
                    figures.stream().map(each -> each.highestRate() / 2).toList();
            for (int i = 0; i < figures.size(); i++) {
                report.say("Measuring the latency of " + figures.get(i).name());
                figures.get(i).measureLatencyAt(halfRates.get(i));
            }
            List<Report.Row> rows = new ArrayList<>();
            for (int i = 0; i < figures.size(); i++) {
                Figures each = figures.get(i);
                rows.add(new Report.Row()
                        .with("target", each.name())
                        .with("CPU s per 10,000", each.cpuSecondsPer10k())
                        .with("busy rate, 1/s", each.throughput())
                        .with("highest rate under 1 % loss, 1/s", each.highestRate())
                        .with("p50 at half of it, ms", each.latency(50))
                        .with("p99 at half of it, ms", each.latency(99))
                        .with("resident, MiB", each.residentMegabytes())
                        .with("duplicates", each.duplicates()));
            }
            report.table(
                    "MESSAGE relay over mutual TLS, " + USUAL_CONNECTIONS + " connections in, " + USUAL_DOMAINS
                            + " allowed domains",
                    rows);
            if (figures.size() > 1) {
                double half = Math.min(halfRates.get(0), halfRates.get(1));
                figures.forEach(each -> each.measureLatencyAt(half));
                report.table(
                        "Latency at the same rate",
                        figures.stream()
                                .map(each -> new Report.Row()
                                        .with("target", each.name())
                                        .with("rate, 1/s", half)
                                        .with("p50, ms", each.latency(50))
                                        .with("p99, ms", each.latency(99)))
                                .toList());
            }
        });
    }

    /** How the cost grows with what is configured. */
    void growWithDomains() {
        List<Report.Row> rows = new ArrayList<>();
        for (int domains : DOMAINS) {
            withStations(
                    domains,
                    USUAL_CONNECTIONS,
                    figures -> figures.forEach(each -> rows.add(growth(each).with("allowed domains", domains))));
        }
        report.table("Growth with allowed domains, " + USUAL_CONNECTIONS + " connections in", rows);
    }

    /** How the cost grows with who is connected. */
    void growWithConnections() {
        List<Report.Row> rows = new ArrayList<>();
        for (int connections : CONNECTIONS) {
            withStations(
                    USUAL_DOMAINS,
                    connections,
                    figures -> figures.forEach(each -> rows.add(growth(each).with("connections", connections))));
        }
        report.table("Growth with connections, " + USUAL_DOMAINS + " allowed domains", rows);
    }

    private static Report.Row growth(Figures figures) {
        return new Report.Row()
                .with("target", figures.name())
                .with("CPU s per 10,000", figures.cpuSecondsPer10k())
                .with("busy rate, 1/s", figures.throughput())
                .with("resident, MiB", figures.residentMegabytes());
    }

    /** What is done with targets that are warm and measured at full load. */
    private interface Use {
        void with(List<Figures> figures);
    }

    private void withStations(int domains, int connections, Use use) {
        List<Station> stations = new ArrayList<>();
        try {
            List<Figures> figures = new ArrayList<>();
            for (RelayStation.TargetMaker maker : makers) {
                Station station = new RelayStation(scene, maker, domains, connections);
                stations.add(station);
                Figures each = new Figures(station, effort);
                report.say("Warming up %s: %d domains, %d connections".formatted(each.name(), domains, connections));
                each.warmUp();
                figures.add(each);
            }
            for (int round = 0; round < effort.rounds(); round++) {
                figures.forEach(Figures::measureBusy);
            }
            use.with(figures);
        } finally {
            stations.forEach(Station::close);
        }
    }

    /**
     * Runs the parts that are named, {@code compare}, {@code domains}, {@code connections}, all of them by default.
     * {@code --quick} takes a first look, {@code --target NAME} measures one target alone, {@code --out DIRECTORY} says
     * where the report goes.
     */
    public static void main(String[] arguments) throws IOException {
        Arguments wanted = Arguments.of(arguments, List.of("compare", "domains", "connections"));
        Path directory = Files.createTempDirectory("drawbridge-benchmark");
        Report report = new Report(System.out);
        RelayBenchmark benchmark =
                new RelayBenchmark(Scene.in(directory), wanted.effort(), targets(wanted.targets(), directory), report);
        if (wanted.has("compare")) {
            benchmark.compare();
        }
        if (wanted.has("domains")) {
            benchmark.growWithDomains();
        }
        if (wanted.has("connections")) {
            benchmark.growWithConnections();
        }
        report.save(wanted.output(), "relay");
    }
}
