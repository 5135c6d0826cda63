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

/** One relay between the load and the sink that are there for it alone. */
final class RelayStation implements Station {
    private final RelayTarget target;
    private final SinkProcess sink;
    private final LoadProcess load;

    /** Makes a target that relays to the port it is given. */
    interface TargetMaker {
        RelayTarget make(Scene scene, int nextHopPort, int domains);
    }

    RelayStation(Scene scene, TargetMaker maker, int domains, int connections) {
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

    @Override
    public Target target() {
        return target;
    }

    @Override
    public LoadResult keep(int underWay, Duration time) {
        return load.keep(underWay, time);
    }

    @Override
    public LoadResult offer(double perSecond, Duration time) {
        return load.offer(perSecond, time);
    }

    @Override
    public long duplicates() {
        return sink.counts().duplicates();
    }

    @Override
    public void close() {
        load.close();
        target.close();
        sink.close();
    }
}
