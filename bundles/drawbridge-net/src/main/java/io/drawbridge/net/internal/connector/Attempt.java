// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.connector;

import io.drawbridge.api.model.PeerIdentity;
import io.drawbridge.net.connection.Connection;
import io.drawbridge.net.connection.Destination;
import io.drawbridge.net.connection.PeerCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** A connection being made, and everybody who waits for it. Guarded by itself. */
final class Attempt implements PeerCheck {
    private final Destination destination;
    private final boolean lastResorts;
    private final List<Waiter> waiters = new ArrayList<>();

    Attempt(Destination destination, boolean lastResorts) {
        this.destination = destination;
        this.lastResorts = lastResorts;
    }

    /**
     * Somebody who waits.
     *
     * @param check what it demands of the peer
     * @param promise what it was given
     */
    record Waiter(PeerCheck check, CompletableFuture<Connection> promise) {}

    /** Returns the destination of whoever came first. */
    Destination destination() {
        return destination;
    }

    /** Returns whether servers that failed lately may be tried; not while others have living connections. */
    boolean lastResorts() {
        return lastResorts;
    }

    synchronized void join(Waiter waiter) {
        waiters.add(waiter);
    }

    /** Removes and returns those who wait and meet a condition. */
    synchronized List<Waiter> release(Predicate<Waiter> condition) {
        List<Waiter> released = waiters.stream().filter(condition).toList();
        waiters.removeAll(released);
        return released;
    }

    /** The peer is right if it is right for anybody who waits. */
    @Override
    public synchronized Optional<String> refusal(PeerIdentity identity, String host) {
        Optional<String> refusal = destination.check().refusal(identity, host);
        boolean welcome = refusal.isEmpty()
                || waiters.stream()
                        .anyMatch(
                                waiter -> waiter.check().refusal(identity, host).isEmpty());
        return welcome ? Optional.empty() : refusal;
    }
}
