// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.clients;

import static org.assertj.core.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A running baresip with one account, driven through its ctrl_tcp module: commands in, events out, as JSON in netstrings.
 * What it shows people is on its standard output.
 */
final class Baresip implements AutoCloseable {
    private static final Path MODULES = Path.of("/usr/lib/baresip/modules");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private final Process process;
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
    private final Socket control;

    /** Starts a client that registers with the home at {@code port} and knows one contact. */
    Baresip(Path directory, String user, String password, String peer, int port, Path anchor) throws IOException {
        if (!Files.exists(MODULES)) {
            fail("baresip is not installed: apt-get install -y baresip-core");
        }
        Files.createDirectories(directory);
        int controlPort;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            controlPort = free.getLocalPort();
        }
        Files.writeString(
                directory.resolve("config"),
                """
                poll_method epoll
                net_interface 127.0.0.1
                sip_cafile %s
                audio_source aubridge,%s
                audio_player aubridge,%s
                audio_alert aubridge,%s
                module_path %s
                module stdio.so
                module g711.so
                module aubridge.so
                module_tmp uuid.so
                module_tmp account.so
                module_app contact.so
                module_app menu.so
                module_app presence.so
                module_app ctrl_tcp.so
                ctrl_tcp_listen 127.0.0.1:%d
                """
                        .formatted(anchor, user, user, user, MODULES, controlPort));
        Files.writeString(
                directory.resolve("accounts"),
                "<sip:%s@contoso.example;transport=tls>;auth_pass=%s;regint=600;pubint=600;answermode=auto;"
                                .formatted(user, password)
                        + "outbound=\"sip:127.0.0.1:%d;transport=tls\"%n".formatted(port));
        Files.writeString(
                directory.resolve("contacts"), "\"Peer\" <sip:%s@contoso.example>;presence=p2p%n".formatted(peer));
        process = new ProcessBuilder("baresip", "-4", "-v", "-f", directory.toString())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .start();
        listen(new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
        control = connect(controlPort);
        listen(new BufferedReader(new InputStreamReader(control.getInputStream(), StandardCharsets.UTF_8)));
    }

    /** Waits until the client has shown or signalled all of {@code parts} in one line. */
    void awaits(String... parts) throws InterruptedException {
        StringBuilder before = new StringBuilder();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            String line = said.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null) {
                fail("baresip did not say " + List.of(parts) + " but:\n" + before);
            }
            before.append(line).append('\n');
            if (List.of(parts).stream().allMatch(line::contains)) {
                return;
            }
        }
    }

    void command(String name, String parameters) throws IOException {
        byte[] json = "{\"command\":\"%s\",\"params\":\"%s\"}"
                .formatted(name, parameters)
                .getBytes(StandardCharsets.UTF_8);
        OutputStream out = control.getOutputStream();
        out.write((json.length + ":").getBytes(StandardCharsets.US_ASCII));
        out.write(json);
        out.write(',');
        out.flush();
    }

    @Override
    public void close() throws IOException {
        control.close();
        process.destroyForcibly();
    }

    private Socket connect(int port) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            try {
                return new Socket(InetAddress.getLoopbackAddress(), port);
            } catch (IOException notYet) {
                Thread.onSpinWait();
            }
        }
        process.destroyForcibly();
        throw new IOException("baresip did not open its control port; it said:\n" + String.join("\n", said));
    }

    private void listen(BufferedReader lines) {
        Thread thread = new Thread(
                () -> lines.lines()
                        .flatMap(line -> List.of(line.split("(?<=\\}),", -1)).stream())
                        .forEach(said::add),
                "baresip-output");
        thread.setUncaughtExceptionHandler((any, streamClosed) -> said.add("(end of output)"));
        thread.setDaemon(true);
        thread.start();
    }
}
