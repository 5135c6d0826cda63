// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An IRC network of one InspIRCd, which knows most of IRCv3, and the services of Atheme, which keep accounts. */
public final class Inspircd implements AutoCloseable {
    /** The name of the account with which {@link IrcUser} becomes an operator. */
    public static final String OPER = "boss";

    /** The operator's password. */
    public static final String OPER_PASSWORD = "boss-password";

    private static final Path PROGRAM = Path.of("/usr/sbin/inspircd");
    private static final Path SERVICES = Path.of("/usr/bin/atheme-services");
    private static final Duration START = Duration.ofSeconds(60);

    private final Path directory;
    private final Path configuration;
    private final Path servicesConfiguration;
    private final int port = FreePorts.next();
    private final int tlsPort = FreePorts.next();
    private final int linkPort = FreePorts.next();
    private ChildProcess server;
    private ChildProcess services;

    /**
     * Starts it below a directory; services are there when the constructor returns.
     *
     * @param name the server's name
     * @param credential what it shows in TLS
     * @param anchor whom it asks clients' certificates of, PEM
     */
    public Inspircd(Path parent, String name, Credential credential, Path anchor) {
        if (!Files.exists(PROGRAM) || !Files.exists(SERVICES)) {
            throw new IllegalStateException("inspircd is not installed: apt-get install -y inspircd atheme-services");
        }
        directory = Kamailio.directory(parent, "inspircd-" + name);
        Map<String, Object> values = Map.of(
                "name", name,
                "port", port,
                "tlsPort", tlsPort,
                "linkPort", linkPort,
                "certificate", credential.certificateFile(),
                "key", credential.keyFile(),
                "anchor", anchor,
                "oper", OPER,
                "operPassword", OPER_PASSWORD,
                "directory", directory);
        configuration =
                Template.beside(Inspircd.class, "inspircd.conf").fill(directory.resolve("inspircd.conf"), values);
        servicesConfiguration =
                Template.beside(Inspircd.class, "atheme.conf").fill(directory.resolve("atheme.conf"), values);
        Kamailio.directory(directory, "services");
        start();
    }

    private void start() {
        List<String> command = new ArrayList<>(
                List.of(PROGRAM.toString(), "--nofork", "--nolog", "--config", configuration.toString()));
        if (System.getProperty("user.name").equals("root")) {
            command.add("--runasroot");
        }
        server = ChildProcess.start("inspircd", directory, command);
        server.awaitReady(
                "a listener on port " + tlsPort,
                START,
                () -> FreePorts.isServed(tlsPort) && FreePorts.isServed(linkPort));
        services = ChildProcess.start(
                "atheme",
                directory,
                List.of(
                        SERVICES.toString(),
                        "-n",
                        "-c",
                        servicesConfiguration.toString(),
                        "-D",
                        directory.resolve("services").toString(),
                        "-l",
                        directory.resolve("atheme-own.log").toString(),
                        "-p",
                        directory.resolve("atheme.pid").toString()));
        services.awaitOutput("finished synching", START);
    }

    /** Returns its port for clients in the clear. */
    public int port() {
        return port;
    }

    /** Returns its port for clients over TLS. */
    public int tlsPort() {
        return tlsPort;
    }

    /** Starts server and services anew on the same ports, stopped before if they still run; accounts are kept. */
    public void restart() {
        close();
        start();
    }

    /** Returns the server's process, to kill or freeze it, or read its log. */
    public ChildProcess process() {
        return server;
    }

    @Override
    public void close() {
        services.close();
        server.close();
    }
}
