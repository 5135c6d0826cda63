// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.drawbridge.api.policy.Reason;
import io.drawbridge.net.connection.ConnectException;
import io.drawbridge.net.connection.Connection;
import io.drawbridge.net.connection.Destination;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Hands out the connections a test made, in their order, and keeps whoever asks waiting until it decides. */
public final class TestConnector implements SharingConnector {
    final List<TestPeer> ready = new ArrayList<>();
    final List<CompletableFuture<Connection>> waiting = new ArrayList<>();
    final List<Destination> asked = new ArrayList<>();
    final Set<Connection> avoided = new HashSet<>();

    void ready(TestPeer peer) {
        ready.add(peer);
    }

    /** Lets every attempt fail. */
    public void fail(Reason reason) {
        List<CompletableFuture<Connection>> all = List.copyOf(waiting);
        waiting.clear();
        all.forEach(attempt -> attempt.completeExceptionally(new ConnectException(reason, "refused by the test")));
    }

    /** Lets every attempt succeed. */
    public void connect(TestPeer peer) {
        List<CompletableFuture<Connection>> all = List.copyOf(waiting);
        waiting.clear();
        all.forEach(attempt -> attempt.complete(peer));
    }

    @Override
    public Optional<Connection> open(Destination destination, int affinity) {
        asked.add(destination);
        List<TestPeer> usable = ready.stream()
                .filter(peer -> peer.side() == destination.side() && peer.isOpen())
                .toList();
        return usable.stream()
                .filter(peer -> !avoided.contains(peer))
                .findFirst()
                .or(() -> usable.stream().findFirst())
                .map(Connection.class::cast);
    }

    @Override
    public CompletionStage<Connection> connect(Destination destination, int affinity) {
        CompletableFuture<Connection> attempt = new CompletableFuture<>();
        waiting.add(attempt);
        return attempt;
    }

    @Override
    public void avoid(Connection connection, Duration howLong) {
        avoided.add(connection);
    }
}
