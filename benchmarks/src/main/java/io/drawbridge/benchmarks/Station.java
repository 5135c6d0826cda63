// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.benchmarks;

import io.drawbridge.testbed.FreePorts;
import io.drawbridge.testbed.load.LoadProcess;
import io.drawbridge.testbed.load.LoadResult;
import io.drawbridge.testbed.load.LoadTls;
import io.drawbridge.testbed.load.SinkProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** One target between the load and the sink that are there for it alone. */
final class Station implements AutoCloseable {
    /** Enough to keep a target busy at every moment, few enough that no queue in it dominates. */
    private static final int UNDER_WAY = 200;

    private final Target target;
    private final SinkProcess sink;
    private final LoadProcess load;

    /** Makes a target that relays to the port it is given. */
    interface TargetMaker {
        Target make(Scene scene, int nextHopPort, int domains);
    }

    /** What was measured while a target worked without pause. */
    record Busy(double cpuSecondsPer10k, double rate, LoadResult result) {}

    Station(Scene scene, TargetMaker maker, int domains, int connections) {
        try {
            Path directory = Files.createTempDirectory(scene.directory(), "station");
            int sinkPort = FreePorts.next();
            Path anchor = scene.authority().anchorFile();
            sink = new SinkProcess(sinkPort, LoadTls.of(scene.nextHop(), anchor), directory, Processors.LOAD);
            target = maker.make(scene, sinkPort, domains);
            load = new LoadProcess(
                    new LoadProcess.Settings(
                            target.port(),
                            Scene.RELAY_HOST,
                            Scene.PARTNER_HOST,
                            domains,
                            Scene.RECIPIENT,
                            LoadTls.of(scene.partner(), anchor)),
                    directory,
                    Processors.LOAD);
            load.connect(connections);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Target target() {
        return target;
    }

    /** Loads the target without measuring. */
    void warmUp(Duration time) {
        load.keep(UNDER_WAY, time);
    }

    /** Keeps the target busy and counts what each transaction costs it. */
    Busy busy(Duration time) {
        double before = target.cpuSeconds();
        LoadResult result = checked(load.keep(UNDER_WAY, time));
        double used = target.cpuSeconds() - before;
        return new Busy(used * 10_000 / result.answered(), result.rate(), result);
    }

    /** Offers requests at a rate. */
    LoadResult offer(double perSecond, Duration time) {
        return checked(load.offer(perSecond, time));
    }

    /** CPU seconds that load and sink have used. */
    double cpuSecondsOfLoad() {
        return io.drawbridge.testbed.ProcessUsage.cpuSecondsOf(load.process().pid())
                + io.drawbridge.testbed.ProcessUsage.cpuSecondsOf(sink.pid());
    }

    /** Returns what arrived at the sink. */
    long duplicatesAtSink() {
        return sink.counts().duplicates();
    }

    private LoadResult checked(LoadResult result) {
        if (result.answered() == 0) {
            throw new IllegalStateException(target.name() + " relayed nothing: " + result);
        }
        return result;
    }

    @Override
    public void close() {
        load.close();
        target.close();
        sink.close();
    }
}
