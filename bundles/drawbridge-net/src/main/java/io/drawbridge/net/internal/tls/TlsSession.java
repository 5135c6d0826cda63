// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.tls;

import io.drawbridge.api.model.PeerIdentity;
import java.util.Optional;

/**
 * What a finished handshake agreed on.
 *
 * @param peer what the peer's certificate says, its chain verified; empty if it showed none, or none that is trusted, and
 *     need not
 * @param distrust why the certificate it showed is not trusted; empty if it is, or if there is none
 * @param version the protocol version, such as {@code TLSv1.3}
 * @param cipherSuite the cipher suite's name
 */
public record TlsSession(Optional<PeerIdentity> peer, Optional<String> distrust, String version, String cipherSuite) {
    @Override
    public String toString() {
        return version + " " + cipherSuite;
    }
}
