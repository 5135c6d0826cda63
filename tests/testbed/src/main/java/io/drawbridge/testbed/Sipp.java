// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A user played by SIPp over TCP along a scenario. The scenarios that come with the testbed lie beside this class; a
 * place such as <code>${from}</code> in them is filled with the value of that name.
 */
public final class Sipp implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(30);
    private static final AtomicInteger STARTED = new AtomicInteger();

    private final ChildProcess process;
    private final Path messages;
    private final Path statistics;

    /**
     * How a scenario is played.
     *
     * @param scenario name of the file beside this class, without {@code .xml}
     * @param port own port on 127.0.0.1
     * @param server port on 127.0.0.1 of the server the user belongs to
     * @param calls how many calls are played, one after the other is begun
     * @param perSecond how many are begun in a second
     * @param values for the places in the scenario; {@code proves} is the address a password is proved to
     */
    public record Part(String scenario, int port, int server, int calls, double perSecond, Map<String, String> values) {
        /** One call. */
        public static Part of(String scenario, int port, int server, Map<String, String> values) {
            return new Part(scenario, port, server, 1, 10, values);
        }

        /** The same so many times. */
        public Part calls(int count, double rate) {
            return new Part(scenario, port, server, count, rate, values);
        }
    }

    /** Starts playing. */
    private Sipp(Part part, Path parent) {
        Path directory = Kamailio.directory(parent, "sipp-" + STARTED.incrementAndGet() + "-" + part.scenario());
        messages = directory.resolve("messages.log");
        statistics = directory.resolve("statistics.csv");
        List<String> command = new ArrayList<>(List.of("sipp", "127.0.0.1:" + part.server()));
        command.addAll(List.of("-sf", scenario(part, directory).toString()));
        command.addAll(List.of("-t", "t1", "-i", "127.0.0.1", "-p", Integer.toString(part.port())));
        command.addAll(List.of("-ci", "127.0.0.1", "-cp", Integer.toString(FreePorts.next())));
        command.addAll(List.of("-mi", "127.0.0.1", "-mp", Integer.toString(FreePorts.next())));
        command.addAll(List.of("-m", Integer.toString(part.calls()), "-r", Double.toString(part.perSecond())));
        command.addAll(List.of("-trace_msg", "-message_file", messages.toString()));
        command.addAll(List.of(
                "-trace_err", "-error_file", directory.resolve("errors.log").toString()));
        command.addAll(List.of("-trace_stat", "-stf", statistics.toString(), "-fd", "1"));
        if (part.values().containsKey("proves")) {
            command.addAll(List.of("-auth_uri", part.values().get("proves")));
        }
        command.addAll(List.of("-nostdin", "-recv_timeout", "40000"));
        process = ChildProcess.start("sipp", directory, command, Map.of("TERM", "dumb"));
    }

    /** Starts a user who waits to be called; it listens when this returns. */
    public static Sipp answering(Part part, Path parent) {
        Sipp sipp = new Sipp(part, parent);
        sipp.process.awaitReady("a listener on port " + part.port(), START, () -> isListening(part.port()));
        return sipp;
    }

    /** Starts a user who calls. */
    public static Sipp calling(Part part, Path parent) {
        return new Sipp(part, parent);
    }

    /*
     * Not by connecting, which would end the scenario's first connection: SIPp over TCP serves the ones it has accepted.
     */
    private static boolean isListening(int port) {
        String entry = ":%04X 00000000:0000 0A".formatted(port);
        try {
            return Files.readString(Path.of("/proc/net/tcp")).contains(entry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path scenario(Part part, Path directory) {
        String file = part.scenario() + ".xml";
        return Template.beside(Sipp.class, file).fill(directory.resolve(file), part.values());
    }

    /** Returns when all calls are played; fails with what was sent and received if one did not go as written. */
    public void awaitSuccess(Duration within) {
        int exit = process.awaitExit(within);
        if (exit != 0) {
            throw new AssertionError("SIPp ended with " + exit + "\n" + messages());
        }
    }

    /** Returns whether all calls are played, and all went as written. */
    public boolean succeeded() {
        return !process.isAlive() && process.process().exitValue() == 0;
    }

    /** Returns everything sent and received so far, as SIPp writes it down. */
    public String messages() {
        try {
            return Files.exists(messages) ? Files.readString(messages) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns how many calls went as written. */
    public int successes() {
        return statistic("SuccessfulCall(C)");
    }

    /** Returns how many calls did not go as written. */
    public int failures() {
        return statistic("FailedCall(C)");
    }

    private int statistic(String column) {
        try {
            List<String> lines = Files.exists(statistics) ? Files.readAllLines(statistics) : List.of();
            if (lines.size() < 2) {
                return 0;
            }
            int index = List.of(lines.get(0).split(";", -1)).indexOf(column);
            return Integer.parseInt(lines.get(lines.size() - 1).split(";", -1)[index]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the process, to kill it. */
    public ChildProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }
}
