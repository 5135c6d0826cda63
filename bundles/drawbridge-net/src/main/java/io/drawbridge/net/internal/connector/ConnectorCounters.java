// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.connector;

import io.drawbridge.api.metrics.MetricSink;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/** How attempts to connect ended. Thread-safe. */
final class ConnectorCounters {
    private final ConcurrentMap<Ending, LongAdder> attempts = new ConcurrentHashMap<>();

    private record Ending(String side, String protocol, String outcome) {}

    void ended(PoolKey key, String outcome) {
        attempts.computeIfAbsent(
                        new Ending(key.side().name().toLowerCase(Locale.ROOT), key.protocol(), outcome),
                        ending -> new LongAdder())
                .increment();
    }

    void collect(MetricSink sink) {
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
