// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.admission;

import java.util.Collection;
import java.util.function.Predicate;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/**
 * Keeps those who are refused out of one act of resolving (OSGi Core 57.3).
 *
 * @param refused whether a bundle is refused
 * @param isWanted whether one that is refused is to be resolved, and not only lies about
 */
record Turnstile(Predicate<BundleRevision> refused, boolean isWanted) implements ResolverHook {
    /** Felix lets nobody import from resolved bundles while anything is removed here; so nothing is without need. */
    @Override
    public void filterResolvable(Collection<BundleRevision> candidates) {
        if (isWanted) {
            candidates.removeIf(refused);
        }
    }

    @Override
    public void filterMatches(BundleRequirement requirement, Collection<BundleCapability> candidates) {
        if (refused.test(requirement.getRevision())) {
            // A fragment is resolved when its host is, without being wanted itself.
            candidates.clear();
        }
        candidates.removeIf(candidate -> refused.test(candidate.getRevision()));
    }

    @Override
    public void filterSingletonCollisions(
            BundleCapability singleton, Collection<BundleCapability> collisionCandidates) {}

    @Override
    public void end() {}
}
