// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.change;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.felix.utils.properties.ConfigurationHandler;
import org.apache.felix.utils.properties.Properties;
import org.osgi.framework.FrameworkUtil;

/**
 * The file in etc that holds a configuration. Config Admin keeps what it is told by itself, but an administrator looks in
 * etc. A file is replaced whole or stays as it was, also when the disk is full.
 */
final class ConfigurationFile {
    /** The property by which File Install knows the file of a configuration. */
    static final String NAME = "felix.fileinstall.filename";

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<String> OF_THE_CONTAINER = Set.of(NAME, "service.pid", "service.factoryPid");

    private ConfigurationFile() {}

    /**
     * Writes a new file {@code folder/factoryPid-name.cfg}, readable by its owner only: it may hold hashes of passwords.
     * The hyphen and not the tilde of the PID, since File Install takes the first hyphen it finds for the separator.
     *
     * @return the value by which File Install knows the file
     * @throws IllegalArgumentException if a value cannot be kept in a file
     */
    static String write(Path folder, String factoryPid, String name, Map<String, Object> values) throws IOException {
        Path file = folder.resolve(factoryPid + "-" + name + ".cfg");
        replace(file, OWNER_ONLY, lines(new Properties(false), values));
        return file.toUri().toString();
    }

    /**
     * Changes the file of a configuration to hold these values; comments and the order of lines stay.
     *
     * @param known the value by which File Install knows the file
     * @throws IllegalArgumentException if a value cannot be kept in a file
     */
    static void change(String known, Map<String, Object> values) throws IOException {
        Path file = Path.of(URI.create(known));
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (file.toString().endsWith(".config")) {
            Map<String, Object> own = new TreeMap<>(values);
            own.keySet().removeAll(OF_THE_CONTAINER);
            replace(file, permissions, output -> ConfigurationHandler.write(output, FrameworkUtil.asDictionary(own)));
            return;
        }
        Properties properties = new Properties(false);
        properties.load(file.toFile());
        properties.keySet().retainAll(values.keySet());
        replace(file, permissions, lines(properties, values));
    }

    /** Removes the file of a configuration that is removed. */
    static void remove(String known) throws IOException {
        Path file = Path.of(URI.create(known));
        try {
            Files.deleteIfExists(file);
        } catch (IOException kept) {
            throw new IOException(
                    "it no longer acts, but " + file + " cannot be removed and would bring it back: "
                            + kept.getMessage(),
                    kept);
        }
    }

    private static Content lines(Properties properties, Map<String, Object> values) {
        new TreeMap<>(values).forEach((key, value) -> {
            if (!OF_THE_CONTAINER.contains(key)) {
                String text = kept(key, value);
                if (!text.equals(properties.get(key))) {
                    properties.put(key, text);
                }
            }
        });
        return output -> {
            Writer writer = new OutputStreamWriter(output, StandardCharsets.ISO_8859_1);
            properties.save(writer);
            writer.flush();
        };
    }

    private static void replace(Path file, Set<PosixFilePermission> permissions, Content content) throws IOException {
        Path folder = file.getParent();
        Path temporary = null;
        try {
            temporary = Files.createTempFile(folder, ".new", ".tmp", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            try (OutputStream output = Files.newOutputStream(temporary)) {
                content.writeTo(output);
            }
            Files.setPosixFilePermissions(temporary, permissions);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | UncheckedIOException full) {
            if (temporary != null) {
                Files.deleteIfExists(temporary);
            }
            throw new IOException(file + " cannot be written, nothing was changed: " + full.getMessage(), full);
        }
    }

    private static String kept(String key, Object value) {
        String text = (value instanceof Object[] || value instanceof Collection<?>
                        ? Words.text(Words.of(value))
                        : value.toString())
                .strip();
        if (text.contains("${")) {
            throw new IllegalArgumentException(key + " cannot hold ${, which a configuration file replaces");
        }
        return text;
    }

    /** What a file is to hold. */
    private interface Content {
        void writeTo(OutputStream output) throws IOException;
    }
}
