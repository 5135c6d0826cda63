// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.connector;

import io.drawbridge.net.internal.tls.HandshakeFailure;

/** What a failed handshake means to the protocols, and what an administrator can do about each step that failed. */
final class Remedies {
    static final String TCP = "check that the server there runs, its address and port, and the firewalls on the way";
    static final String OWN_CERTIFICATE = "configure a listener for that side and protocol, as in"
            + " etc/io.drawbridge.net.listener-outside.cfg.example, with an identity of drawbridge:certificates";
    static final String NAME = "ask for a certificate with the right name, or configure the name it has";
    static final String ACCEPTANCE =
            "the peer may not trust this appliance's certificate or not know its name: ask its administrator";

    private Remedies() {}

    static String of(HandshakeFailure failure) {
        return switch (failure) {
            case UNKNOWN_AUTHORITY -> "if the peer is to be trusted, add its authority to the identity's trust anchors";
            case EXPIRED -> "ask the peer to renew its certificate, and check this machine's clock";
            case NOT_YET_VALID -> "check the clocks of both machines";
            case REVOKED -> "ask the peer for a new certificate";
            case REVOCATION_UNKNOWN -> "check that its revocation lists can be fetched, or set revocation=soft";
            case WRONG_PURPOSE -> "ask the peer for a certificate for TLS servers";
            case NO_CERTIFICATE, CHAIN_TOO_LARGE, INVALID_CHAIN -> "ask the peer to mend its certificate chain";
            case NAME_MISMATCH -> NAME;
            case TIMED_OUT, CLOSED -> ACCEPTANCE;
            case NOT_TLS -> "check the port: no TLS server listens there";
            case PROTOCOL -> "compare the TLS versions and cipher suites of both sides; " + ACCEPTANCE;
            case OVERLOADED -> "drawbridge:status";
        };
    }
}
