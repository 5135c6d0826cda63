// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.connector;

import io.drawbridge.api.model.PeerIdentity;
import io.drawbridge.net.connection.Connection;
import io.drawbridge.net.connection.PeerCheck;
import io.drawbridge.net.internal.connection.TlsConnection;
import java.net.InetSocketAddress;
import java.util.Optional;

/** A connection in a pool. */
final class Member {
    private final TlsConnection connection;
    private final Candidate candidate;
    private final Optional<Connection> handOut;
    private final Optional<PeerIdentity> peer;
    private volatile long usedMillis;
    private volatile long avoidedUntilMillis = Long.MIN_VALUE;
    // Racy on purpose: at worst a check is made once more.
    private PeerCheck passed;

    Member(TlsConnection connection, Candidate candidate, long nowMillis) {
        this.connection = connection;
        this.candidate = candidate;
        this.handOut = Optional.of(connection);
        this.peer = connection.peer();
        this.usedMillis = nowMillis;
    }

    TlsConnection connection() {
        return connection;
    }

    InetSocketAddress address() {
        return candidate.address();
    }

    void avoid(long untilMillis) {
        avoidedUntilMillis = untilMillis;
    }

    /** Returns whether its server is set aside by its protocol. */
    boolean avoided(long nowMillis) {
        return nowMillis < avoidedUntilMillis;
    }

    boolean alive() {
        return connection.channel().isActive();
    }

    /** Returns whether it may be handed out to who has this check. */
    boolean suits(PeerCheck check) {
        return alive() && refusal(check).isEmpty();
    }

    /** Returns why the peer is not the one the check asks for; empty if it is. */
    Optional<String> refusal(PeerCheck check) {
        if (check.equals(passed)) {
            return Optional.empty();
        }
        Optional<String> refusal = peer.map(
                        identity -> check.refusal(identity, candidate.server().host()))
                .orElseGet(() -> Optional.of("the peer showed no certificate"));
        if (refusal.isEmpty()) {
            passed = check;
        }
        return refusal;
    }

    /** Returns the connection, ready-made: this happens for every message. */
    Optional<Connection> handOut(long nowMillis) {
        usedMillis = nowMillis;
        return handOut;
    }

    long usedMillis() {
        return usedMillis;
    }
}
