// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.ledger;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of the distribution, with a cluster of its own in a folder of its own, on loopback. It refuses to run
 * as root, so root runs it as the user that came with the package.
 */
final class PostgresServer {
    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
    private static final String PASSWORD = "a secret of this test";
    private static final long LONGEST_SECONDS = 60;

    private final Path folder;
    private final Path programs;
    private final int port;
    private Process server;

    PostgresServer() throws IOException, InterruptedException {
        programs = programs();
        folder = Files.createTempDirectory("drawbridge-postgres");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path password = Files.writeString(folder.resolve("password"), PASSWORD);
        if (isRoot()) {
            run(List.of("chown", "-R", "postgres", folder.toString()));
        }
        run(asServer(
                "initdb",
                "--pgdata=" + data(),
                "--username=drawbridge",
                "--auth=scram-sha-256",
                "--pwfile=" + password,
                "--encoding=UTF8",
                "--locale=C"));
        start();
    }

    private static Path programs() throws IOException {
        if (Files.isDirectory(INSTALLED)) {
            try (Stream<Path> versions = Files.list(INSTALLED)) {
                List<Path> found = versions.map(version -> version.resolve("bin"))
                        .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                        .sorted(Comparator.naturalOrder())
                        .toList();
                if (!found.isEmpty()) {
                    return found.get(found.size() - 1);
                }
            }
        }
        throw new AssertionError("PostgreSQL is not installed: apt-get install postgresql");
    }

    /** Starts the server, and waits until it answers. */
    void start() throws IOException, InterruptedException {
        server = new ProcessBuilder(asServer(
                        "postgres",
                        "-D",
                        data().toString(),
                        "-h",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(port),
                        "-k",
                        folder.toString(),
                        "-c",
                        "max_connections=10"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        while (!answers()) {
            if (System.nanoTime() > giveUp || !server.isAlive()) {
                throw new AssertionError("PostgreSQL did not start:\n" + Files.readString(folder.resolve("log")));
            }
            server.waitFor(50, TimeUnit.MILLISECONDS);
        }
    }

    private boolean answers() {
        try (Connection connection = database("postgres").open()) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    /** Ends the server and every connection at once, without a word to anybody and without a checkpoint. */
    void crash() throws IOException, InterruptedException {
        end("-QUIT");
    }

    /** Creates an empty database. */
    Database fresh(String name) throws SQLException {
        try (Connection connection = database("postgres").open();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(true);
            statement.execute("create database " + name);
        }
        return database(name);
    }

    private Database database(String name) {
        return new Database(
                Database.Kind.POSTGRESQL, "jdbc:postgresql://127.0.0.1:" + port + "/" + name, "drawbridge", PASSWORD);
    }

    /** Stops the server and removes its files. */
    void stop() throws IOException, InterruptedException {
        end("-INT");
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void end(String signal) throws IOException, InterruptedException {
        Path pid = data().resolve("postmaster.pid");
        if (server.isAlive() && Files.exists(pid)) {
            List<String> lines = Files.readAllLines(pid);
            run(List.of("kill", signal, lines.get(0).strip()));
        }
        if (!server.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("PostgreSQL did not end");
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private List<String> asServer(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(command + ":\n" + output);
        }
    }
}
