// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A Prosody that hosts one XMPP domain, with users of its own or with such that the test plays by {@link #component}. */
public final class Prosody implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);

    /** The password of its users. */
    public static final String PASSWORD = "secret";

    private final Path directory;
    private final Settings settings;
    private final int port = FreePorts.next();
    private final int directTlsPort = FreePorts.next();
    private final int componentPort = FreePorts.next();
    private final int clientPort = FreePorts.next();
    private ChildProcess process;

    /**
     * What a Prosody is to be like.
     *
     * @param domain the domain it hosts
     * @param dnsPort of the name server on 127.0.0.1 that it asks
     * @param certificate the chain it presents, in PEM
     * @param key its private key, in PEM
     * @param anchor whom it trusts
     * @param requireTls whether it talks over TLS only
     * @param secureAuth whether it takes certificates only, no dialback
     * @param modules further modules, such as {@code s2s_bidi} and {@code smacks}
     * @param disabled modules it is to do without, such as {@code tls}
     * @param users the names of the domain's users; without any, the test plays all users there may be
     * @param silence after which it asks a peer that says nothing, and after which again it gives it up
     */
    public record Settings(
            String domain,
            int dnsPort,
            Path certificate,
            Path key,
            Path anchor,
            boolean requireTls,
            boolean secureAuth,
            List<String> modules,
            List<String> disabled,
            List<String> users,
            Duration silence) {
        /** Its own default. */
        private static final Duration SILENCE = Duration.ofMinutes(14);

        /** A server that wants TLS and takes certificates and dialback. */
        public static Settings of(String domain, int dnsPort, Credential credential, Path anchor) {
            return of(domain, dnsPort, credential.certificateFile(), credential.keyFile(), anchor);
        }

        /** The same, given by its files. */
        public static Settings of(String domain, int dnsPort, Path certificate, Path key, Path anchor) {
            return new Settings(
                    domain, dnsPort, certificate, key, anchor, true, false, List.of(), List.of(), List.of(), SILENCE);
        }

        /** The same with further modules. */
        public Settings with(String... more) {
            return new Settings(
                    domain,
                    dnsPort,
                    certificate,
                    key,
                    anchor,
                    requireTls,
                    secureAuth,
                    List.of(more),
                    disabled,
                    users,
                    silence);
        }

        /** The same without TLS. */
        public Settings withoutTls() {
            return new Settings(
                    domain, dnsPort, certificate, key, anchor, false, false, modules, List.of("tls"), users, silence);
        }

        /** The same for certificates only. */
        public Settings certificatesOnly() {
            return new Settings(
                    domain, dnsPort, certificate, key, anchor, true, true, modules, disabled, users, silence);
        }

        /** The same with users, who sign in by {@link Prosody#user}. */
        public Settings withUsers(String... names) {
            return new Settings(
                    domain,
                    dnsPort,
                    certificate,
                    key,
                    anchor,
                    requireTls,
                    secureAuth,
                    modules,
                    disabled,
                    List.of(names),
                    silence);
        }

        /** The same that gives up a peer that says nothing for twice as long. */
        public Settings asksAfter(Duration quiet) {
            return new Settings(
                    domain, dnsPort, certificate, key, anchor, requireTls, secureAuth, modules, disabled, users, quiet);
        }
    }

    /** Starts it below a directory; it listens when the constructor returns. */
    public Prosody(Path parent, Settings settings) {
        this.directory = Kamailio.directory(parent, "prosody-" + settings.domain());
        this.settings = settings;
        start();
    }

    private void start() {
        Map<String, Object> values = new HashMap<>(Map.of(
                "directory", directory,
                "port", port,
                "directTlsPort", directTlsPort,
                "componentPort", componentPort,
                "dnsPort", settings.dnsPort(),
                "domain", settings.domain(),
                "key", settings.key(),
                "certificate", settings.certificate(),
                "anchor", settings.anchor()));
        values.put("clientPort", clientPort);
        values.put("kind", settings.users().isEmpty() ? "Component" : "VirtualHost");
        values.put("modules", quoted(settings.modules()));
        values.put("disabled", quoted(settings.disabled()));
        values.put("requireTls", settings.requireTls());
        values.put("secureAuth", settings.secureAuth());
        values.put("silence", settings.silence().toSeconds());
        Path configuration =
                Template.beside(Prosody.class, "prosody.cfg.lua").fill(directory.resolve("prosody.cfg.lua"), values);
        settings.users().forEach(this::enrol);
        Kamailio.directory(directory, "data");
        int usersPort = settings.users().isEmpty() ? componentPort : clientPort;
        process = ChildProcess.start(
                "prosody", directory, List.of("prosody", "-F", "--config", configuration.toString()));
        process.awaitReady(
                "a listener on port " + port, START, () -> FreePorts.isServed(port) && FreePorts.isServed(usersPort));
    }

    /** As the server itself keeps an account, before it starts: it makes a hash of the password at the first sign-in. */
    private void enrol(String user) {
        String escaped = settings.domain().replace(".", "%2e").replace("-", "%2d");
        Path accounts = Kamailio.directory(directory, "data/" + escaped + "/accounts");
        Path account = accounts.resolve(user + ".dat");
        try {
            if (!Files.exists(account)) {
                Files.writeString(account, "return { [\"password\"] = \"" + PASSWORD + "\" };\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String quoted(List<String> names) {
        return String.join(", ", names.stream().map(name -> '"' + name + '"').toList());
    }

    /** Returns its port for servers. */
    public int port() {
        return port;
    }

    /** Returns its port for servers that speak TLS from the first octet. */
    public int directTlsPort() {
        return directTlsPort;
    }

    /** Returns its port for clients. */
    public int clientPort() {
        return clientPort;
    }

    /** Connects as the component that is the domain: it gets every stanza for it and may send as any of its users. */
    public XmppComponentLink component() {
        return new XmppComponentLink(componentPort, settings.domain(), "secret");
    }

    /** Signs one of its users in; what was sent to the user is heard from the moment this returns. */
    public XmppUser user(String name) {
        return new XmppUser(directory, name + "@" + settings.domain(), PASSWORD, clientPort, settings.anchor());
    }

    /** Starts it anew on the same ports, stopped before if it still runs. */
    public void restart() {
        process.close();
        start();
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
