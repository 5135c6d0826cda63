// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.drawbridge.api.policy.Reason;
import io.drawbridge.net.connection.ConnectException;
import io.drawbridge.net.connection.Connection;
import io.drawbridge.net.connection.Connector;
import io.drawbridge.net.connection.Destination;
import io.drawbridge.sip.internal.relay.RelayCounters.Count;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** Finds the connection for a destination, and bounds how many requests wait for one. */
final class Dispatcher {
    private final Map<Destination, Integer> waiting = new ConcurrentHashMap<>();
    private final RelayCounters counters;

    Dispatcher(RelayCounters counters) {
        this.counters = counters;
    }

    /**
     * Reaches a destination: at once if a connection is open.
     *
     * @param outcome gets the hop, or null and the reason; on any thread
     */
    void reach(Connector connector, Destination destination, int affinity, int limit, Outcome outcome) {
        Optional<Connection> open = connector.open(destination, affinity);
        if (open.isPresent()) {
            PeerConnection hop = PeerConnection.of(open.get());
            if (hop != null && hop.isOpen()) {
                outcome.accept(hop, null);
                return;
            }
        }
        if (waiting.merge(destination, 1, Integer::sum) > limit) {
            leave(destination);
            counters.add(Count.LIMIT_WAITING);
            outcome.accept(null, Reason.OVERLOADED);
            return;
        }
        connector.connect(destination, affinity).whenComplete((connection, failure) -> {
            leave(destination);
            PeerConnection hop = failure == null ? PeerConnection.of(connection) : null;
            outcome.accept(hop, hop == null ? reason(failure) : null);
        });
    }

    private void leave(Destination destination) {
        waiting.computeIfPresent(destination, (key, number) -> number == 1 ? null : number - 1);
    }

    private static Reason reason(Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        return cause instanceof ConnectException connect ? connect.reason() : Reason.UNREACHABLE;
    }

    /** Takes the hop or the reason there is none. */
    interface Outcome extends BiConsumer<Hop, Reason> {}
}
