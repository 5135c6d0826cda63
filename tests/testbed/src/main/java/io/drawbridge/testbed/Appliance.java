// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An appliance in a process and a home of its own. Its configuration is files, written before it starts or while it
 * runs.
 */
public final class Appliance implements AutoCloseable {
    /** The administrator's password in every test. */
    public static final String PASSWORD = "test-password-42";

    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration ASKING = Duration.ofSeconds(5);
    private static final Duration ADMITTED = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final String name;
    private final Distribution distribution;
    private final Path home;
    private final int managementPort = FreePorts.next();
    private final int shellPort = FreePorts.next();
    private ChildProcess process;
    private Duration startTime = Duration.ZERO;

    /** Makes a home with the configuration as shipped, and its management on free ports. */
    public Appliance(String name, Distribution distribution, Path parent) {
        this.name = name;
        this.distribution = distribution;
        home = Kamailio.directory(parent, name);
        Kamailio.directory(home, "deploy");
        Kamailio.directory(home.resolve("data"), "log");
        distribution.copyConfiguration(home.resolve("etc"));
        configure("io.drawbridge.monitor", Map.of("port", managementPort));
        replaceLine("org.apache.karaf.shell.cfg", "sshPort", Integer.toString(shellPort));
    }

    /** Writes the configuration of a PID; a running appliance follows within about a second. */
    public Appliance configure(String pid, Map<String, ?> values) {
        write(pid + ".cfg", values);
        return this;
    }

    /** Writes one instance of a factory PID. */
    public Appliance configure(String factoryPid, String instance, Map<String, ?> values) {
        write(factoryPid + "-" + instance + ".cfg", values);
        return this;
    }

    /** Takes one instance of a factory PID away. */
    public void forget(String factoryPid, String instance) {
        try {
            Files.delete(home.resolve("etc").resolve(factoryPid + "-" + instance + ".cfg"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String file, Map<String, ?> values) {
        String text = values.entrySet().stream()
                .map(entry -> entry.getKey() + " = " + text(entry.getValue()) + "\n")
                .sorted()
                .collect(Collectors.joining());
        Path target = home.resolve("etc").resolve(file);
        Path part = home.resolve("etc").resolve(file + ".part");
        try {
            // Moved into place, so that the appliance never reads half a file.
            Files.writeString(part, text);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(Object::toString).collect(Collectors.joining(", "))
                : value.toString();
    }

    private void replaceLine(String file, String key, String value) {
        Path path = home.resolve("etc").resolve(file);
        try {
            List<String> lines = Files.readAllLines(path).stream()
                    .map(line -> line.matches(key + "\\s*=.*") ? key + " = " + value : line)
                    .toList();
            Files.write(path, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it and returns when it serves on all its listeners. */
    public Appliance start() {
        return start(List.of());
    }

    /** Starts it with a command in front of its own, such as {@code taskset}. */
    public Appliance start(List<String> launcher) {
        long begun = System.nanoTime();
        List<String> command = new ArrayList<>(launcher);
        command.addAll(List.of(distribution.root().resolve("bin/karaf").toString(), "daemon"));
        process = ChildProcess.start(
                "console",
                home,
                command,
                Map.of(
                        "JAVA_HOME",
                        System.getProperty("java.home"),
                        "KARAF_HOME",
                        distribution.root().toString(),
                        "KARAF_BASE",
                        home.toString(),
                        "CHECK_ROOT_INSTANCE_RUNNING",
                        "false",
                        "KARAF_OPTS",
                        "-Dkaraf.instances=" + home.resolve("instances") + " -Dkaraf.pid.file="
                                + home.resolve("drawbridge.pid"),
                        "DRAWBRIDGE_ADMIN_PASSWORD",
                        PASSWORD));
        process.awaitReady("'Drawbridge serves' in its output", START, this::serves);
        startTime = Duration.ofNanos(System.nanoTime() - begun);
        return this;
    }

    private boolean serves() {
        String output = process.output();
        if (output.contains(", closed: ")) {
            throw new AssertionError("A listener did not open:\n" + output);
        }
        log().lines()
                .filter(line -> line.contains("Error installing boot features"))
                .findAny()
                .ifPresent(line -> {
                    throw new AssertionError(name + " cannot boot, see " + home.resolve("data/log/karaf.log"));
                });
        return output.contains("Drawbridge serves on ");
    }

    /** Returns the name it was made with. */
    public String name() {
        return name;
    }

    /** Returns how long the last start took, from the command to serving. */
    public Duration startTime() {
        return startTime;
    }

    /** Returns its folder with {@code etc} and {@code data}. */
    public Path home() {
        return home;
    }

    /** Returns the process, to kill, freeze or measure it. */
    public ChildProcess process() {
        return process;
    }

    /** Returns its log so far. */
    public String log() {
        Path log = home.resolve("data/log/karaf.log");
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a page of its management port, such as {@code /metrics}; empty if it does not answer 200. */
    public String page(String path) {
        return asked(path)
                .filter(response -> response.statusCode() == 200)
                .map(HttpResponse::body)
                .orElse("");
    }

    /** Returns what it says of its health, good or bad; empty if it does not answer. */
    public String health() {
        return asked("/health").map(HttpResponse::body).orElse("");
    }

    private Optional<HttpResponse<String>> asked(String path) {
        try {
            return Optional.of(http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path))
                            .timeout(ASKING)
                            .build(),
                    HttpResponse.BodyHandlers.ofString()));
        } catch (IOException notYet) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Returns the sum over the samples of a metric whose labels contain a text. */
    public double metric(String metric, String labels) {
        return page("/metrics")
                .lines()
                .filter(line -> line.startsWith(metric) && line.contains(labels))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Returns the port its shell listens on. */
    public int shellPort() {
        return shellPort;
    }

    /** Returns what a command of its shell prints. */
    public String shell(String command) {
        String[] said = new String[1];
        Eventually.await("the shell to let the administrator in", ADMITTED, () -> {
            said[0] = said(command);
            return !said[0].startsWith("The shell does not let ");
        });
        return said[0];
    }

    /** In the first moments of a start the container's realm may refuse an administrator who is there. */
    private String said(String command) {
        ProcessBuilder builder = new ProcessBuilder(
                        distribution.root().resolve("bin/drawbridge").toString(),
                        "shell",
                        "--home",
                        home.toString(),
                        command)
                .redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("DRAWBRIDGE_ADMIN_PASSWORD", PASSWORD);
        try {
            Process shell = builder.start();
            shell.getOutputStream().close();
            return new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops it and returns when it has ended; it can be started again. */
    public void stop() {
        if (process != null) {
            process.close();
        }
    }

    @Override
    public void close() {
        stop();
    }
}
