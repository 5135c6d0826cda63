// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.dns;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real name server on a loopback port, with the records it is given and no others. */
public final class Dnsmasq implements AutoCloseable {
    private final Process process;
    private final int port;

    private Dnsmasq(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it and waits until it serves.
     *
     * @param records as options of dnsmasq, such as {@code --host-record=sip.fabrikam.example,127.0.0.1}
     */
    public static Dnsmasq serving(String... records) throws IOException {
        return serving(freePort(), records);
    }

    /** A process that takes another group no longer learns of its parent's end. */
    private static String ownGroup() throws IOException {
        return Files.readAttributes(Path.of("/proc/self"), PosixFileAttributes.class)
                .group()
                .getName();
    }

    /** As {@link #serving(String...)}, on a port that is known to be free. */
    public static Dnsmasq serving(int port, String... records) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                // Ends with the thread that starts it, even if the tests are killed.
                "setpriv",
                "--pdeathsig",
                "TERM",
                "dnsmasq",
                "--keep-in-foreground",
                "--conf-file=/dev/null",
                "--log-facility=-",
                "--pid-file",
                "--user=" + System.getProperty("user.name"),
                "--group=" + ownGroup(),
                "--no-resolv",
                "--no-hosts",
                "--bind-interfaces",
                "--listen-address=127.0.0.1",
                "--port=" + port,
                "--local=/example/",
                "--local-ttl=120"));
        command.addAll(List.of(records));
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException missing) {
            throw new IOException("this test needs dnsmasq: apt-get install dnsmasq-base", missing);
        }
        StringBuilder said = new StringBuilder();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.append(line).append('\n');
            if (line.contains("started, version")) {
                return new Dnsmasq(process, port);
            }
        }
        throw new IOException("dnsmasq did not start: " + said);
    }

    /** Returns its address as the configuration writes it. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stop) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
