// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A Kamailio that serves one SIP domain: users on loopback TCP ports at one end, mutual TLS with one server for all other
 * domains at the other. The user {@value #AUTO} is answered 200 by Kamailio itself.
 */
public final class KamailioDomain implements AutoCloseable {
    /** The user that needs nobody behind it. */
    public static final String AUTO = "auto";

    private final Settings settings;
    private final Path directory;
    private final Path configuration;
    private Kamailio kamailio;

    /**
     * What it serves and whom it knows.
     *
     * @param domain the SIP domain
     * @param host its own host name, which its certificate holds
     * @param tlsPort where it takes mutual TLS
     * @param userPort where it takes TCP from its users
     * @param wayOut the port on 127.0.0.1 of the TLS server that leads to all other domains
     * @param users ports on 127.0.0.1 where its users take TCP
     */
    public record Settings(
            String domain, String host, int tlsPort, int userPort, int wayOut, Map<String, Integer> users) {

        /** A domain without users, on free ports. */
        public static Settings of(String domain, String host, int wayOut) {
            return new Settings(domain, host, FreePorts.next(), FreePorts.next(), wayOut, Map.of());
        }

        /** The same with one more user on a free port. */
        public Settings with(String user) {
            Map<String, Integer> all = new LinkedHashMap<>(users);
            all.put(user, FreePorts.next());
            return new Settings(domain, host, tlsPort, userPort, wayOut, all);
        }

        /** The same with another way out. */
        public Settings wayOut(int port) {
            return new Settings(domain, host, tlsPort, userPort, port, users);
        }
    }

    /** Starts it; it listens when this returns. */
    public KamailioDomain(Settings settings, Path parent, Credential credential, Path anchor) {
        this.settings = settings;
        directory = Kamailio.directory(parent, settings.host());
        Kamailio.writeTls(directory, credential, anchor);
        configuration = Template.beside(KamailioDomain.class, "kamailio-domain.cfg")
                .fill(
                        directory.resolve("kamailio.cfg"),
                        Map.of(
                                "domain", settings.domain(),
                                "host", settings.host(),
                                "tlsPort", settings.tlsPort(),
                                "userPort", settings.userPort(),
                                "wayOut", settings.wayOut(),
                                "directory", directory,
                                "users", users()));
        start();
    }

    private String users() {
        return settings.users().entrySet().stream()
                .map(user -> "$sht(users=>%s) = \"127.0.0.1:%d\";".formatted(user.getKey(), user.getValue()))
                .collect(Collectors.joining("\n    "));
    }

    private void start() {
        kamailio = new Kamailio(settings.host(), directory, configuration, settings.tlsPort());
    }

    /** Starts it again after it was killed, on the same ports. */
    public void restart() {
        kamailio.close();
        start();
    }

    /** Starts it again with another certificate. */
    public void restart(Credential credential, Path anchor) {
        Kamailio.writeTls(directory, credential, anchor);
        restart();
    }

    /** Returns what it serves and on which ports. */
    public Settings settings() {
        return settings;
    }

    /** Returns the port where a user takes TCP. */
    public int portOf(String user) {
        return settings.users().get(user);
    }

    /** Returns the process, to kill or freeze it or to read its log. */
    public ChildProcess process() {
        return kamailio.process();
    }

    @Override
    public void close() {
        kamailio.close();
    }
}
