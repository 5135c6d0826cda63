// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A DNS server (dnsmasq) that knows the records it is given and says NXDOMAIN to all else under {@code .example}. */
public final class DnsServer implements AutoCloseable {
    private final int port = FreePorts.next();
    private final Path directory;
    private ChildProcess process;

    /** Starts it with records, each made by {@link #host} or {@link #federation}. */
    public DnsServer(Path parent, String... records) {
        directory = Kamailio.directory(parent, "dns");
        start(List.of(records));
    }

    /** The record of a host on loopback. */
    public static String host(String name) {
        return host(name, "127.0.0.1");
    }

    /** The record of a host. */
    public static String host(String name, String address) {
        return "host-record=" + name + "," + address + ",1";
    }

    /** The record by which a domain is found by SIP federation. */
    public static String federation(String domain, String target, int targetPort) {
        return "srv-host=_sipfederationtls._tcp." + domain + "," + target + "," + targetPort + ",0,0";
    }

    /** The record by which a domain is found by XMPP servers. */
    public static String xmpp(String domain, String target, int targetPort) {
        return "srv-host=_xmpp-server._tcp." + domain + "," + target + "," + targetPort + ",10,0";
    }

    /** The same with TLS from the first octet. */
    public static String xmpps(String domain, String target, int targetPort) {
        return "srv-host=_xmpps-server._tcp." + domain + "," + target + "," + targetPort + ",5,0";
    }

    /** Returns its port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Answers with these records from now on. */
    public void replace(String... records) {
        process.close();
        start(List.of(records));
    }

    /** Returns the process, to kill or freeze it. */
    public ChildProcess process() {
        return process;
    }

    private void start(List<String> records) {
        Path configuration = directory.resolve("dnsmasq.conf");
        List<String> lines = Stream.concat(
                        Stream.of(
                                "port=" + port,
                                "listen-address=127.0.0.1",
                                "bind-interfaces",
                                "no-resolv",
                                "no-hosts",
                                "local=/example/",
                                // Short, so that a change is seen soon by those who honour it.
                                "local-ttl=1",
                                "log-queries",
                                "log-facility=-",
                                "user=" + System.getProperty("user.name"),
                                "group=" + ownGroup(),
                                "pid-file=" + directory.resolve("dnsmasq.pid")),
                        records.stream())
                .toList();
        try {
            Files.write(configuration, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process = ChildProcess.start(
                "dnsmasq", directory, List.of("dnsmasq", "--keep-in-foreground", "--conf-file=" + configuration));
        process.awaitReady("a listener on port " + port, Duration.ofSeconds(30), this::isListening);
    }

    /** A process that takes another group no longer learns of its parent's end. */
    private static String ownGroup() {
        try {
            return Files.readAttributes(Path.of("/proc/self"), PosixFileAttributes.class)
                    .group()
                    .getName();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isListening() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
