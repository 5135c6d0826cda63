// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.connector;

import io.drawbridge.api.metrics.MetricSink;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/** How attempts to connect ended, and which limits were reached. Thread-safe. */
final class ConnectorCounters {
    /** What is bounded by {@link ConnectorConfig}. */
    enum Limit {
        CONNECTIONS,
        DESTINATIONS,
        WAITING,
        WAITING_PER_DESTINATION
    }

    private final Map<Limit, LongAdder> limits = new EnumMap<>(Limit.class);
    private final ConcurrentMap<Ending, LongAdder> attempts = new ConcurrentHashMap<>();

    ConnectorCounters() {
        Arrays.stream(Limit.values()).forEach(limit -> limits.put(limit, new LongAdder()));
    }

    private record Ending(String side, String protocol, String outcome) {}

    void ended(PoolKey key, String outcome) {
        attempts.computeIfAbsent(
                        new Ending(key.side().name().toLowerCase(Locale.ROOT), key.protocol(), outcome),
                        ending -> new LongAdder())
                .increment();
    }

    void reached(Limit limit) {
        limits.get(limit).increment();
    }

    void collect(MetricSink sink) {
        limits.forEach((limit, hits) -> sink.counter(
                "drawbridge_connector_limits_hit",
                "Requests for a connection that were refused because a limit was reached.",
                (double) hits.sum(),
                "limit",
                limit.name().toLowerCase(Locale.ROOT)));
        attempts.forEach((ending, count) -> sink.counter(
                "drawbridge_connector_attempts",
                "Attempts to connect to a destination by how they ended: ok, or the reason of the failure.",
                (double) count.sum(),
                "side",
                ending.side,
                "protocol",
                ending.protocol,
                "outcome",
                ending.outcome));
    }
}
