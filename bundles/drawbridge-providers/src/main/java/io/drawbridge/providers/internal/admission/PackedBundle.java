// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.admission;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/**
 * A bundle in an archive, by what its manifest says.
 *
 * @param name its symbolic name
 * @param version its version
 * @param imports the packages it imports
 * @param exports the packages it exports, and in which version
 */
record PackedBundle(String name, Version version, List<PackageImport> imports, Map<String, Version> exports) {
    private static final int LONGEST_MANIFEST = 1_048_576;

    /** Reads a jar, as far as its manifest. */
    static PackedBundle read(InputStream jar) throws IOException {
        // Names of headers are written in any case (OSGi Core 8, section 3.2.2).
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        manifest(jar).getMainAttributes().forEach((key, value) -> headers.put(key.toString(), value.toString()));
        return new PackedBundle(
                headers.getOrDefault(Constants.BUNDLE_SYMBOLICNAME, "a bundle")
                        .split(";", 2)[0]
                        .strip(),
                version(headers.getOrDefault(Constants.BUNDLE_VERSION, "")),
                PackageImport.of(headers),
                exports(headers.getOrDefault(Constants.EXPORT_PACKAGE, "")));
    }

    private static Map<String, Version> exports(String header) {
        Map<String, Version> exports = new HashMap<>();
        ManifestHeader.read(header)
                .ifPresent(clauses -> clauses.forEach((name, clause) ->
                        exports.put(name, version(clause.attributes().getOrDefault(Constants.VERSION_ATTRIBUTE, "")))));
        return exports;
    }

    private static Version version(String text) {
        try {
            return Version.parseVersion(text);
        } catch (IllegalArgumentException malformed) {
            // Whoever installs it refuses it for that.
            return Version.emptyVersion;
        }
    }

    /** Reads the manifest where it must be, in the first entry but for its folder; an empty one if it is not there. */
    private static Manifest manifest(InputStream content) throws IOException {
        try (ZipInputStream jar = new ZipInputStream(content)) {
            for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
                byte[] text = jar.readNBytes(LONGEST_MANIFEST + 1);
                if (text.length > LONGEST_MANIFEST) {
                    throw new ZipException(entry.getName() + " is longer than " + LONGEST_MANIFEST + " octets");
                }
                if (JarFile.MANIFEST_NAME.equalsIgnoreCase(entry.getName())) {
                    return new Manifest(new ByteArrayInputStream(text));
                }
                if (!"META-INF/".equalsIgnoreCase(entry.getName())) {
                    return new Manifest();
                }
            }
            return new Manifest();
        }
    }

    /** Returns whether it was built against what vendors build against. */
    boolean isPlugin() {
        return imports.stream().anyMatch(wanted -> wanted.name().equals(ImportRule.PROMISE));
    }
}
