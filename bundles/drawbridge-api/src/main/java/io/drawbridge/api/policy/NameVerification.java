// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.policy;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.PeerIdentity;
import java.util.Set;

/** Which name in a SIP peer's certificate ties it to a domain. */
public enum NameVerification {
    /** The SIP domain itself (RFC 5922 section 7.2). */
    RFC5922,
    /** The host that was configured or found by SRV, as Lync does; an SRV target must lie within the domain. */
    LYNC_HOST,
    /** One of both. */
    EITHER,
    /** One of both, and the certificate or its key must be one of the pinned fingerprints. */
    PINNED;

    /**
     * Returns whether a certificate ties its holder to a domain.
     *
     * @param peer what the certificate says
     * @param domain the SIP domain the peer speaks for
     * @param namesHost whether the certificate names a host that stands for the domain: the configured one, or an SRV
     *     target within the domain
     * @param pins SHA-256 fingerprints in hexadecimal, asked for {@link #PINNED} only
     */
    public boolean accepts(PeerIdentity peer, DomainName domain, boolean namesHost, Set<String> pins) {
        return switch (this) {
            case RFC5922 -> peer.namesDomain(domain);
            case LYNC_HOST -> namesHost;
            case EITHER -> namesHost || peer.namesDomain(domain);
            case PINNED ->
                (namesHost || peer.namesDomain(domain))
                        && (pins.contains(peer.keyFingerprint()) || pins.contains(peer.fingerprint()));
        };
    }
}
