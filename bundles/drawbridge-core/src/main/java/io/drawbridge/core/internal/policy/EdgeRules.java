// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.policy;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.VerificationLevel;
import io.drawbridge.api.policy.EdgeSettings;
import io.drawbridge.api.policy.NameVerification;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code io.drawbridge.edge} says to policy.
 *
 * @param settings what the protocols must know of it
 * @param federation the organisation switch {@code allowFederatedUsers}
 * @param outsideUsers the organisation switch {@code allowOutsideUsers}
 * @param defaultRoute the server everything goes to; empty for routing by configuration and SRV records
 * @param discovery how partners that are not on the allowed list are met; empty while they are not
 */
public record EdgeRules(
        EdgeSettings settings,
        boolean federation,
        boolean outsideUsers,
        Optional<DefaultRoute> defaultRoute,
        Optional<Discovery> discovery) {
    /** An edge nobody has configured: nothing is its own, nothing passes. */
    public static final EdgeRules NONE = new EdgeRules(
            new EdgeSettings(Set.of(), Optional.empty(), Set.of(), false, true, false, false, 4),
            false,
            false,
            Optional.empty(),
            Optional.empty());

    /**
     * The one server of default routing.
     *
     * @param server its FQDN
     * @param publicProvider whether what goes there counts as public IM
     * @param level how far its word about its users is taken
     */
    public record DefaultRoute(HostPort server, boolean publicProvider, VerificationLevel level) {}

    /**
     * How discovered partners are met.
     *
     * @param level how far their word about their users is taken
     * @param names which of their certificates' names must fit
     */
    public record Discovery(VerificationLevel level, NameVerification names) {}
}
