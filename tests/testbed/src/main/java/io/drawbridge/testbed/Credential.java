// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/**
 * A certificate with its key, in memory and as files.
 *
 * @param certificate the certificate
 * @param key its private key
 * @param certificateFile the chain in PEM, leaf first
 * @param keyFile the key in PEM (PKCS#8)
 * @param pkcs12File both as PKCS#12, password {@value #PASSWORD}
 */
public record Credential(
        X509Certificate certificate, PrivateKey key, Path certificateFile, Path keyFile, Path pkcs12File) {
    /** The password of all PKCS#12 files made for tests. */
    public static final String PASSWORD = "changeit";
}
