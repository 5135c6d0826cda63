// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.admission;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The archives in {@code deploy/}. Before it installs a plug-in the container looks whether all it needs is there, and says of
 * one that lacks something nothing but a stack trace; so the archives are looked at here too. Thread-safe.
 */
final class DroppedArchives {
    private static final int MOST_ARCHIVES = 100;
    private static final int MOST_ENTRIES = 1000;
    private static final Logger LOG = LoggerFactory.getLogger(DroppedArchives.class);

    private final Path folder;
    private final OfferedPackages promised;
    private final Installed installed;
    private final ConcurrentMap<Path, Read> known = new ConcurrentHashMap<>();

    /** What was read of an archive. */
    private record Read(FileTime modified, long size, List<PackedBundle> bundles) {}

    /**
     * Looks at none yet.
     *
     * @param promised what vendors build against
     */
    DroppedArchives(Path folder, OfferedPackages promised, Installed installed) {
        this.folder = folder;
        this.promised = promised;
        this.installed = installed;
    }

    /**
     * Returns the plug-ins among them, and what comes with them, that need another version of the contract or a package that
     * is not here. Reads what it has not read yet.
     */
    List<Refusal> refused() {
        List<Refusal> all = new ArrayList<>();
        List<Path> present = archives();
        known.keySet().retainAll(present);
        for (Path archive : present) {
            try {
                List<PackedBundle> bundles = read(archive).bundles();
                List<Refusal> outOfDate = outOfDate(bundles);
                all.addAll(outOfDate.isEmpty() ? wanting(bundles) : outOfDate);
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
        List<PackedBundle> bundles = readable(archive);
        boolean concerns = bundles.stream().anyMatch(PackedBundle::isPlugin)
                || !outOfDate(bundles).isEmpty();
        Read read = new Read(modified, size, concerns ? bundles : List.of());
        known.put(archive, read);
        outOfDate(read.bundles())
                .forEach(refusal -> LOG.error(
                        "The plug-in {} {} in {} may not start: {}",
                        refusal.bundle(),
                        refusal.version(),
                        archive,
                        refusal.why()));
        return read;
    }

    private List<PackedBundle> readable(Path archive) {
        try {
            return bundles(archive);
        } catch (IOException | RuntimeException malformed) {
            // It may still be written, and is then read again; the container tells of one that is broken.
            LOG.debug("Nothing is known of the plug-ins in {}", archive, malformed);
            return List.of();
        }
    }

    private static List<PackedBundle> bundles(Path archive) throws IOException {
        List<PackedBundle> found = new ArrayList<>();
        try (ZipFile kar = new ZipFile(archive.toFile())) {
            List<? extends ZipEntry> entries = Collections.list(kar.entries());
            for (ZipEntry entry : entries.subList(0, Math.min(entries.size(), MOST_ENTRIES))) {
                if (entry.getName().endsWith(".jar")) {
                    try (InputStream jar = kar.getInputStream(entry)) {
                        found.add(PackedBundle.read(jar));
                    }
                }
            }
        }
        return List.copyOf(found);
    }

    /** Returns the bundles that need another version of the contract. */
    private List<Refusal> outOfDate(List<PackedBundle> bundles) {
        return refusals(bundles, promised::mismatch);
    }

    /** Returns the bundles of an archive whose plug-in the container did not install that need what nobody has. */
    private List<Refusal> wanting(List<PackedBundle> bundles) {
        List<PackedBundle> absent =
                bundles.stream().filter(bundle -> !installed.has(bundle)).toList();
        if (absent.stream().noneMatch(PackedBundle::isPlugin)) {
            return List.of();
        }
        OfferedPackages offered = installed.packages().and(bundles);
        return refusals(absent, imports -> offered.mismatch(imports).or(() -> offered.absence(imports)));
    }

    private static List<Refusal> refusals(
            List<PackedBundle> bundles, Function<List<PackageImport>, Optional<String>> objection) {
        return bundles.stream()
                .flatMap(bundle -> objection
                        .apply(bundle.imports())
                        .map(why -> new Refusal(bundle.name(), bundle.version().toString(), why))
                        .stream())
                .toList();
    }
}
