// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.tls;

import java.security.cert.CertificateException;

/** A peer's certificate chain was refused. */
public final class UntrustedCertificate extends CertificateException {
    private static final long serialVersionUID = 1L;

    private final HandshakeFailure failure;

    UntrustedCertificate(HandshakeFailure failure, String detail) {
        super(failure.text() + (detail.isEmpty() ? "" : ": " + detail));
        this.failure = failure;
    }

    /** Returns the cause under which it is counted. */
    public HandshakeFailure failure() {
        return failure;
    }
}
