// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.change;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import org.apache.felix.utils.properties.Properties;

/**
 * The file in etc that holds a configuration. Config Admin keeps what it is told by itself, but an administrator looks in
 * etc; File Install keeps both the same from the moment the file exists.
 */
final class ConfigurationFile {
    private static final String OWNER_ONLY = "rw-------";

    private ConfigurationFile() {}

    /**
     * Writes a new file {@code folder/factoryPid-name.cfg}, readable by its owner only: it may hold hashes of passwords.
     * The hyphen and not the tilde of the PID, since File Install takes the first hyphen it finds for the separator.
     *
     * @return the value by which File Install knows the file
     * @throws IllegalArgumentException if a value cannot be kept in a file
     */
    static String write(Path folder, String factoryPid, String name, Map<String, Object> values) throws IOException {
        Properties properties = new Properties(false);
        new TreeMap<>(values).forEach((key, value) -> properties.put(key, kept(key, value)));
        Path temporary = Files.createTempFile(
                folder,
                ".new",
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
        try (Writer writer = Files.newBufferedWriter(temporary, StandardCharsets.ISO_8859_1)) {
            properties.save(writer);
        } catch (IOException | UncheckedIOException full) {
            Files.deleteIfExists(temporary);
            throw new IOException(folder + " cannot be written: " + full.getMessage(), full);
        }
        Path file = folder.resolve(factoryPid + "-" + name + ".cfg");
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return file.toUri().toString();
    }

    private static String kept(String key, Object value) {
        String text = value.toString().strip();
        if (text.contains("${")) {
            throw new IllegalArgumentException(key + " cannot hold ${, which a configuration file replaces");
        }
        return text;
    }
}
