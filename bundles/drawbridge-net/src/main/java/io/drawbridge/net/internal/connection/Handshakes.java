// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.connection;

import io.drawbridge.api.metrics.MetricSink;
import io.drawbridge.api.metrics.MetricSource;
import io.drawbridge.net.internal.connection.TlsConnection.Origin;
import io.drawbridge.net.internal.tls.HandshakeFailure;
import io.drawbridge.net.internal.tls.TlsHandshake;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.osgi.service.component.annotations.Component;

/** Counts handshakes, incoming and outgoing, by how they ended. Thread-safe. */
@Component(service = {Handshakes.class, MetricSource.class})
public final class Handshakes implements MetricSource {
    private final ConcurrentMap<Ending, LongAdder> counts = new ConcurrentHashMap<>();

    private record Ending(Origin origin, String outcome) {}

    /** Counts one that led to a verified peer. */
    public void succeeded(Origin origin) {
        count(origin, "ok");
    }

    /** Counts one that failed. */
    public void failed(Origin origin, HandshakeFailure cause) {
        count(origin, cause.label());
    }

    /** Counts one once it has ended, and returns it. */
    public TlsHandshake counted(Origin origin, TlsHandshake handshake) {
        handshake.session().whenComplete((session, thrown) -> {
            if (thrown == null) {
                succeeded(origin);
            } else {
                failed(origin, HandshakeFailure.of(thrown));
            }
        });
        return handshake;
    }

    private void count(Origin origin, String outcome) {
        counts.computeIfAbsent(new Ending(origin, outcome), ending -> new LongAdder())
                .increment();
    }

    @Override
    public void collect(MetricSink sink) {
        counts.forEach((ending, count) -> sink.counter(
                "drawbridge_tls_handshakes",
                "TLS handshakes by how they ended: ok, or the cause of the failure.",
                (double) count.sum(),
                "side",
                ending.origin().side().name().toLowerCase(Locale.ROOT),
                "protocol",
                ending.origin().protocol(),
                "direction",
                ending.origin().accepted() ? "in" : "out",
                "outcome",
                ending.outcome()));
    }
}
