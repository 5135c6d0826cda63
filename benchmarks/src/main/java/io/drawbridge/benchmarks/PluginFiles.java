// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Bundle files of one plug-in in several versions.
 *
 * @param directory where they are written
 * @param shipped the plug-in as shipped
 */
record PluginFiles(Path directory, Path shipped) {
    static final String NAME = "drawbridge-provider-example";

    /** Not loaded here, where no framework is. */
    private static final String STUBBORN = "io.drawbridge.benchmarks.stubborn.StubbornProvider";

    /** Writes the plug-in as shipped under another version. */
    Path version(String version) throws IOException {
        Path file = directory.resolve(NAME + "-" + version + ".jar");
        try (JarFile source = new JarFile(shipped.toFile())) {
            Manifest manifest = new Manifest(source.getManifest());
            manifest.getMainAttributes().putValue("Bundle-Version", version);
            try (JarOutputStream target = new JarOutputStream(Files.newOutputStream(file), manifest)) {
                for (JarEntry entry : Collections.list(source.entries())) {
                    if (!entry.isDirectory() && !entry.getName().equals(JarFile.MANIFEST_NAME)) {
                        target.putNextEntry(new JarEntry(entry.getName()));
                        source.getInputStream(entry).transferTo(target);
                    }
                }
            }
        }
        return file;
    }

    /** Writes the plug-in that does not let go, in the place of the one as shipped. */
    Path stubborn(String version) throws IOException {
        Path file = directory.resolve(NAME + "-stubborn-" + version + ".jar");
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", NAME);
        main.putValue("Bundle-Version", version);
        main.putValue("Bundle-Activator", STUBBORN);
        main.putValue("Import-Package", "org.osgi.framework,io.drawbridge.api.model,io.drawbridge.api.provider");
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream target = new JarOutputStream(out, manifest)) {
            for (String suffix : List.of("", "$Stubborn")) {
                String name = STUBBORN.replace('.', '/') + suffix + ".class";
                target.putNextEntry(new JarEntry(name));
                try (InputStream source = PluginFiles.class.getResourceAsStream('/' + name)) {
                    source.transferTo(target);
                }
            }
        }
        return file;
    }
}
