// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.tls;

import java.time.Duration;

/**
 * How TLS is spoken on a listener and on the connections that go out under its identity.
 *
 * @param profile versions and suites
 * @param legacyPeers addresses of the peers that may also use TLS 1.0 and 1.1
 * @param demandCertificate whether clients must show a certificate
 * @param handshakeTime how long a handshake may take
 */
public record TlsSettings(
        TlsProfile profile, AddressRanges legacyPeers, boolean demandCertificate, Duration handshakeTime) {}
