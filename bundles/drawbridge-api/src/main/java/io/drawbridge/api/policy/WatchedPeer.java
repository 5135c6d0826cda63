// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.policy;

import io.drawbridge.api.model.DomainName;
import java.time.Instant;
import java.util.Set;

/**
 * A discovered partner as the safeguards see it, keyed by its certificate, since one server may serve many domains.
 *
 * @param subject the certificate's subject
 * @param issuer the certificate's issuer
 * @param serialNumber its serial number in hexadecimal
 * @param fingerprint its SHA-256 in hexadecimal
 * @param domains the domains it used
 * @param contacts how many distinct own users it addressed
 * @param throttling which limit is in force
 * @param ruling the administrator's word
 * @param since when it was first seen
 */
public record WatchedPeer(
        String subject,
        String issuer,
        String serialNumber,
        String fingerprint,
        Set<DomainName> domains,
        int contacts,
        Throttling throttling,
        Ruling ruling,
        Instant since) {
    /** Copies the domains. */
    public WatchedPeer {
        domains = Set.copyOf(domains);
    }

    /** The limit in force for a peer. */
    public enum Throttling {
        /** The standard rate of discovered partners. */
        STANDARD,
        /** One message a second: too many of its requests failed. */
        SUSPICIOUS,
        /** It addressed too many users: known ones only. */
        CONTACTS_EXHAUSTED
    }

    /** The administrator's word on a peer. */
    public enum Ruling {
        /** The limits apply. */
        NONE,
        /** No limit applies. */
        ALLOW,
        /** Nothing passes. */
        BLOCK
    }
}
