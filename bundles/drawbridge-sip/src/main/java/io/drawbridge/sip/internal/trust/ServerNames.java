// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.trust;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.PeerIdentity;
import io.drawbridge.api.policy.NameVerification;
import io.drawbridge.net.connection.PeerCheck;
import java.util.Optional;
import java.util.Set;

/**
 * The rule on the names of a server outside: what ties it to the domain that requests are sent to (RFC 5922 section 7.2;
 * Lync: the host that was configured, or found by SRV within the domain).
 *
 * @param domain the foreign domain
 * @param verification which names count
 * @param pins fingerprints of certificate or key, for {@link NameVerification#PINNED}
 * @param hostConfigured whether the host was named by the administrator rather than by DNS
 */
public record ServerNames(DomainName domain, NameVerification verification, Set<String> pins, boolean hostConfigured)
        implements PeerCheck {
    /** Copies the pins. */
    public ServerNames {
        pins = Set.copyOf(pins);
    }

    @Override
    public Optional<String> refusal(PeerIdentity identity, String host) {
        boolean namesHost = identity.namesHost(host) && (hostConfigured || domain.contains(host));
        if (verification.accepts(identity, domain, namesHost, pins)) {
            return Optional.empty();
        }
        boolean named = verification == NameVerification.PINNED && (namesHost || identity.namesDomain(domain));
        return Optional.of("the certificate of " + identity.subject()
                + (named ? " is none of the pinned ones" : " does not fit " + wanted(host)));
    }

    private String wanted(String host) {
        return switch (verification) {
            case RFC5922 -> "the domain " + domain;
            case LYNC_HOST -> "the host " + host;
            case EITHER, PINNED -> "the domain " + domain + " or the host " + host;
        };
    }
}
