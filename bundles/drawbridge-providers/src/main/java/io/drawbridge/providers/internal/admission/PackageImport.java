// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.admission;

import io.drawbridge.providers.internal.admission.ManifestHeader.Clause;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/**
 * A package that a bundle imports.
 *
 * @param name its name
 * @param range in which versions
 * @param needed whether the bundle is nothing without it
 */
record PackageImport(String name, VersionRange range, boolean needed) {
    private static final VersionRange ANY = new VersionRange(Version.emptyVersion.toString());

    /** Returns those of a bundle with these headers of its manifest, by name; none if they cannot be read. */
    static List<PackageImport> of(Map<String, String> headers) {
        return ManifestHeader.read(headers.getOrDefault(Constants.IMPORT_PACKAGE, ""))
                .map(clauses -> clauses.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(clause -> new PackageImport(
                                clause.getKey(),
                                range(clause.getValue()),
                                !clause.getValue().isOptional()))
                        .toList())
                .orElse(List.of());
    }

    private static VersionRange range(Clause clause) {
        try {
            return VersionRange.valueOf(clause.attributes().getOrDefault(Constants.VERSION_ATTRIBUTE, ANY.toString()));
        } catch (IllegalArgumentException malformed) {
            // Whoever installs it refuses it for that.
            return ANY;
        }
    }

    @Override
    public String toString() {
        return range.equals(ANY) ? name : name + " in version " + range;
    }
}
