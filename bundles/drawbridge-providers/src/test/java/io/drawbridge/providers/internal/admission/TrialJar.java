// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.admission;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** A small jar. */
final class TrialJar {
    private TrialJar() {}

    static Path write(Path file) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            for (String name : new String[] {"one.txt", "folder/two.txt"}) {
                jar.putNextEntry(new ZipEntry(name));
                jar.write(name.getBytes(UTF_8));
                jar.closeEntry();
            }
        }
        return file;
    }

    static Path put(Path jar, String entry, String content) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of())) {
            Path file = zip.getPath("/", entry);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        }
        return jar;
    }

    static String get(Path jar, String entry) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of())) {
            return Files.readString(zip.getPath(entry));
        }
    }

    static void remove(Path jar, String entry) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of())) {
            Files.delete(zip.getPath(entry));
        }
    }

    static Signature signature(Path file) throws IOException {
        try (JarFile jar = new JarFile(file.toFile(), false)) {
            return Signature.of(JarContent.of(jar));
        }
    }
}
