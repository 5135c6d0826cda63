// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.policy;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.HostPort;
import java.util.Optional;
import java.util.Set;

/**
 * What the protocols must know of {@code io.drawbridge.edge} besides verdicts.
 *
 * @param sipDomains the own SIP domains; empty while nothing valid is configured
 * @param nextHop the home's entry; empty for the embedded home
 * @param nextHopNames host names of which a peer on the inside must prove one; contains the next hop's
 * @param honourUserData whether the next hop's {@code ms-user-data} stamp replaces the edge's own access policies
 * @param markSourceVerifiable whether own messages claim a verified sender outside
 * @param archivingDisclaimer whether traffic to partners carries the archiving notice
 * @param diagnosticsOutside whether {@code ms-diagnostics-public} goes outside
 * @param outgoingTlsCount parallel connections per federated partner, 1 to 4
 */
public record EdgeSettings(
        Set<DomainName> sipDomains,
        Optional<HostPort> nextHop,
        Set<String> nextHopNames,
        boolean honourUserData,
        boolean markSourceVerifiable,
        boolean archivingDisclaimer,
        boolean diagnosticsOutside,
        int outgoingTlsCount) {
    /** Copies the sets. */
    public EdgeSettings {
        sipDomains = Set.copyOf(sipDomains);
        nextHopNames = Set.copyOf(nextHopNames);
    }
}
