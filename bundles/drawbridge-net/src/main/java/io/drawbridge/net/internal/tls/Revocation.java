// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** Whether the certificates of a sound path were revoked. */
@FunctionalInterface
public interface Revocation {
    /** Asks nobody. */
    Revocation OFF = (path, now) -> {};

    /**
     * Requires that none was revoked. May block, for bounded time.
     *
     * @param path the peer's certificate first, the anchor last
     * @throws UntrustedCertificate if one was revoked, or it is unknown and the policy is hard
     */
    void require(List<X509Certificate> path, Instant now) throws CertificateException;
}
