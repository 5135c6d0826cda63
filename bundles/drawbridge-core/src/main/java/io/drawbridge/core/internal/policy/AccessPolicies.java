// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.policy;

import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.DomainName;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which external access policy applies to whom: the one granted to the user, else the one of the site, which is the
 * user's domain, else the global one. The nearest applies whole; flags are never merged (lync-edge 9).
 *
 * @param users by {@linkplain Address#folded() folded} address
 * @param sites by own domain
 * @param global for everybody else
 * @param all every policy, also those that apply to nobody yet
 */
public record AccessPolicies(
        Map<Address, AccessPolicy> users,
        Map<DomainName, AccessPolicy> sites,
        AccessPolicy global,
        Set<AccessPolicy> all) {
    /** The built-in global policy alone. */
    public static final AccessPolicies NONE = new AccessPolicies(Map.of(), Map.of(), AccessPolicy.BUILT_IN, Set.of());

    /** Copies the collections. */
    public AccessPolicies {
        users = Map.copyOf(users);
        sites = Map.copyOf(sites);
        all = Set.copyOf(all);
    }

    /** Returns the policy that applies to an own user. */
    AccessPolicy of(Address user) {
        AccessPolicy granted = users.isEmpty() ? null : users.get(user.folded());
        return granted != null ? granted : sites.getOrDefault(user.domain(), global);
    }

    /** Returns every policy, the global one first, the others by scope. */
    List<AccessPolicy> inOrder() {
        Set<AccessPolicy> ordered = new LinkedHashSet<>();
        ordered.add(global);
        all.stream().sorted(Comparator.comparing(AccessPolicy::scope)).forEach(ordered::add);
        return List.copyOf(ordered);
    }
}
