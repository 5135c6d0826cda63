// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.admission;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.GeneralSecurityException;
import java.security.Timestamp;
import java.security.cert.CertPathValidator;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Those whose signature counts.
 *
 * @param certificates their certificates, or their authorities'
 */
record Signers(Set<X509Certificate> certificates) {
    private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
    private static final String ANY_PURPOSE = "2.5.29.37.0";

    /** Copies the certificates. */
    Signers {
        certificates = Set.copyOf(certificates);
    }

    /**
     * Reads PEM files.
     *
     * @throws IOException if one cannot be read or holds no certificate; the message names it
     */
    static Signers read(Collection<Path> files) throws IOException {
        Set<X509Certificate> all = new HashSet<>();
        for (Path file : files) {
            try (InputStream pem = Files.newInputStream(file)) {
                var found = CertificateFactory.getInstance("X.509").generateCertificates(pem);
                if (found.isEmpty()) {
                    throw new IOException(file + " holds no certificate");
                }
                found.forEach(certificate -> all.add((X509Certificate) certificate));
            } catch (GeneralSecurityException unreadable) {
                throw new IOException(file + " is no PEM file with certificates", unreadable);
            }
        }
        return new Signers(all);
    }

    boolean areNamed() {
        return !certificates.isEmpty();
    }

    /**
     * Returns whether somebody's signature counts.
     *
     * @param when when the plug-in was installed; the signature's own time stamp goes before it
     */
    boolean accept(CodeSigner signer, Instant when) {
        List<? extends Certificate> path = signer.getSignerCertPath().getCertificates();
        Date date = Optional.ofNullable(signer.getTimestamp())
                .map(Timestamp::getTimestamp)
                .orElseGet(() -> Date.from(when));
        X509Certificate leaf = (X509Certificate) path.get(0);
        try {
            leaf.checkValidity(date);
            List<String> purposes = leaf.getExtendedKeyUsage();
            if (purposes != null && !purposes.contains(CODE_SIGNING) && !purposes.contains(ANY_PURPOSE)) {
                return false;
            }
            if (certificates.contains(leaf)) {
                return true;
            }
            Set<TrustAnchor> anchors = new HashSet<>();
            certificates.forEach(certificate -> anchors.add(new TrustAnchor(certificate, null)));
            PKIXParameters parameters = new PKIXParameters(anchors);
            parameters.setRevocationEnabled(false);
            parameters.setDate(date);
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(untrusted(path)), parameters);
            return true;
        } catch (GeneralSecurityException no) {
            return false;
        }
    }

    /** Returns the path up to the first certificate that is trusted itself: PKIX wants the anchor left out. */
    private List<? extends Certificate> untrusted(List<? extends Certificate> path) {
        int end = 0;
        while (end < path.size() && !certificates.contains(path.get(end))) {
            end++;
        }
        return path.subList(0, end);
    }
}
