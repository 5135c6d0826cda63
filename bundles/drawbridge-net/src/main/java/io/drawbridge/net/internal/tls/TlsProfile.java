// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.tls;

import java.util.List;
import java.util.stream.Stream;

/** Which protocol versions and cipher suites are spoken (interworking 9.8). */
public enum TlsProfile {
    /** TLS 1.3 alone. */
    STRICT,
    /** TLS 1.2 and 1.3 with forward secrecy and authenticated encryption. */
    MODERN,
    /** Also TLS 1.0 and 1.1, for named peers that cannot do better; never RC4 or 3DES. */
    LEGACY;

    List<String> protocols() {
        return switch (this) {
            case STRICT -> List.of("TLSv1.3");
            case MODERN -> List.of("TLSv1.3", "TLSv1.2");
            case LEGACY -> List.of("TLSv1.3", "TLSv1.2", "TLSv1.1", "TLSv1");
        };
    }

    List<String> suites() {
        return this == LEGACY
                ? Stream.concat(Suites.AEAD.stream(), Suites.CBC.stream()).toList()
                : Suites.AEAD;
    }

    /** The lists, in order of preference. */
    private static final class Suites {
        private static final List<String> AEAD = List.of(
                "TLS_AES_128_GCM_SHA256",
                "TLS_AES_256_GCM_SHA384",
                "TLS_CHACHA20_POLY1305_SHA256",
                "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
                "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

        /** What servers of the time of Windows Server 2008 R2 offer at best. */
        private static final List<String> CBC = List.of(
                "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
                "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
                "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
                "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
                "TLS_RSA_WITH_AES_128_CBC_SHA",
                "TLS_RSA_WITH_AES_256_CBC_SHA");
    }
}
