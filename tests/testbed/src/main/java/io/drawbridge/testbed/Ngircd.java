// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** An ngIRCd: an IRC network of one server that knows RFC 2812 and next to nothing of what came after. */
public final class Ngircd implements IrcServer {
    private static final Path PROGRAM = Path.of("/usr/sbin/ngircd");
    private static final Duration START = Duration.ofSeconds(60);

    private final Path directory;
    private final Path configuration;
    private final int port = FreePorts.next();
    private final int tlsPort = FreePorts.next();
    private ChildProcess process;

    /**
     * Starts it below a directory; it listens when the constructor returns.
     *
     * @param name the server's name
     * @param credential what it shows in TLS
     */
    public Ngircd(Path parent, String name, Credential credential) {
        if (!Files.exists(PROGRAM)) {
            throw new IllegalStateException("ngircd is not installed: apt-get install -y ngircd");
        }
        directory = Kamailio.directory(parent, "ngircd-" + name);
        configuration = Template.beside(Ngircd.class, "ngircd.conf")
                .fill(
                        directory.resolve("ngircd.conf"),
                        Map.of(
                                "name", name,
                                "port", port,
                                "tlsPort", tlsPort,
                                "certificate", credential.certificateFile(),
                                "key", credential.keyFile()));
        start();
    }

    private void start() {
        process = ChildProcess.start(
                "ngircd", directory, List.of(PROGRAM.toString(), "-n", "-f", configuration.toString()));
        process.awaitReady(
                "a listener on port " + tlsPort, START, () -> FreePorts.isServed(port) && FreePorts.isServed(tlsPort));
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public int tlsPort() {
        return tlsPort;
    }

    @Override
    public void restart() {
        process.close();
        start();
    }

    @Override
    public ChildProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }
}
