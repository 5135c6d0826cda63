// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.admission;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.Constants;

/**
 * What a plug-in may ask of Drawbridge: the packages of the model and of the provider's promise, and nothing else, so that
 * it goes on running when all the rest changes.
 */
public final class ImportRule {
    private static final String OURS = "io.drawbridge.";
    private static final String OUR_BUNDLES = "drawbridge-";
    private static final List<String> READ = List.of(
            Constants.IMPORT_PACKAGE,
            Constants.DYNAMICIMPORT_PACKAGE,
            Constants.EXPORT_PACKAGE,
            Constants.REQUIRE_BUNDLE,
            Constants.FRAGMENT_HOST);

    /** The package by which a plug-in is known. */
    static final String PROMISE = "io.drawbridge.api.provider";

    private static final Set<String> PROMISED = Set.of("io.drawbridge.api.model", PROMISE);

    private ImportRule() {}

    /** Returns whether a bundle with these headers of its manifest asks anything of Drawbridge. */
    static boolean concerns(Map<String, String> headers) {
        return names(headers, Constants.IMPORT_PACKAGE).stream().anyMatch(ImportRule::isOurs)
                || violation(headers).isPresent();
    }

    /** Returns what a plug-in with these headers of its manifest does that it may not; a sentence without a full stop. */
    public static Optional<String> violation(Map<String, String> headers) {
        return unreadable(headers).or(() -> reach(headers));
    }

    private static Optional<String> unreadable(Map<String, String> headers) {
        boolean namesOurs = READ.stream()
                .map(header -> headers.getOrDefault(header, ""))
                .anyMatch(text -> text.contains(OURS) || text.contains(OUR_BUNDLES));
        return READ.stream()
                .filter(header -> namesOurs
                        && ManifestHeader.read(headers.getOrDefault(header, "")).isEmpty())
                .findFirst()
                .map(header -> "its " + header + " is not written as section 3.2.3 of OSGi Core has it");
    }

    private static Optional<String> reach(Map<String, String> headers) {
        for (String name : names(headers, Constants.IMPORT_PACKAGE)) {
            if (isOurs(name) && !PROMISED.contains(name)) {
                return Optional.of("it imports " + name + ", and a plug-in may import " + allowed() + " only");
            }
        }
        for (String name : names(headers, Constants.DYNAMICIMPORT_PACKAGE)) {
            if (isOurs(name) || (matchesOurs(name) && isPlugin(headers))) {
                return Optional.of("its DynamicImport-Package " + name + " reaches packages of Drawbridge");
            }
        }
        for (String name : names(headers, Constants.EXPORT_PACKAGE)) {
            if (isOurs(name)) {
                return Optional.of("it exports " + name + ", a package of Drawbridge");
            }
        }
        for (String header : List.of(Constants.REQUIRE_BUNDLE, Constants.FRAGMENT_HOST)) {
            for (String name : names(headers, header)) {
                if (name.startsWith(OUR_BUNDLES)) {
                    return Optional.of(header + " names " + name + ", a bundle of Drawbridge");
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isPlugin(Map<String, String> headers) {
        return names(headers, Constants.IMPORT_PACKAGE).contains(PROMISE);
    }

    private static String allowed() {
        return String.join(" and ", PROMISED.stream().sorted().toList());
    }

    private static boolean isOurs(String name) {
        return name.startsWith(OURS);
    }

    private static boolean matchesOurs(String pattern) {
        return pattern.endsWith("*") && OURS.startsWith(pattern.substring(0, pattern.length() - 1));
    }

    private static Set<String> names(Map<String, String> headers, String header) {
        return ManifestHeader.read(headers.getOrDefault(header, ""))
                .map(Map::keySet)
                .orElse(Set.of());
    }
}
