// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.admission;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

/**
 * The versions in which this appliance has what vendors build against.
 *
 * @param versions those of the packages, by name
 */
record PromisedVersions(Map<String, Version> versions) {
    private static final Pattern OPTIONAL = Pattern.compile(";\\s*resolution\\s*:=\\s*\"?optional\\b");
    private static final Pattern RANGE = Pattern.compile(";\\s*version\\s*=\\s*(\"([^\"]*)\"|[^;\"\\s]+)");

    /** Returns those that a bundle exports. */
    static PromisedVersions of(Bundle bundle) {
        Map<String, Version> versions = new HashMap<>();
        for (BundleCapability exported :
                bundle.adapt(BundleRevision.class).getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE)) {
            versions.put((String) exported.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE), (Version)
                    exported.getAttributes().get(PackageNamespace.CAPABILITY_VERSION_ATTRIBUTE));
        }
        return new PromisedVersions(versions);
    }

    /** Returns why a plug-in with these headers of its manifest cannot run here; a sentence without a full stop. */
    Optional<String> unmet(Map<String, String> headers) {
        Map<String, String> imports =
                new TreeMap<>(ManifestHeader.clauses(headers.getOrDefault(Constants.IMPORT_PACKAGE, "")));
        for (Map.Entry<String, String> wanted : imports.entrySet()) {
            Version present = versions.get(wanted.getKey());
            Optional<VersionRange> range = range(wanted.getValue());
            boolean isNeeded = !OPTIONAL.matcher(wanted.getValue()).find();
            if (isNeeded && present != null && range.isPresent() && !range.get().includes(present)) {
                return Optional.of("it needs " + wanted.getKey() + " in version " + range.get()
                        + ", and this appliance has " + present);
            }
        }
        return Optional.empty();
    }

    private static Optional<VersionRange> range(String clause) {
        Matcher matcher = RANGE.matcher(clause);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String text = matcher.group(2) == null ? matcher.group(1) : matcher.group(2);
        try {
            return Optional.of(new VersionRange(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
