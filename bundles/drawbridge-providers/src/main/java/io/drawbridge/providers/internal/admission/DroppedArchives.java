// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.admission;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.osgi.framework.Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The archives in {@code deploy/}. Before it installs a plug-in the container looks whether all it needs is there, and says of
 * one that needs a newer contract nothing but a stack trace; so the archives are looked at here too. Thread-safe.
 */
final class DroppedArchives {
    private static final int MOST_ARCHIVES = 100;
    private static final int MOST_ENTRIES = 1000;
    private static final int LONGEST_MANIFEST = 1_048_576;
    private static final Logger LOG = LoggerFactory.getLogger(DroppedArchives.class);

    private final Path folder;
    private final PromisedVersions promised;
    private final ConcurrentMap<Path, Read> known = new ConcurrentHashMap<>();

    /** What was read of an archive. */
    private record Read(FileTime modified, long size, List<Refusal> refusals) {}

    DroppedArchives(Path folder, PromisedVersions promised) {
        this.folder = folder;
        this.promised = promised;
    }

    /** Returns the plug-ins among them that need another version of the contract. Reads what it has not read yet. */
    List<Refusal> refused() {
        List<Refusal> all = new ArrayList<>();
        List<Path> present = archives();
        known.keySet().retainAll(present);
        for (Path archive : present) {
            try {
                all.addAll(read(archive).refusals());
            } catch (IOException gone) {
                known.remove(archive);
            }
        }
        return all;
    }

    private List<Path> archives() {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.kar")) {
                for (Path file : files) {
                    if (found.size() < MOST_ARCHIVES) {
                        found.add(file);
                    }
                }
            } catch (IOException | DirectoryIteratorException unreadable) {
                return List.of();
            }
        }
        return found;
    }

    private Read read(Path archive) throws IOException {
        FileTime modified = Files.getLastModifiedTime(archive);
        long size = Files.size(archive);
        Read before = known.get(archive);
        if (before != null && before.modified().equals(modified) && before.size() == size) {
            return before;
        }
        Read read = new Read(modified, size, readable(archive));
        known.put(archive, read);
        read.refusals()
                .forEach(refusal -> LOG.error(
                        "The plug-in {} {} in {} may not start: {}",
                        refusal.bundle(),
                        refusal.version(),
                        archive,
                        refusal.why()));
        return read;
    }

    private List<Refusal> readable(Path archive) {
        try {
            return refusals(archive);
        } catch (IOException | RuntimeException malformed) {
            // It may still be written, and is then read again; the container tells of one that is broken.
            LOG.debug("Nothing is known of the plug-ins in {}", archive, malformed);
            return List.of();
        }
    }

    private List<Refusal> refusals(Path archive) throws IOException {
        List<Refusal> found = new ArrayList<>();
        try (ZipFile kar = new ZipFile(archive.toFile())) {
            List<? extends ZipEntry> entries = Collections.list(kar.entries());
            for (ZipEntry entry : entries.subList(0, Math.min(entries.size(), MOST_ENTRIES))) {
                if (entry.getName().endsWith(".jar")) {
                    try (InputStream jar = kar.getInputStream(entry)) {
                        refusal(headers(jar)).ifPresent(found::add);
                    }
                }
            }
        }
        return List.copyOf(found);
    }

    private Optional<Refusal> refusal(Map<String, String> headers) {
        return promised.unmet(headers)
                .map(why -> new Refusal(
                        headers.getOrDefault(Constants.BUNDLE_SYMBOLICNAME, "a bundle")
                                .split(";", 2)[0]
                                .strip(),
                        headers.getOrDefault(Constants.BUNDLE_VERSION, "0.0.0"),
                        why));
    }

    private static Map<String, String> headers(InputStream content) throws IOException {
        Map<String, String> headers = new HashMap<>();
        manifest(content).getMainAttributes().forEach((key, value) -> headers.put(key.toString(), value.toString()));
        Map<String, String> inAnyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        inAnyCase.putAll(headers);
        return inAnyCase;
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
}
