// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.admission;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

/**
 * Packages that can be imported.
 *
 * @param versions the versions of each, by name
 */
record OfferedPackages(Map<String, Set<Version>> versions) {
    /** Returns those that installed bundles export. */
    static OfferedPackages of(Bundle... bundles) {
        Map<String, Set<Version>> versions = new HashMap<>();
        for (Bundle bundle : bundles) {
            BundleRevision revision = bundle.adapt(BundleRevision.class);
            if (revision != null) {
                revision.getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE)
                        .forEach(exported -> add(versions, exported));
            }
        }
        return new OfferedPackages(versions);
    }

    private static void add(Map<String, Set<Version>> versions, BundleCapability exported) {
        Map<String, Object> says = exported.getAttributes();
        if (says.get(PackageNamespace.PACKAGE_NAMESPACE) instanceof String name
                && says.get(PackageNamespace.CAPABILITY_VERSION_ATTRIBUTE) instanceof Version version) {
            versions.computeIfAbsent(name, none -> new TreeSet<>()).add(version);
        }
    }

    /** Returns these and those that come with further bundles. */
    OfferedPackages and(Collection<PackedBundle> bundles) {
        Map<String, Set<Version>> all = new HashMap<>();
        versions.forEach((name, known) -> all.put(name, new TreeSet<>(known)));
        bundles.forEach(
                bundle -> bundle.exports().forEach((name, version) -> all.computeIfAbsent(name, none -> new TreeSet<>())
                        .add(version)));
        return new OfferedPackages(all);
    }

    /**
     * Returns what somebody needs who imports a package that is here in another version only; a sentence without a full
     * stop.
     */
    Optional<String> mismatch(Collection<PackageImport> imports) {
        return imports.stream()
                .filter(wanted -> wanted.needed() && versions.containsKey(wanted.name()))
                .filter(wanted -> versions.get(wanted.name()).stream().noneMatch(wanted.range()::includes))
                .findFirst()
                .map(wanted -> "it needs " + wanted + ", and this appliance has "
                        + versions.get(wanted.name()).stream()
                                .map(Version::toString)
                                .collect(Collectors.joining(", ")));
    }

    /** Returns what somebody needs who imports a package that is not here at all; a sentence without a full stop. */
    Optional<String> absence(Collection<PackageImport> imports) {
        return imports.stream()
                .filter(wanted -> wanted.needed() && !wanted.name().startsWith("java."))
                .filter(wanted -> !versions.containsKey(wanted.name()))
                .findFirst()
                .map(wanted -> "it needs " + wanted + ", which no bundle here exports");
    }
}
