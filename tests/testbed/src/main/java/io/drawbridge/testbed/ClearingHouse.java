// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Kamailio that plays the SIP gateway of a public network over mutual TLS, for one organisation, by the rules such a
 * gateway had: who may send, how people are called, what is carried. As OpenSSL does by itself, it takes no certificate of a
 * client whose purposes leave out {@code clientAuth}, which of the three networks AOL insisted on.
 *
 * <p>Its people are played by SIPp, one after another. The user {@value #AUTO} is answered 200 by Kamailio itself.
 */
public final class ClearingHouse implements AutoCloseable {
    /** The user that needs nobody behind it. */
    public static final String AUTO = "auto";

    private static final String NOBODY = "nobody";
    private static final String ONE_WORD = "^[a-z0-9._-]+$";

    private final String host;
    private final String user;
    private final Path directory;
    private final Path configuration;
    private final Map<String, Integer> ports;
    private final int tlsPort = FreePorts.next();
    private final int userPort = FreePorts.next();
    private Kamailio kamailio;

    /** What a gateway knows and carries. */
    public enum Network {
        /** Screen names in lower case without spaces; no calls. */
        AOL("sip.oscar.aol.com", "aol\\.com|aim\\.com", ONE_WORD, "LOWER_CASE", "NO_CALLS"),
        /** Addresses of Microsoft accounts, those at foreign domains decorated; calls. */
        WINDOWS_LIVE(
                "federation.messenger.msn.com",
                "msn\\.com|live\\.com|hotmail\\.com|outlook\\.com",
                "^[^()]+(\\([a-z0-9.-]+\\))?$"),
        /** IDs in lower case; text only. */
        YAHOO("lcsap.msg.yahoo.com", "yahoo\\.com", ONE_WORD, "LOWER_CASE", "NO_CALLS", "TEXT_ONLY");

        private final String host;
        private final String domains;
        private final String form;
        private final String defines;

        Network(String host, String domains, String form, String... defines) {
            this.host = host;
            this.domains = domains;
            this.form = form;
            this.defines = Stream.of(defines).map(name -> "#!define " + name).collect(Collectors.joining("\n"));
        }

        /** Returns the name of its gateway, which the certificate must hold. */
        public String host() {
            return host;
        }
    }

    /**
     * Starts it; it listens when this returns.
     *
     * @param network whose gateway
     * @param user the network's only user that is played, as the network writes it, without domain; decorated names that
     *     begin with it are this user's too
     * @param organisation the only domain that may send
     * @param wayOut the port on 127.0.0.1 of that organisation's edge
     * @param credential of the network's host
     * @param anchor whom it trusts
     */
    public ClearingHouse(
            Network network,
            String user,
            String organisation,
            int wayOut,
            Path parent,
            Credential credential,
            Path anchor) {
        host = network.host();
        this.user = user;
        directory = Kamailio.directory(parent, host);
        ports = Map.of(user, FreePorts.next(), NOBODY, FreePorts.next());
        Kamailio.writeTls(directory, credential, anchor);
        configuration = Template.beside(ClearingHouse.class, "kamailio-clearing-house.cfg")
                .fill(
                        directory.resolve("kamailio.cfg"),
                        Map.ofEntries(
                                Map.entry("defines", network.defines),
                                Map.entry("domains", network.domains),
                                Map.entry("form", network.form),
                                Map.entry("organisation", organisation),
                                Map.entry("host", host),
                                Map.entry("tlsPort", tlsPort),
                                Map.entry("userPort", userPort),
                                Map.entry("wayOut", wayOut),
                                Map.entry("directory", directory),
                                Map.entry("user", user),
                                Map.entry("users", users())));
        start();
    }

    private String users() {
        Stream<String> played = ports.entrySet().stream()
                .map(entry -> "$sht(users=>%s) = \"127.0.0.1:%d\";".formatted(entry.getKey(), entry.getValue()));
        return Stream.concat(played, Stream.of("$sht(users=>" + AUTO + ") = \"auto\";"))
                .collect(Collectors.joining("\n    "));
    }

    private void start() {
        kamailio = new Kamailio(host, directory, configuration, tlsPort);
    }

    /** Starts it again, so that the edge must connect anew. */
    public void restart() {
        kamailio.close();
        start();
    }

    /** Returns its log since it was started last. */
    public String log() {
        return kamailio.process().output();
    }

    /** Returns where it takes mutual TLS. */
    public int tlsPort() {
        return tlsPort;
    }

    /** Lets its user wait, to play the part of an address. */
    public Sipp answering(String scenario, String own, Map<String, String> values) {
        return answering(scenario, ports.get(user), own, values);
    }

    /** Lets the one who answers for everybody unknown wait. */
    public Sipp answeringForUnknown(String scenario, String own, Map<String, String> values) {
        return answering(scenario, ports.get(NOBODY), own, values);
    }

    private Sipp answering(String scenario, int port, String own, Map<String, String> values) {
        Map<String, String> all = new HashMap<>(Map.of("own", own));
        all.putAll(values);
        return Sipp.answering(Sipp.Part.of(scenario, port, userPort, all), directory);
    }

    /** Lets somebody of the network call. */
    public Sipp calling(String scenario, String from, String to, Map<String, String> values) {
        Map<String, String> all =
                new HashMap<>(Map.of("from", from, "to", to, "header", "Subject: test", "expect", "200"));
        all.putAll(values);
        return Sipp.calling(Sipp.Part.of(scenario, ports.get(user), userPort, all), directory);
    }

    @Override
    public void close() {
        kamailio.close();
    }
}
