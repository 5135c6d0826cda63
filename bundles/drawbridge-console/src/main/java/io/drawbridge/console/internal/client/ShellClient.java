// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.karaf.client.Main;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.client.session.ClientSession.ClientSessionEvent;
import org.apache.sshd.common.util.io.output.NoCloseOutputStream;

/**
 * The client of the appliance's shell, for the {@code drawbridge} script; runs outside the container. The container's own
 * client takes a password from its arguments only, where everybody on the machine can read it, breaks a command off when
 * the standard input ends, and does not let Ctrl-C end one. Behind the port it wants the appliance whose configuration it
 * reads: with several on a machine, no command reaches another one.
 */
public final class ShellClient {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration START = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final int FAILED = 1;

    private final PrintStream output;
    private final PrintStream errors;
    private final HostKey key;

    private ShellClient(PrintStream output, PrintStream errors, HostKey key) {
        this.output = output;
        this.errors = errors;
        this.key = key;
    }

    /** What is done with a session before anybody has logged in. */
    private interface Use {
        int of(ClientSession session) throws IOException;
    }

    /** Runs the command given and ends with its status; without one, opens a shell to type into. */
    public static void main(String[] words) throws Exception {
        Invocation invocation = Invocation.of(System.getenv(), List.of(words));
        HostKey key = new HostKey(Path.of(System.getProperty("karaf.etc")));
        ShellClient client = new ShellClient(System.out, System.err, key);
        if (!invocation.command().isEmpty()) {
            System.exit(client.run(invocation));
        } else if (!client.reaches(invocation)) {
            System.exit(FAILED);
        }
        typeInto(invocation);
    }

    /** Returns whether the appliance answers, and says so if not. */
    private boolean reaches(Invocation invocation) {
        return with(invocation, session -> 0) == 0;
    }

    /** A shell to type into needs the handling of terminals that the container's client has. */
    private static void typeInto(Invocation invocation) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-h", "127.0.0.1", "-u", invocation.user()));
        invocation.password().ifPresent(password -> arguments.addAll(List.of("-p", password)));
        Main.main(arguments.toArray(String[]::new));
    }

    private int run(Invocation invocation) {
        Optional<String> password = invocation.password().or(() -> asked(invocation.user()));
        if (password.isEmpty()) {
            errors.println("Without a terminal nobody can be asked for the password of " + invocation.user()
                    + ": set DRAWBRIDGE_ADMIN_PASSWORD.");
            return FAILED;
        }
        return with(invocation, session -> {
            session.addPasswordIdentity(password.get());
            if (!session.auth().await(PATIENCE) || !session.isAuthenticated()) {
                errors.println("The shell does not let " + invocation.user() + " in: the password is wrong,"
                        + " the user does not exist, or lacks the role ssh.");
                return FAILED;
            }
            return run(session, invocation);
        });
    }

    private int with(Invocation invocation, Use use) {
        SshClient client = SshClient.setUpDefaultClient();
        client.setServerKeyVerifier((session, address, shown) -> key.is(shown));
        client.start();
        try (ClientSession session = connected(client, invocation)) {
            session.waitFor(EnumSet.of(ClientSessionEvent.WAIT_AUTH, ClientSessionEvent.CLOSED), PATIENCE);
            if (!session.isOpen()) {
                errors.println("At 127.0.0.1:" + invocation.port() + " answers something else than this appliance's"
                        + " shell: set another sshPort in " + key.etc() + "/org.apache.karaf.shell.cfg.");
                return FAILED;
            }
            return use.of(session);
        } catch (IOException failed) {
            errors.println("The shell at 127.0.0.1:" + invocation.port() + " cannot be used: " + failed.getMessage());
            return FAILED;
        } finally {
            client.stop();
        }
    }

    /** An appliance that was started a moment ago serves before its shell listens. */
    private static ClientSession connected(SshClient client, Invocation invocation) throws IOException {
        long start = System.nanoTime();
        while (true) {
            try {
                return client.connect(invocation.user(), "127.0.0.1", invocation.port())
                        .verify(PATIENCE)
                        .getSession();
            } catch (IOException refused) {
                if (System.nanoTime() - start > START.toNanos()) {
                    throw refused;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private static Optional<String> asked(String user) {
        return Optional.ofNullable(System.console())
                .map(terminal -> terminal.readPassword("Password of %s: ", user))
                .map(String::new);
    }

    private int run(ClientSession session, Invocation invocation) throws IOException {
        try (ChannelExec channel = session.createExecChannel(invocation.command())) {
            invocation.columns().ifPresent(columns -> channel.setEnv("COLUMNS", columns));
            channel.setIn(InputStream.nullInputStream());
            channel.setOut(new NoCloseOutputStream(readable(output)));
            channel.setErr(new NoCloseOutputStream(readable(errors)));
            channel.open().verify(PATIENCE);
            channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), 0);
            Integer status = channel.getExitStatus();
            return status == null ? FAILED : status;
        }
    }

    /** Colours are for terminals; who writes to a file or a mail gets the text alone. */
    private static OutputStream readable(OutputStream stream) {
        return Optional.ofNullable(System.console()).isPresent() ? stream : new Uncoloured(stream);
    }
}
