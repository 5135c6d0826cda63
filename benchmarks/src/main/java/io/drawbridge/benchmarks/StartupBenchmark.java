// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.benchmarks;

import io.drawbridge.testbed.Appliance;
import io.drawbridge.testbed.Distribution;
import io.drawbridge.testbed.Eventually;
import io.drawbridge.testbed.ProcessUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How long the appliance takes from the command to serving, and what memory it holds when nothing happens. */
final class StartupBenchmark {
    private static final Duration IDLE = Duration.ofSeconds(10);

    private StartupBenchmark() {}

    /** Starts the appliance with an empty data folder, and again with the one it left. */
    public static void main(String[] arguments) throws IOException {
        Arguments wanted = Arguments.of(arguments, List.of("startup"));
        Path directory = Files.createTempDirectory("drawbridge-startup");
        Distribution distribution = Distribution.unpack(directory);
        Report report = new Report(System.out);
        List<Report.Row> rows = new ArrayList<>();
        for (int round = 1; round <= wanted.effort().rounds(); round++) {
            try (Appliance appliance = new Appliance("round" + round, distribution, directory)) {
                rows.add(measure(appliance.start(), "first, round " + round));
                appliance.stop();
                rows.add(measure(appliance.start(), "again, round " + round));
            }
        }
        report.table("Start-up", rows);
        report.save(wanted.output(), "startup");
    }

    private static Report.Row measure(Appliance appliance, String start) {
        Eventually.elapse(IDLE);
        ProcessUsage usage = ProcessUsage.of(appliance.process().pid());
        return new Report.Row()
                .with("start", start)
                .with("until it serves, s", appliance.startTime().toMillis() / 1000.0)
                .with("CPU, s", usage.cpuSeconds())
                .with("resident when idle, MiB", usage.residentBytes() / 1048576.0);
    }
}
