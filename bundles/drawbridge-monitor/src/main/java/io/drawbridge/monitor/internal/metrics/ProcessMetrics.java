// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.metrics;

import io.drawbridge.api.metrics.MetricSink;
import io.drawbridge.api.metrics.MetricSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Memory, threads and start time of this process. */
@Component
public final class ProcessMetrics implements MetricSource {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessMetrics.class);
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final double BYTES_PER_KIB = 1024;
    private static final double MILLIS = 1e3;

    @Override
    public void collect(MetricSink sink) {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        sink.gauge("drawbridge_heap_used_bytes", "Java heap in use.", (double) heap.getUsed());
        sink.gauge("drawbridge_heap_max_bytes", "Java heap at most.", (double) heap.getMax());
        sink.gauge(
                "drawbridge_threads",
                "Live threads.",
                ManagementFactory.getThreadMXBean().getThreadCount());
        sink.gauge(
                "drawbridge_start_timestamp_seconds",
                "When the process started.",
                ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS);
        resident(sink);
    }

    private static void resident(MetricSink sink) {
        try (Stream<String> lines = Files.lines(STATUS)) {
            lines.filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .forEach(kib ->
                            sink.gauge("drawbridge_resident_memory_bytes", "Resident memory.", kib * BYTES_PER_KIB));
        } catch (IOException | UncheckedIOException notLinux) {
            LOG.debug("no {}, so resident memory is not reported", STATUS);
        }
    }
}
