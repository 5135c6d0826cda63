// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.tls;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.PeerIdentity;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Reads the names of a certificate: RFC 5922 section 7.1, RFC 6120 section 13.7.1. Which of them count is the protocol's rule. */
public final class CertificateNames {
    private static final String SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";
    private static final int DNS_NAME = 2;
    private static final int URI = 6;
    private static final String SIP_SCHEME = "sip:";

    private CertificateNames() {}

    /** Returns what a verified certificate says of its holder. */
    public static PeerIdentity identity(X509Certificate certificate) {
        Collection<List<?>> names = alternativeNames(certificate);
        return new PeerIdentity(
                texts(names, URI).flatMap(uri -> sipDomain(uri).stream()).toList(),
                XmppNames.domains(certificate),
                texts(names, DNS_NAME)
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .toList(),
                commonName(certificate),
                certificate.getExtensionValue(SUBJECT_ALTERNATIVE_NAME) != null,
                certificate.getSubjectX500Principal().getName(),
                certificate.getIssuerX500Principal().getName(),
                certificate.getSerialNumber().toString(16),
                fingerprint(encoded(certificate)),
                fingerprint(certificate.getPublicKey().getEncoded()),
                certificate.getNotAfter().toInstant());
    }

    private static Collection<List<?>> alternativeNames(X509Certificate certificate) {
        try {
            return Optional.ofNullable(certificate.getSubjectAlternativeNames()).orElse(List.of());
        } catch (CertificateParsingException broken) {
            return List.of();
        }
    }

    private static Stream<String> texts(Collection<List<?>> names, int type) {
        return names.stream().filter(name -> name.get(0).equals(type)).map(name -> (String) name.get(1));
    }

    /** RFC 5922 section 7.1: only the {@code sip} scheme, and no user part; other URIs name somebody else. */
    private static Optional<DomainName> sipDomain(String uri) {
        if (!uri.regionMatches(true, 0, SIP_SCHEME, 0, SIP_SCHEME.length())) {
            return Optional.empty();
        }
        try {
            return Optional.of(DomainName.of(uri.substring(SIP_SCHEME.length())));
        } catch (IllegalArgumentException notADomain) {
            return Optional.empty();
        }
    }

    private static Optional<String> commonName(X509Certificate certificate) {
        try {
            // LdapName counts from the right: the last one is the most specific.
            return new LdapName(certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                            .map(Rdn::getValue)
                            .map(value -> value.toString().toLowerCase(Locale.ROOT))
                            .reduce((first, last) -> last);
        } catch (InvalidNameException broken) {
            return Optional.empty();
        }
    }

    static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException("a certificate that was parsed cannot be encoded", impossible);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static String fingerprint(byte[] encoded) {
        return HexFormat.of().formatHex(sha256().digest(encoded));
    }
}
