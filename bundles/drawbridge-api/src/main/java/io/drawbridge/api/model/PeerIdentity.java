// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a validated certificate says of the peer that holds its key. The chain was verified before this exists; which of
 * the names count, and for what, is the rule of the protocol that asks.
 *
 * @param sipDomains domains of {@code URI:sip:domain} alternative names without a user part (RFC 5922 section 7.1)
 * @param dnsNames {@code DNS} alternative names in lower case, wildcards as written
 * @param commonName the subject's common name in lower case, empty if there is none
 * @param alternativeNames whether the certificate has any alternative name, which silences the common name
 * @param subject the subject's distinguished name, for people
 * @param issuer the issuer's distinguished name
 * @param serialNumber the serial number in hexadecimal
 * @param fingerprint SHA-256 over the certificate, in hexadecimal
 * @param keyFingerprint SHA-256 over its public key information, in hexadecimal, for pinning
 * @param notAfter when it expires
 */
public record PeerIdentity(
        List<DomainName> sipDomains,
        List<String> dnsNames,
        Optional<String> commonName,
        boolean alternativeNames,
        String subject,
        String issuer,
        String serialNumber,
        String fingerprint,
        String keyFingerprint,
        Instant notAfter) {
    /** Copies the lists. */
    public PeerIdentity {
        sipDomains = List.copyOf(sipDomains);
        dnsNames = List.copyOf(dnsNames);
    }

    /** Returns the name by which people know the peer: its first DNS name, else its common name, else its subject. */
    public String displayName() {
        return dnsNames.isEmpty() ? commonName.orElse(subject) : dnsNames.get(0);
    }

    /** Returns whether a DNS name, or the common name of a certificate without alternative names, is {@code host}. */
    public boolean namesHost(String host) {
        return dnsNames.contains(host)
                || (!alternativeNames && commonName.filter(host::equals).isPresent());
    }

    /**
     * Returns whether the certificate identifies a SIP domain (RFC 5922 sections 7.1 and 7.2): by a SIP URI; only
     * without any by a DNS name; only without alternative names by the common name. Whole names, no wildcards.
     */
    public boolean namesDomain(DomainName domain) {
        return sipDomains.isEmpty() ? namesHost(domain.value()) : sipDomains.contains(domain);
    }
}
