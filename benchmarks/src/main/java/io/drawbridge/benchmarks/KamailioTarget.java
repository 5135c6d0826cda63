// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.benchmarks;

import io.drawbridge.testbed.FreePorts;
import io.drawbridge.testbed.Kamailio;
import io.drawbridge.testbed.Template;
import io.drawbridge.testbed.load.LoadMessage;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The yardstick: Kamailio as a stateful relay with its allowed domains in a hash table. */
final class KamailioTarget implements RelayTarget {
    // It keeps finished transactions for five seconds, about 15 KB each.
    private static final int SHARED_MEGABYTES = 6_000;

    private final int port = FreePorts.next();
    private final Kamailio kamailio;

    KamailioTarget(Scene scene, int nextHopPort, int domains) {
        try {
            Path directory = Files.createTempDirectory(scene.directory(), "kamailio");
            Kamailio.writeTls(directory, scene.relay(), scene.authority().anchorFile());
            writeDomains(Files.createDirectory(directory.resolve("db")), domains);
            Path configuration = Template.beside(KamailioTarget.class, "kamailio-relay.cfg")
                    .fill(
                            directory.resolve("kamailio.cfg"),
                            Map.of(
                                    "port", port,
                                    "directory", directory,
                                    "inside", Scene.INSIDE,
                                    "nextHop", nextHopPort));
            kamailio = new Kamailio(
                    "kamailio", directory, configuration, port, SHARED_MEGABYTES, Processors.pinnedAsTarget());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeDomains(Path database, int domains) throws IOException {
        Files.writeString(database.resolve("version"), "table_name(string) table_version(int)\nallowed:2\n");
        try (BufferedWriter out = Files.newBufferedWriter(database.resolve("allowed"))) {
            out.write("id(int,auto) key_name(string) key_type(int) value_type(int) key_value(string) expires(int)\n");
            for (int i = 0; i < domains; i++) {
                // Type 1 is an integer value.
                out.write(i + 1 + ":" + LoadMessage.domain(i) + ":0:1:1:0\n");
            }
        }
    }

    @Override
    public String name() {
        return "Kamailio";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public long pid() {
        return kamailio.process().pid();
    }

    @Override
    public void close() {
        kamailio.close();
    }
}
