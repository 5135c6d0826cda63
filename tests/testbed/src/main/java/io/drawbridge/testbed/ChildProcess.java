// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A server or tool run beside the test, output in a log file of its own. It is told to end when the test's process
 * ends, however that happens.
 */
public final class ChildProcess implements AutoCloseable {
    /** An appliance that is stopped finishes what it accepted, which may take 33 seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    /*
     * The kernel signals a child when the thread that started it ends, not the process (prctl(2), PR_SET_PDEATHSIG), so
     * all children are started by a thread that lives as long as the process does.
     */
    private static final ExecutorService STARTER = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "child-starter");
        thread.setDaemon(true);
        return thread;
    });

    private final String name;
    private final Process process;
    private final Path log;
    private final int logStart;

    private ChildProcess(String name, Path log, Supplier<Process> starter) {
        this.name = name;
        this.log = log;
        // What a predecessor wrote stays in the file for people, but is not this process's output.
        logStart = read(log).length;
        process = starter.get();
    }

    /** Starts a command in a directory, where its output goes to {@code NAME.log}. */
    public static ChildProcess start(String name, Path directory, List<String> command) {
        return start(name, directory, command, Map.of());
    }

    /** Starts a command in a directory with additional environment variables. */
    public static ChildProcess start(
            String name, Path directory, List<String> command, Map<String, String> environment) {
        Path log = directory.resolve(name + ".log");
        return new ChildProcess(
                name,
                log,
                () -> launch(directory, command, environment, builder -> builder.redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))));
    }

    /** Starts a command whose output the caller reads and whose input it writes; only its complaints are logged. */
    public static ChildProcess startConversing(String name, Path directory, List<String> command) {
        Path log = directory.resolve(name + ".log");
        return new ChildProcess(
                name,
                log,
                () -> launch(
                        directory,
                        command,
                        Map.of(),
                        builder -> builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))));
    }

    /** What else is set on the builder of a process. */
    private interface Streams {
        ProcessBuilder connect(ProcessBuilder builder);
    }

    private static Process launch(
            Path directory, List<String> command, Map<String, String> environment, Streams streams) {
        List<String> guarded = new ArrayList<>(List.of("setpriv", "--pdeathsig", "TERM"));
        guarded.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(guarded).directory(directory.toFile());
        builder.environment().putAll(environment);
        return CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return streams.connect(builder).start();
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        },
                        STARTER)
                .join();
    }

    /** Returns the number of the process. */
    public long pid() {
        return process.pid();
    }

    /** Returns the process, for its input, output and exit value. */
    public Process process() {
        return process;
    }

    /** Returns whether it has not ended. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Returns where its output goes. */
    public Path log() {
        return log;
    }

    /** Returns its output so far. */
    public String output() {
        byte[] bytes = read(log);
        return new String(bytes, logStart, bytes.length - logStart, StandardCharsets.UTF_8);
    }

    private static byte[] read(Path file) {
        try {
            return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns as soon as the output contains a text; fails at once when the process ends before. */
    public void awaitOutput(String text, Duration within) {
        awaitWhileAlive("'" + text + "' in its output", within, () -> output().contains(text));
    }

    /**
     * Waits until a process that was just started serves.
     *
     * @throws AssertionError if it does not in time, with the end of its log; it is stopped then
     */
    public void awaitReady(String what, Duration within, BooleanSupplier condition) {
        try {
            awaitWhileAlive(what, within, condition);
        } catch (AssertionError e) {
            close();
            throw e;
        }
    }

    /** Returns as soon as the condition holds; fails at once, with the end of the log, when the process ends before. */
    public void awaitWhileAlive(String what, Duration within, BooleanSupplier condition) {
        Eventually.await(name + ": " + what + " (log " + log + ")", within, () -> {
            if (condition.getAsBoolean()) {
                return true;
            }
            if (!isAlive()) {
                throw new AssertionError(name + " ended with " + process.exitValue() + ":\n" + lastLines());
            }
            return false;
        });
    }

    private String lastLines() {
        List<String> lines = output().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
    }

    /** Returns its exit value once it has ended by itself. */
    public int awaitExit(Duration within) {
        try {
            if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(name + " still runs after " + within + ":\n" + lastLines());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Stops the process and those it started from running, as a hanging machine would; connections stay open. */
    public void freeze() {
        signal("STOP");
    }

    /** Lets a frozen process go on. */
    public void thaw() {
        signal("CONT");
    }

    /** Ends the process and those it started without giving them a chance to say goodbye. */
    public void kill() {
        List<ProcessHandle> family = family().toList();
        family.forEach(ProcessHandle::destroyForcibly);
        Eventually.await(name + " to die", PATIENCE, () -> family.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** Asks the process to end, waits, and ends it by force if it does not; harmless when it has ended already. */
    @Override
    public void close() {
        List<ProcessHandle> family = family().toList();
        if (process.isAlive()) {
            thaw();
            process.destroy();
        }
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        family.forEach(ProcessHandle::destroyForcibly);
    }

    private Stream<ProcessHandle> family() {
        return Stream.concat(process.toHandle().descendants(), Stream.of(process.toHandle()));
    }

    /**
     * Lets it, and those it started, write no file beyond so many octets, as if the disk were full. What is read stays
     * possible.
     */
    public void limitFiles(long octets) {
        limitFiles(Long.toString(octets));
    }

    /** Lets it write whatever it wants again. */
    public void unlimitFiles() {
        limitFiles("unlimited");
    }

    private void limitFiles(String octets) {
        // The soft limit, which may be raised again without privileges (getrlimit(2), RLIMIT_FSIZE).
        family().forEach(member -> {
            String pid = Long.toString(member.pid());
            if (run(List.of("prlimit", "--pid", pid, "--fsize=" + octets + ":")) != 0) {
                throw new AssertionError("no limit for " + name + " (" + pid + ")");
            }
        });
    }

    private void signal(String signal) {
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
        family().map(member -> Long.toString(member.pid())).forEach(command::add);
        run(command);
    }

    private static int run(List<String> command) {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }
}
