// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A running baresip with one account, driven through its ctrl_tcp module: commands in, events out, as JSON in netstrings.
 * What it shows people is on its standard output.
 */
public final class Baresip implements AutoCloseable {
    private static final Path MODULES = Path.of("/usr/lib/baresip/modules");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ChildProcess process;
    private final SaidLines said = new SaidLines("baresip", "(?<=\\}),");
    private final Socket control;

    /**
     * Whose client it is.
     *
     * @param address the address of record, user@domain
     * @param password the user's password at the home
     * @param contact address of record of the one contact, whose presence is watched
     * @param port where the home takes clients over TLS on 127.0.0.1
     * @param anchor whom the client trusts, PEM
     * @param nameServers lines of configuration that say whom it asks for names
     */
    public record Account(String address, String password, String contact, int port, Path anchor, String nameServers) {
        /** An account whose client asks the system's name servers. */
        public Account(String address, String password, String contact, int port, Path anchor) {
            this(address, password, contact, port, anchor, "");
        }

        /** The same with a client that asks a name server of the test; it needs the names in route sets. */
        public Account resolvingBy(DnsServer dns) {
            return new Account(address, password, contact, port, anchor, "dns_server 127.0.0.1:" + dns.port());
        }

        private String user() {
            return address.substring(0, address.indexOf('@'));
        }
    }

    /** Starts a client that registers at once; it takes commands when this returns. */
    public Baresip(Account account, Path parent) {
        if (!Files.exists(MODULES)) {
            throw new IllegalStateException("baresip is not installed: apt-get install -y baresip-core");
        }
        Path directory = Kamailio.directory(parent, account.address());
        int controlPort = FreePorts.next();
        configure(account, directory, controlPort);
        // It speaks to people on both streams, and each line is wanted in its order.
        process = ChildProcess.startConversing(
                "baresip", directory, List.of("sh", "-c", "exec baresip -4 -v -f \"$0\" 2>&1", directory.toString()));
        said.listen(process.process().getInputStream());
        try {
            control = connect(controlPort);
            said.listen(control.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void configure(Account account, Path directory, int controlPort) {
        try {
            Files.writeString(
                    directory.resolve("config"),
                    """
                    poll_method epoll
                    net_interface 127.0.0.1
                    %5$s
                    sip_cafile %1$s
                    audio_source aubridge,%2$s
                    audio_player aubridge,%2$s
                    audio_alert aubridge,%2$s
                    module_path %3$s
                    module stdio.so
                    module g711.so
                    module aubridge.so
                    module_tmp uuid.so
                    module_tmp account.so
                    module_app contact.so
                    module_app menu.so
                    module_app presence.so
                    module_app ctrl_tcp.so
                    ctrl_tcp_listen 127.0.0.1:%4$d
                    """
                            .formatted(account.anchor(), account.user(), MODULES, controlPort, account.nameServers()));
            Files.writeString(
                    directory.resolve("accounts"),
                    "<sip:%s;transport=tls>;auth_pass=%s;regint=600;pubint=600;answermode=auto;outbound=\"sip:127.0.0.1:%d;transport=tls\"%n"
                            .formatted(account.address(), account.password(), account.port()));
            Files.writeString(
                    directory.resolve("contacts"), "\"Peer\" <sip:%s>;presence=p2p%n".formatted(account.contact()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Waits until the client has shown or signalled all of {@code parts} in one line; what came before is passed over.
     */
    public void awaits(String... parts) {
        said.await(PATIENCE, parts);
    }

    /** Returns whether the client shows or signals all of {@code parts} in one line in time. */
    public boolean hears(Duration within, String... parts) {
        return said.hears(within, parts);
    }

    /** Gives a command, such as {@code message}, {@code dial}, {@code hangup} or {@code quit}. */
    public void command(String name, String parameters) {
        byte[] json = "{\"command\":\"%s\",\"params\":\"%s\"}"
                .formatted(name, parameters)
                .getBytes(StandardCharsets.UTF_8);
        try {
            OutputStream out = control.getOutputStream();
            out.write((json.length + ":").getBytes(StandardCharsets.US_ASCII));
            out.write(json);
            out.write(',');
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.kill();
        try {
            control.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Socket connect(int port) {
        Socket[] connected = new Socket[1];
        process.awaitReady("its control port " + port, PATIENCE, () -> {
            try {
                connected[0] = new Socket(InetAddress.getLoopbackAddress(), port);
                return true;
            } catch (IOException notYet) {
                return false;
            }
        });
        return connected[0];
    }
}
