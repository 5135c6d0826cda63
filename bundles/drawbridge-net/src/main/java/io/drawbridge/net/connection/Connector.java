// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.connection;

import io.drawbridge.api.diagnosis.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Opens and keeps the connections this appliance makes. Connections of a destination are reused, up to its number in
 * parallel, kept alive, and made again with back-off and jitter; its servers are tried in their order, one that failed
 * is left aside for a while. Thread-safe, never blocks.
 */
@ProviderType
public interface Connector {
    /**
     * Returns a usable connection if one is open; for event loops that want to write at once.
     *
     * @param affinity selects among parallel connections: the same number gets the same one while it lives, which keeps
     *     what belongs together in order
     */
    Optional<Connection> open(Destination destination, int affinity);

    /**
     * Returns a usable connection, opening one if need be.
     *
     * @param affinity as for {@link #open}
     * @return completes on the connection's event loop, or exceptionally with {@link ConnectException} at once while
     *     the destination waits for its next attempt, and within 20 seconds at the latest
     */
    CompletionStage<Connection> connect(Destination destination, int affinity);

    /**
     * Opens a connection for its caller alone: it is not shared, not kept alive and not made again; who asked for it
     * closes it. Servers are tried in their order; it is the caller's matter to wait before the next attempt.
     *
     * @param handler takes it over, instead of the destination's protocol
     * @param journal takes each step before that: look-ups, TCP, TLS if it begins with the connection; called on any
     *     thread, never by two at once
     * @return completes on the connection's event loop after {@code handler} was called, or exceptionally with {@link
     *     ConnectException} within 20 seconds
     */
    CompletionStage<Connection> dial(Destination destination, ConnectionHandler handler, Consumer<Step> journal);

    /**
     * Leaves the server behind a connection aside for a while, because it fails in the protocol's eyes although its
     * connection may be fine: it answered 503, or no longer answers (RFC 3263 section 4.3). Until then, {@link #open}
     * and {@link #connect} give connections to other servers of its destination, and to this one only if no other can
     * be reached. What is under way on the connection is not disturbed.
     *
     * @param connection one this connector opened
     */
    void avoid(Connection connection, Duration howLong);

    /**
     * Tries a destination afresh with a connection of its own, which is closed again, and tells each step: look-ups,
     * TCP, TLS, names.
     *
     * @return the steps in the order they were taken, over all servers that traffic would try; the last tells whether
     *     the destination can be reached
     */
    CompletionStage<List<Step>> probe(Destination destination);
}
