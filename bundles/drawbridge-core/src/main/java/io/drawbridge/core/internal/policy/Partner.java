// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.policy;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.VerificationLevel;
import io.drawbridge.api.policy.NameVerification;
import io.drawbridge.api.policy.Rule;
import io.drawbridge.api.policy.RuleResult;
import java.util.Optional;
import java.util.Set;

/**
 * What is agreed with the allowed domains of one configuration instance.
 *
 * @param pid where it is configured
 * @param proxy the partner's server; empty if its SRV record names it
 * @param level how far its word about its users is taken
 * @param names which of its certificate's names must fit
 * @param pins fingerprints for {@link NameVerification#PINNED}
 * @param comment the administrator's
 * @param monitored whether its crossings are counted by domain
 * @param known the fact it is classified by
 */
public record Partner(
        String pid,
        Optional<HostPort> proxy,
        VerificationLevel level,
        NameVerification names,
        Set<String> pins,
        String comment,
        boolean monitored,
        RuleResult known) {
    /** Derives the fact, once for all the messages that will rest on it. */
    public static Partner of(
            String pid,
            Optional<HostPort> proxy,
            VerificationLevel level,
            NameVerification names,
            Set<String> pins,
            String comment,
            boolean monitored) {
        String kind = proxy.map(server -> "allowed partner server " + server).orElse("allowed partner domain");
        return new Partner(
                pid,
                proxy,
                level,
                names,
                pins,
                comment,
                monitored,
                new RuleResult(Rule.CLASSIFICATION, true, kind + " (" + pid + ")"));
    }
}
