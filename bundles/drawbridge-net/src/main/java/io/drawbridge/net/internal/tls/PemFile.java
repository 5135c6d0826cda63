// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.tls;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Reads certificates and keys as they lie in files. */
final class PemFile {
    private PemFile() {}

    /** Returns the same certificates as the platform's own objects, which its path builder demands. */
    static List<X509Certificate> copies(List<X509Certificate> certificates) throws CertificateException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> copies = new ArrayList<>();
        for (X509Certificate certificate : certificates) {
            copies.add((X509Certificate)
                    factory.generateCertificate(new ByteArrayInputStream(CertificateNames.encoded(certificate))));
        }
        return copies;
    }
}
