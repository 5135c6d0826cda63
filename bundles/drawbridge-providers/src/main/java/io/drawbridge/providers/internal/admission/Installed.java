// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.admission;

import java.util.Arrays;
import org.osgi.framework.BundleContext;

/** What is installed, as far as it matters for an archive that may not have been. */
interface Installed {
    /** Returns what a container has. */
    static Installed in(BundleContext context) {
        return new Installed() {
            @Override
            public boolean has(PackedBundle bundle) {
                return Arrays.stream(context.getBundles())
                        .anyMatch(installed -> bundle.name().equals(installed.getSymbolicName())
                                && bundle.version().equals(installed.getVersion()));
            }

            @Override
            public OfferedPackages packages() {
                return OfferedPackages.of(context.getBundles());
            }
        };
    }

    /** Returns whether a bundle is. */
    boolean has(PackedBundle bundle);

    /** Returns what all bundles export. */
    OfferedPackages packages();
}
