// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.policy;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.VerificationLevel;
import io.drawbridge.api.policy.Rule;
import io.drawbridge.api.policy.RuleResult;

/**
 * A hosting provider: one server that speaks for every domain whose SRV record leads to it (lync-edge 6.6).
 *
 * @param pid where it is configured
 * @param proxy its server
 * @param enabled whether anything passes
 * @param level how far its word about its users is taken
 * @param sharedAddressSpace whether it hosts some of the users of the own domains (split domain)
 * @param known the fact it is classified by
 */
public record Provider(
        String pid,
        HostPort proxy,
        boolean enabled,
        VerificationLevel level,
        boolean sharedAddressSpace,
        RuleResult known) {
    /** Derives the fact. */
    public static Provider of(
            String pid, HostPort proxy, boolean enabled, VerificationLevel level, boolean sharedAddressSpace) {
        String detail = (enabled ? "" : "disabled ") + "hosting provider " + proxy.host() + " (" + pid + ")";
        return new Provider(
                pid, proxy, enabled, level, sharedAddressSpace, new RuleResult(Rule.CLASSIFICATION, enabled, detail));
    }

    /** Returns whether it may speak for users of the own domains. */
    public boolean sharesOwnDomains() {
        return enabled && sharedAddressSpace;
    }
}
