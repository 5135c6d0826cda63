// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.trust;

import io.drawbridge.api.model.PeerIdentity;
import io.drawbridge.api.policy.EdgeSettings;
import io.drawbridge.net.connection.PeerCheck;
import java.util.Optional;
import java.util.Set;

/**
 * The rule on the names of a peer inside, in both directions: its certificate names one of the home's servers.
 *
 * @param hosts host names in lower case
 */
public record InsideNames(Set<String> hosts) implements PeerCheck {
    /** Copies the names. */
    public InsideNames {
        hosts = Set.copyOf(hosts);
    }

    /** Returns the rule for the home that is configured. */
    public static InsideNames of(EdgeSettings edge) {
        return new InsideNames(edge.nextHopNames());
    }

    @Override
    public Optional<String> refusal(PeerIdentity identity, String host) {
        for (String name : hosts) {
            if (identity.namesHost(name)) {
                return Optional.empty();
            }
        }
        return Optional.of("the certificate of " + identity.subject() + " names none of the home's servers " + hosts);
    }
}
