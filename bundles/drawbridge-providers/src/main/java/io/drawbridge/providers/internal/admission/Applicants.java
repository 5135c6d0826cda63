// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.admission;

import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.osgi.framework.Bundle;

/** The applicants among the installed bundles, each read when it comes. Thread-safe. */
final class Applicants {
    private final ShippedBundles shipped;
    private final OfferedPackages promised;
    private final ConcurrentMap<Long, Read> known = new ConcurrentHashMap<>();

    /**
     * What was read of a bundle.
     *
     * @param modified when it was installed or updated, in milliseconds
     * @param applicant what it is; empty for one that asks nothing or was shipped
     */
    private record Read(long modified, Optional<Applicant> applicant) {}

    Applicants(ShippedBundles shipped, OfferedPackages promised) {
        this.shipped = shipped;
        this.promised = promised;
    }

    /** Returns what is known of a bundle; empty if it asks nothing of Drawbridge or was shipped with it. */
    Optional<Applicant> of(Bundle bundle) {
        long modified = bundle.getLastModified();
        Read read = known.get(bundle.getBundleId());
        if (read == null || read.modified() != modified) {
            read = new Read(modified, read(bundle, Instant.ofEpochMilli(modified)));
            known.put(bundle.getBundleId(), read);
            if (bundle.getState() == Bundle.UNINSTALLED) {
                forget(bundle);
            }
        }
        return read.applicant();
    }

    /** Forgets a bundle that left. */
    void forget(Bundle bundle) {
        known.remove(bundle.getBundleId());
    }

    /** Returns those that are there. */
    Collection<Applicant> all() {
        return known.values().stream()
                .flatMap(read -> read.applicant().stream())
                .toList();
    }

    private Optional<Applicant> read(Bundle bundle, Instant installed) {
        // Names of headers are written in any case (OSGi Core 8, section 3.2.2).
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        var raw = bundle.getHeaders("");
        raw.keys().asIterator().forEachRemaining(key -> headers.put(key, raw.get(key)));
        if (!ImportRule.concerns(headers) || shipped.contain(bundle)) {
            return Optional.empty();
        }
        return Optional.of(new Applicant(
                String.valueOf(bundle.getSymbolicName()),
                bundle.getVersion().toString(),
                installed,
                ImportRule.violation(headers).or(() -> promised.mismatch(PackageImport.of(headers))),
                signature(bundle)));
    }

    private static Signature signature(Bundle bundle) {
        try {
            return Signature.of(JarContent.of(bundle));
        } catch (IOException unreadable) {
            return new Signature(List.of(), Optional.of(unreadable.getMessage()));
        }
    }
}
