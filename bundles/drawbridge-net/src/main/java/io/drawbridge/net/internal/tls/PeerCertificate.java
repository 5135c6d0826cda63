// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.tls;

/** What a handshake makes of the peer's certificate. */
public enum PeerCertificate {
    /** Without a trusted one the handshake fails. */
    DEMANDED,
    /** Asked for; what came of it is handed up, also that there is none or that it is not trusted. */
    JUDGED_LATER,
    /** Clients are not asked; a server's is still demanded. */
    NOT_ASKED
}
