// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.benchmarks;

import io.drawbridge.testbed.Distribution;
import io.drawbridge.testbed.FreePorts;
import io.drawbridge.testbed.load.CrossingProcess;
import io.drawbridge.testbed.load.CrossingProcess.Senders;
import io.drawbridge.testbed.load.LoadMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Carries messages between SIP over mutual TLS and an authenticated XMPP stream, both ways. The yardstick is what a pair of
 * servers costs that would do it together: a well-tuned Kamailio that relays the same MESSAGE, and a Prosody that routes the
 * same stanza between a component and a stream. All run on the same processor in turn, with the load on another.
 */
final class GatewayBenchmark implements AutoCloseable {
    private static final int CONNECTIONS = 8;

    private final GatewayScene scene;
    private final Effort effort;
    private final Report report;
    private final Path directory;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<Measured> yardsticks = new ArrayList<>();
    private final List<Measured> own = new ArrayList<>();

    /** What is measured of one direction through one target. */
    private record Measured(CrossingStation station, Figures figures) {}

    private GatewayBenchmark(Path directory, Effort effort, Report report) {
        this.directory = directory;
        this.scene = GatewayScene.of(Scene.in(directory));
        this.effort = effort;
        this.report = report;
    }

    private Measured add(Target target, CrossingProcess load, Crossing crossing) {
        CrossingStation station = new CrossingStation(target, load, crossing);
        open.add(station);
        return new Measured(station, new Figures(station, effort));
    }

    /** A relay has no other protocol: one direction stands for both. */
    private void addKamailio() throws IOException {
        CrossingProcess load = load("kamailio");
        int nextHopPort = FreePorts.next();
        load.listenSip(nextHopPort, scene.nextHopTls());
        RelayTarget kamailio = new KamailioTarget(scene.sip(), nextHopPort, 1);
        load.callSip(
                Crossing.TO_XMPP.name(),
                kamailio.port(),
                Scene.RELAY_HOST,
                Scene.NEXT_HOP_HOST,
                scene.nextHopTls(),
                CONNECTIONS,
                new Senders(LoadMessage.domain(0), GatewayScene.USERS, "bob@" + Scene.INSIDE));
        yardsticks.add(add(kamailio, load, Crossing.TO_XMPP));
    }

    private void addProsody() throws IOException {
        CrossingProcess load = load("prosody");
        int chatPort = FreePorts.next();
        load.listenXmpp(chatPort, GatewayScene.CHAT, Scene.INSIDE, scene.chatTls());
        ProsodyTarget prosody = new ProsodyTarget(scene, chatPort);
        load.join(Crossing.TO_XMPP.name(), prosody.componentPort(), ProsodyTarget.SECRET, GatewayScene.FROM_HOME);
        load.callXmpp(
                Crossing.TO_SIP.name(),
                prosody.port(),
                Scene.INSIDE,
                Scene.INSIDE,
                scene.chatTls(),
                GatewayScene.FROM_CHAT);
        for (Crossing crossing : Crossing.values()) {
            yardsticks.add(add(prosody, load, crossing));
        }
    }

    private void addDrawbridge() throws IOException {
        CrossingProcess load = load("drawbridge");
        int nextHopPort = FreePorts.next();
        int chatPort = FreePorts.next();
        load.listenSip(nextHopPort, scene.nextHopTls());
        load.listenXmpp(chatPort, GatewayScene.CHAT, Scene.INSIDE, scene.chatTls());
        GatewayTarget drawbridge = new GatewayTarget(Distribution.unpack(directory), scene, nextHopPort, chatPort);
        load.callSip(
                Crossing.TO_XMPP.name(),
                drawbridge.sipPort(),
                Scene.RELAY_HOST,
                Scene.NEXT_HOP_HOST,
                scene.nextHopTls(),
                CONNECTIONS,
                GatewayScene.FROM_HOME);
        load.callXmpp(
                Crossing.TO_SIP.name(),
                drawbridge.xmppPort(),
                Scene.INSIDE,
                Scene.INSIDE,
                scene.chatTls(),
                GatewayScene.FROM_CHAT);
        for (Crossing crossing : Crossing.values()) {
            own.add(add(drawbridge, load, crossing));
        }
    }

    private CrossingProcess load(String name) throws IOException {
        return new CrossingProcess(Files.createDirectory(directory.resolve("load-" + name)), Processors.LOAD);
    }

    /** Measures what was added, all in turn, so that what disturbs one disturbs the others. */
    private void measure() {
        List<Measured> all = new ArrayList<>(yardsticks);
        all.addAll(own);
        for (Measured each : all) {
            report.say("Warming up " + name(each));
            each.figures().warmUp();
        }
        for (int round = 0; round < effort.rounds(); round++) {
            all.forEach(each -> each.figures().measureBusy());
        }
        for (Measured each : all) {
            report.say("Searching the highest rate of " + name(each));
            each.figures().searchHighestRate();
            each.figures().measureLatencyAt(each.figures().highestRate() / 2);
        }
        report.table(
                "Messages between SIP and XMPP over mutual TLS, " + CONNECTIONS
                        + " SIP connections, one XMPP stream each way, " + GatewayScene.USERS + " senders",
                all.stream().map(GatewayBenchmark::row).toList());
    }

    private static String name(Measured measured) {
        return measured.figures().name() + ", " + measured.station().crossing().text();
    }

    private static Report.Row row(Measured measured) {
        Figures figures = measured.figures();
        return new Report.Row()
                .with("target", figures.name())
                .with("direction", measured.station().crossing().text())
                .with("CPU s per 10,000", figures.cpuSecondsPer10k())
                .with("busy rate, 1/s", figures.throughput())
                .with("highest rate under 1 % loss, 1/s", figures.highestRate())
                .with("p50 at half of it, ms", figures.latency(50))
                .with("p99 at half of it, ms", figures.latency(99))
                .with("resident, MiB", figures.residentMegabytes())
                .with("not within 1 s", figures.late())
                .with("duplicates", figures.duplicates());
    }

    /**
     * The appliance beside the sum of the two servers. A pair of them would have to translate between each other besides,
     * which the sum leaves out: it is the least that the pair could cost.
     */
    private void compare() {
        double relayed = yardsticks.get(0).figures().cpuSecondsPer10k();
        Map<Crossing, Double> routed = new EnumMap<>(Crossing.class);
        yardsticks
                .subList(1, yardsticks.size())
                .forEach(each ->
                        routed.put(each.station().crossing(), each.figures().cpuSecondsPer10k()));
        List<Report.Row> rows = new ArrayList<>();
        for (Measured each : own) {
            Crossing crossing = each.station().crossing();
            double cost = each.figures().cpuSecondsPer10k();
            double sum = relayed + routed.get(crossing);
            rows.add(new Report.Row()
                    .with("direction", crossing.text())
                    .with("Drawbridge, CPU s per 10,000", cost)
                    .with("Kamailio", relayed)
                    .with("Prosody", routed.get(crossing))
                    .with("their sum, without translating", sum)
                    .with("ratio", cost / sum));
        }
        report.table("CPU per message beside Kamailio and Prosody together", rows);
        report.say(
                "The sum is a lower bound for the pair: it leaves out what translating between the two would cost, so"
                        + " the ratio is an upper bound.");
    }

    @Override
    public void close() {
        for (AutoCloseable each : open) {
            try {
                each.close();
            } catch (Exception e) {
                report.say("Could not be stopped: " + e);
            }
        }
    }

    /**
     * {@code --quick} takes a first look, {@code --target NAME} measures one server alone, {@code --out DIRECTORY} says where
     * the report goes.
     */
    public static void main(String[] arguments) throws IOException {
        Arguments wanted = Arguments.of(arguments, List.of("gateway"));
        Report report = new Report(System.out);
        Path directory = Files.createTempDirectory("drawbridge-gateway");
        try (GatewayBenchmark benchmark = new GatewayBenchmark(directory, wanted.effort(), report)) {
            if (wanted.wants("kamailio")) {
                benchmark.addKamailio();
            }
            if (wanted.wants("prosody")) {
                benchmark.addProsody();
            }
            if (wanted.wants("drawbridge")) {
                benchmark.addDrawbridge();
            }
            benchmark.measure();
            if (wanted.targets().isEmpty()) {
                benchmark.compare();
            }
        }
        report.save(wanted.output(), "gateway");
    }
}
