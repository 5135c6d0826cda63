// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.provider;

import java.util.List;

/**
 * What a gateway asks of TLS. Demands are shown, never weaken what Drawbridge offers, and health warns of those that the edge
 * does not meet.
 *
 * @param clientPurpose whether this edge's certificate must have the purpose {@code clientAuth} (RFC 5280 section 4.2.1.12)
 * @param cipherSuites the cipher suites it wants, by their IANA names, the one it likes best first; empty if it does not
 *     mind
 */
public record TlsDemands(boolean clientPurpose, List<String> cipherSuites) {
    /** It asks nothing. */
    public static final TlsDemands NONE = new TlsDemands(false, List.of());

    /** It asks for a certificate with the purpose {@code clientAuth}, and minds no cipher suite. */
    public static final TlsDemands CLIENT_PURPOSE = new TlsDemands(true, List.of());

    /** Copies the list. */
    public TlsDemands {
        cipherSuites = List.copyOf(cipherSuites);
    }

    /** Returns the demand for a certificate with the purpose {@code clientAuth}, and for these cipher suites. */
    public static TlsDemands clientPurpose(String... cipherSuites) {
        return new TlsDemands(true, List.of(cipherSuites));
    }
}
