// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A certificate of this appliance and its key.
 *
 * @param key the private key; its text form never shows it
 * @param chain the own certificate, then each one's issuer; the anchor may be missing
 */
public record OwnCertificate(PrivateKey key, List<X509Certificate> chain) {
    private static final byte[] SAMPLE = {1, 2, 3, 4};

    /** Copies the list. */
    public OwnCertificate {
        chain = List.copyOf(chain);
    }

    /** Returns the own certificate. */
    public X509Certificate leaf() {
        return chain.get(0);
    }

    /** Returns whether what the key signs can be verified with the certificate. */
    public boolean fits() {
        String algorithm = leaf().getPublicKey().getAlgorithm();
        try {
            Signature signature = Signature.getInstance(
                    switch (algorithm) {
                        case "RSA" -> "SHA256withRSA";
                        case "EC" -> "SHA256withECDSA";
                        default -> algorithm;
                    });
            signature.initSign(key);
            signature.update(SAMPLE);
            byte[] signed = signature.sign();
            signature.initVerify(leaf());
            signature.update(SAMPLE);
            return signature.verify(signed);
        } catch (GeneralSecurityException otherKind) {
            return false;
        }
    }

    /** Returns whether each certificate is followed by its issuer. */
    public boolean ordered() {
        for (int i = 1; i < chain.size(); i++) {
            if (!chain.get(i - 1).getIssuerX500Principal().equals(chain.get(i).getSubjectX500Principal())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return leaf().getSubjectX500Principal().getName();
    }
}
