// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.benchmarks;

import io.drawbridge.testbed.Distribution;
import io.drawbridge.testbed.Eventually;
import io.drawbridge.testbed.FreePorts;
import io.drawbridge.testbed.load.LoadMessage;
import io.drawbridge.testbed.load.SipLoad;
import io.drawbridge.testbed.load.WatchLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Presence across protocols: 10,000 users behind the next hop watch one person of an XMPP domain. What a watch costs to open,
 * what memory it holds while nothing happens, and what it costs when the person's presence changes for all of them.
 */
final class WatchBenchmark {
    private static final int WATCHES = 10_000;
    private static final int FIRST = 500;
    private static final String PERSON = "bob@" + GatewayScene.CHAT;
    private static final List<String> SHOWN = List.of("away", "dnd", "chat", "xa");

    /** A user is told of changes once in five seconds (RFC 3856 section 6.10). */
    private static final Duration PACE = Duration.ofSeconds(6);

    private final GatewayTarget target;
    private final WatchLoad load;
    private final Effort effort;
    private final Report report;

    private WatchBenchmark(GatewayTarget target, WatchLoad load, Effort effort, Report report) {
        this.target = target;
        this.load = load;
        this.effort = effort;
        this.report = report;
    }

    private void run() {
        // What is loaded and allocated once, whoever watches first.
        load.watch(FIRST);
        Eventually.elapse(PACE);
        long empty = LiveHeap.bytes(target.pid());
        report.say("Opening " + WATCHES + " watches");
        double before = target.cpuSeconds();
        int notifications = load.watch(WATCHES);
        double opening = target.cpuSeconds() - before;
        Eventually.elapse(PACE);
        long full = LiveHeap.bytes(target.pid());
        report.say("Changing the presence they show");
        double[] changes = new double[effort.rounds()];
        for (int round = 0; round < changes.length; round++) {
            double start = target.cpuSeconds();
            load.change(SHOWN.get(round % SHOWN.size()));
            changes[round] = target.cpuSeconds() - start;
            Eventually.elapse(PACE);
        }
        Arrays.sort(changes);
        List<Report.Row> rows = new ArrayList<>();
        rows.add(new Report.Row()
                .with("watches", WATCHES)
                .with("heap per idle watch, bytes", (double) (full - empty) / WATCHES)
                .with("CPU ms to open one", opening * 1000 / WATCHES)
                .with("NOTIFY per watch opened", (double) notifications / WATCHES)
                .with("CPU ms to show one a change", changes[changes.length / 2] * 1000 / (WATCHES + FIRST))
                .with("resident, MiB", target.residentBytes() / 1048576.0));
        report.table("Presence: users behind the next hop who watch one person of an XMPP domain", rows);
    }

    /** {@code --quick} takes a first look, {@code --out DIRECTORY} says where the report goes. */
    public static void main(String[] arguments) throws IOException {
        Arguments wanted = Arguments.of(arguments, List.of("watches"));
        Report report = new Report(System.out);
        Path directory = Files.createTempDirectory("drawbridge-watches");
        GatewayScene scene = GatewayScene.of(Scene.in(directory));
        int nextHopPort = FreePorts.next();
        int chatPort = FreePorts.next();
        try (WatchLoad load = new WatchLoad(PERSON, Scene.INSIDE)) {
            load.listenSip(nextHopPort, scene.nextHopTls());
            load.listenXmpp(chatPort, scene.chatTls());
            try (GatewayTarget target =
                    new GatewayTarget(Distribution.unpack(directory), scene, nextHopPort, chatPort)) {
                LoadMessage subscribe = LoadMessage.subscribe(
                        Scene.NEXT_HOP_HOST + ":" + nextHopPort, Scene.INSIDE, WATCHES + FIRST, PERSON);
                load.connect(
                        new SipLoad.Target(target.sipPort(), Scene.RELAY_HOST, subscribe),
                        scene.nextHopTls(),
                        target.xmppPort(),
                        Scene.INSIDE,
                        scene.chatTls());
                new WatchBenchmark(target, load, wanted.effort(), report).run();
            }
        }
        report.save(wanted.output(), "watches");
    }
}
