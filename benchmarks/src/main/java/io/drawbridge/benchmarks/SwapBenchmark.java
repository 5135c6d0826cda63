// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.benchmarks;

import io.drawbridge.testbed.Distribution;
import io.drawbridge.testbed.Eventually;
import io.drawbridge.testbed.FreePorts;
import io.drawbridge.testbed.load.EchoLoad;
import io.drawbridge.testbed.load.EchoProcess;
import io.drawbridge.testbed.load.LoadResult;
import io.drawbridge.testbed.load.LoadTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Replaces a provider's plug-in again and again while the users of a home write to its network, over mutual TLS and through
 * the whole appliance, and watch a contact there. Counts what was lost, doubled or out of order, and presence that flickered.
 */
final class SwapBenchmark implements AutoCloseable {
    private static final double RATE = 1000;
    private static final int USERS = 250;
    private static final int WATCHERS = 50;
    private static final int SWAPS = 50;
    private static final int KILLED = 26;
    private static final Duration BETWEEN = Duration.ofMillis(500);

    private final Scene scene;
    private final EchoProcess load;
    private final ProviderTarget target;
    private final PluginFiles files;
    private final Effort effort;
    private final Report report;
    private final List<Swap> swaps = new ArrayList<>();

    /** How a plug-in is replaced. */
    private enum Kind {
        UPDATE("update"),
        DOWNGRADE("downgrade"),
        REINSTALL("uninstall and install"),
        KILL("killed: its close never returns");

        private final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    /** One replacement, and the longest time around it in which no message came back. */
    private record Swap(Kind kind, Duration pause) {}

    private SwapBenchmark(Path directory, Effort effort, Report report) throws IOException {
        this.effort = effort;
        this.report = report;
        scene = Scene.in(directory);
        LoadTls tls = LoadTls.of(scene.nextHop(), scene.authority().anchorFile());
        load = new EchoProcess(
                new EchoLoad.Ends(Scene.NEXT_HOP_HOST, Scene.INSIDE, USERS, "parrot@echo.example"),
                Files.createDirectory(directory.resolve("load")),
                Processors.LOAD);
        int nextHopPort = FreePorts.next();
        load.listen(nextHopPort, tls);
        Distribution distribution = Distribution.unpack(directory);
        files = new PluginFiles(directory, distribution.bundle(PluginFiles.NAME));
        target = new ProviderTarget(distribution, scene, nextHopPort);
        target.shell("bundle:install -s " + files.version("1.0.0").toUri());
        target.awaitOnline();
        // On one connection: two would carry the messages of a conversation in an order of their own.
        load.call(target.port(), Scene.RELAY_HOST, tls, 1);
    }

    private void run() throws IOException {
        report.say("Warming up");
        load.keep(Station.UNDER_WAY, effort.warmUp());
        load.watch(WATCHERS);
        load.start(RATE);
        Eventually.elapse(Duration.ofSeconds(3));
        Duration undisturbed = load.longestPause();
        report.say("Replacing the plug-in " + SWAPS + " times");
        for (int number = 1; number <= SWAPS; number++) {
            swap(number);
        }
        Eventually.elapse(Duration.ofSeconds(3));
        LoadResult result = load.stop();
        show(result, undisturbed);
    }

    private void swap(int number) throws IOException {
        Kind kind = kind(number);
        Path file = number == KILLED - 1
                ? files.stubborn("1." + number + ".0")
                : files.version(kind == Kind.DOWNGRADE ? "0." + number + ".0" : "1." + number + ".0");
        load.longestPause();
        if (kind == Kind.REINSTALL) {
            target.shell("bundle:uninstall " + PluginFiles.NAME + "; bundle:install -s " + file.toUri());
        } else {
            target.shell("bundle:update " + PluginFiles.NAME + " " + file.toUri());
        }
        Eventually.elapse(BETWEEN);
        swaps.add(new Swap(kind, load.longestPause()));
    }

    private static Kind kind(int number) {
        if (number == KILLED) {
            return Kind.KILL;
        }
        Kind[] ordinary = {Kind.UPDATE, Kind.DOWNGRADE, Kind.REINSTALL};
        return ordinary[number % ordinary.length];
    }

    private void show(LoadResult result, Duration undisturbed) {
        List<Report.Row> rows = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            List<Duration> pauses = swaps.stream()
                    .filter(swap -> swap.kind() == kind)
                    .map(Swap::pause)
                    .sorted()
                    .toList();
            rows.add(new Report.Row()
                    .with("replacement", kind.text)
                    .with("times", pauses.size())
                    .with("median pause, ms", millis(pauses.get(pauses.size() / 2)))
                    .with("longest pause, ms", millis(pauses.get(pauses.size() - 1))));
        }
        report.table(
                "Longest time without an arrival while a plug-in is replaced (undisturbed: " + undisturbed.toMillis()
                        + " ms)",
                rows);
        EchoLoad.Seen seen = load.seen();
        report.table(
                "%d replacements at %.0f messages a second".formatted(swaps.size(), RATE),
                List.of(new Report.Row()
                        .with("plug-ins that served", target.served())
                        .with("messages", result.sent())
                        .with("lost", result.missing() + result.late())
                        .with("doubled", result.duplicates())
                        .with("out of order", seen.outOfOrder())
                        .with("sender told that it failed", result.refused())
                        .with("presence flaps", seen.flaps() + WATCHERS - seen.available())
                        .with("NOTIFYs", seen.notified())
                        .with("p50, ms", millis(result.percentile(50)))
                        .with("p99, ms", millis(result.percentile(99)))
                        .with("longest, ms", millis(result.percentile(100)))));
    }

    private static double millis(Duration time) {
        return time.toNanos() / 1e6;
    }

    @Override
    public void close() {
        load.close();
        target.close();
    }

    /** {@code --quick} warms up for less, {@code --out DIRECTORY} says where the report goes. */
    public static void main(String[] arguments) throws IOException {
        Arguments wanted = Arguments.of(arguments, List.of("swap"));
        Report report = new Report(System.out);
        try (SwapBenchmark benchmark =
                new SwapBenchmark(Files.createTempDirectory("drawbridge-swap"), wanted.effort(), report)) {
            benchmark.run();
        }
        report.save(wanted.output(), "swap");
    }
}
