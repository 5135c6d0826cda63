// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The appliance as it is shipped, unpacked; any number of appliances run from it, each in a home of its own. */
public final class Distribution {
    /** System property: the path of the tar.gz. */
    public static final String PROPERTY = "drawbridge.distribution";

    private final Path root;

    private Distribution(Path root) {
        this.root = root;
    }

    /** Unpacks the archive that the system property {@value #PROPERTY} names. */
    public static Distribution unpack(Path directory) {
        Path archive = Path.of(System.getProperty(PROPERTY, ""));
        if (!Files.isRegularFile(archive)) {
            throw new IllegalStateException("The system property " + PROPERTY + " names no file: '" + archive + "'");
        }
        Path root = Kamailio.directory(directory, "distribution");
        try (ChildProcess tar = ChildProcess.start(
                "tar",
                directory,
                List.of(
                        "tar",
                        "-xzf",
                        archive.toAbsolutePath().toString(),
                        "--strip-components=1",
                        "-C",
                        root.toString()))) {
            if (tar.awaitExit(java.time.Duration.ofMinutes(1)) != 0) {
                throw new IllegalStateException(archive + " cannot be unpacked: " + tar.output());
            }
        }
        return new Distribution(root);
    }

    /** Returns the folder with {@code bin}, {@code etc} and {@code system}. */
    Path root() {
        return root;
    }

    /** Returns the file of one of its bundles of Drawbridge's own. */
    public Path bundle(String artifact) {
        try (Stream<Path> files =
                Files.walk(root.resolve("system/io/drawbridge").resolve(artifact))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no bundle " + artifact));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies the configuration as shipped. */
    void copyConfiguration(Path target) {
        Path source = root.resolve("etc");
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Path copy = target.resolve(source.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
