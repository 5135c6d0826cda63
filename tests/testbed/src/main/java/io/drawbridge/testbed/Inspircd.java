// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An IRC network of one InspIRCd, which knows most of IRCv3, and the services of Atheme, which keep accounts. */
public final class Inspircd implements IrcServer {
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
     * Starts it below a directory; services are there when the constructor returns. Whoever sends more than ten lines at once
     * and then one a second is put out.
     *
     * @param name the server's name
     * @param credential what it shows in TLS
     * @param anchor whom it asks clients' certificates of, PEM
     */
    public Inspircd(Path parent, String name, Credential credential, Path anchor) {
        this(parent, name, credential, anchor, 10);
    }

    /**
     * As {@link #Inspircd(Path, String, Credential, Path)}, with another patience.
     *
     * @param burst how many lines somebody may send at once
     */
    public Inspircd(Path parent, String name, Credential credential, Path anchor, int burst) {
        if (!Files.exists(PROGRAM) || !Files.exists(SERVICES)) {
            throw new IllegalStateException("inspircd is not installed: apt-get install -y inspircd atheme-services");
        }
        directory = Kamailio.directory(parent, "inspircd-" + name);
        Map<String, Object> values = Map.ofEntries(
                Map.entry("name", name),
                Map.entry("port", port),
                Map.entry("tlsPort", tlsPort),
                Map.entry("linkPort", linkPort),
                Map.entry("certificate", credential.certificateFile()),
                Map.entry("key", credential.keyFile()),
                Map.entry("anchor", anchor),
                Map.entry("burst", burst),
                Map.entry("oper", OPER),
                Map.entry("operPassword", OPER_PASSWORD),
                Map.entry("directory", directory));
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

    @Override
    public int port() {
        return port;
    }

    @Override
    public int tlsPort() {
        return tlsPort;
    }

    /** Restarts the services too; accounts are kept. */
    @Override
    public void restart() {
        close();
        start();
    }

    @Override
    public ChildProcess process() {
        return server;
    }

    @Override
    public void close() {
        services.close();
        server.close();
    }
}
