// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.tls;

import java.time.Duration;
import java.util.Optional;

/**
 * How TLS is spoken on a listener and on the connections that go out under its identity.
 *
 * @param profile versions and suites
 * @param legacyPeers addresses of the peers that may also use TLS 1.0 and 1.1
 * @param peerCertificate what is made of the peer's certificate
 * @param handshakeTime how long a handshake may take
 * @param application the protocol's name where TLS begins with the connection (ALPN, RFC 7301); empty if it has none
 */
public record TlsSettings(
        TlsProfile profile,
        AddressRanges legacyPeers,
        PeerCertificate peerCertificate,
        Duration handshakeTime,
        Optional<String> application) {
    /** For protocols without a name in TLS. */
    public TlsSettings(
            TlsProfile profile, AddressRanges legacyPeers, PeerCertificate peerCertificate, Duration handshakeTime) {
        this(profile, legacyPeers, peerCertificate, handshakeTime, Optional.empty());
    }
}
