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

/** A Kamailio with a configuration of the caller's; it listens when the constructor returns. */
public final class Kamailio implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);

    private final ChildProcess process;

    /**
     * Starts it on any processor.
     *
     * @param name of its log file
     * @param directory of its own, with its configuration
     * @param configuration the file to start with
     * @param port one it listens on over TCP, as the sign that it is up
     */
    public Kamailio(String name, Path directory, Path configuration, int port) {
        this(name, directory, configuration, port, 128, List.of());
    }

    /**
     * Starts it with shared memory of so many megabytes and a command in front of its own, such as {@code taskset}.
     */
    public Kamailio(
            String name, Path directory, Path configuration, int port, int sharedMegabytes, List<String> launcher) {
        List<String> command = new ArrayList<>(launcher);
        // -DD -E: in the foreground, complaints to the log here. tlsf: three times faster under load than the default.
        command.addAll(List.of("kamailio", "-DD", "-E", "-x", "tlsf", "-X", "tlsf"));
        command.addAll(List.of("-m", Integer.toString(sharedMegabytes), "-M", "64"));
        command.addAll(List.of("-Y", directory.toString(), "-f", configuration.toString()));
        process = ChildProcess.start(name, directory, command);
        process.awaitReady("a listener on port " + port, START, () -> FreePorts.isServed(port));
    }

    /** Writes the TLS configuration file for mutual TLS in both directions and returns it. */
    public static Path writeTls(Path directory, Credential credential, Path anchor) {
        return Template.beside(Kamailio.class, "kamailio-tls.cfg")
                .fill(
                        directory.resolve("tls.cfg"),
                        Map.of(
                                "certificate", credential.certificateFile(),
                                "key", credential.keyFile(),
                                "anchor", anchor));
    }

    /** Makes a directory below another. */
    static Path directory(Path parent, String name) {
        try {
            return Files.createDirectories(parent.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the process, to kill, freeze, measure it or read its log. */
    public ChildProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }
}
