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
 * @param xmppDomains domains of {@code id-on-xmppAddr} names without a local part and of {@code _xmpp-server} service names
 *     (RFC 6120 section 13.7.1.4, RFC 4985)
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
        List<DomainName> xmppDomains,
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
        xmppDomains = List.copyOf(xmppDomains);
        dnsNames = List.copyOf(dnsNames);
    }

    /** Says the same of a certificate without names for XMPP alone. */
    public PeerIdentity(
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
        this(
                sipDomains,
                List.of(),
                dnsNames,
                commonName,
                alternativeNames,
                subject,
                issuer,
                serialNumber,
                fingerprint,
                keyFingerprint,
                notAfter);
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

    /**
     * Returns whether the certificate identifies an XMPP domain (RFC 6120 section 13.7.1): by a name for XMPP, or by a DNS
     * name, whose left-most label may be a wildcard for one whole label (RFC 9525 section 6.3). The common name never
     * counts.
     */
    public boolean namesXmppDomain(DomainName domain) {
        String name = domain.value();
        int parent = name.indexOf('.');
        return xmppDomains.contains(domain)
                || dnsNames.contains(name)
                || (parent > 0 && dnsNames.contains("*" + name.substring(parent)));
    }
}
