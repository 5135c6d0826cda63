// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.listener;

import io.drawbridge.net.internal.tls.PeerCertificate;
import java.util.Optional;

/** How a protocol begins TLS and what it asks of the peer's certificate. */
enum Manner {
    /** SIP among servers, and whatever else is not named here: both sides prove who they are, or nothing is said. */
    MUTUAL(true, PeerCertificate.DEMANDED, Optional.empty()),
    /** Users of the embedded home, who prove who they are later. */
    CLIENTS(true, PeerCertificate.NOT_ASKED, Optional.empty()),
    /** Messages of a session between its two ends (RFC 4975 section 14): the session says which certificate is right. */
    MSRP(true, PeerCertificate.JUDGED_LATER, Optional.empty()),
    /** XMPP among servers (RFC 6120 section 5): TLS on demand; dialback may stand in for a certificate. */
    XMPP(false, PeerCertificate.JUDGED_LATER, Optional.of(Manner.XMPP_SERVER)),
    /** XMPP among servers with TLS from the first octet (XEP-0368). */
    XMPPS(true, PeerCertificate.JUDGED_LATER, Optional.of(Manner.XMPP_SERVER));

    /** The protocol's name in TLS (XEP-0368 section 4). */
    private static final String XMPP_SERVER = "xmpp-server";

    private final boolean tlsAtOnce;
    private final PeerCertificate peerCertificate;
    private final Optional<String> application;

    Manner(boolean tlsAtOnce, PeerCertificate peerCertificate, Optional<String> application) {
        this.tlsAtOnce = tlsAtOnce;
        this.peerCertificate = peerCertificate;
        this.application = application;
    }

    static Manner of(String protocol) {
        return switch (protocol) {
            case "sip-client" -> CLIENTS;
            case "msrp" -> MSRP;
            case "xmpp" -> XMPP;
            case "xmpps" -> XMPPS;
            default -> MUTUAL;
        };
    }

    /** Returns whether TLS begins with the connection, not on demand. */
    boolean tlsAtOnce() {
        return tlsAtOnce;
    }

    PeerCertificate peerCertificate() {
        return peerCertificate;
    }

    /** Returns the protocol's name in TLS, if it has one. */
    Optional<String> application() {
        return application;
    }

    /** Returns whether connections of both can go out in the same way. */
    boolean goesOutLike(Manner other) {
        // Whoever judges certificates later must not do so with peers of a protocol that relies on them.
        return application.equals(other.application) && (this == MSRP) == (other == MSRP);
    }
}
