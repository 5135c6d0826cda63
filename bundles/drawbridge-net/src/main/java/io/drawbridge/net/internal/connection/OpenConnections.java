// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.connection;

import io.drawbridge.api.metrics.MetricSink;
import io.drawbridge.api.metrics.MetricSource;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Component;

/** Every connection that is open now, accepted or opened. Thread-safe. */
@Component(service = {OpenConnections.class, MetricSource.class})
public final class OpenConnections implements MetricSource {
    private final Set<TlsConnection> open = ConcurrentHashMap.newKeySet();

    /** Enters a connection whose handshake is done; it leaves by itself when its channel closes. */
    public void add(TlsConnection connection) {
        open.add(connection);
        connection.channel().closeFuture().addListener(closed -> open.remove(connection));
    }

    /** Returns those open at this moment, in no order. */
    public Collection<TlsConnection> all() {
        return List.copyOf(open);
    }

    @Override
    public void collect(MetricSink sink) {
        all().stream()
                .collect(Collectors.groupingBy(TlsConnection::origin, Collectors.counting()))
                .forEach((origin, count) -> sink.gauge(
                        "drawbridge_connections",
                        "Open TLS connections after their handshake.",
                        (double) count,
                        "side",
                        origin.side().name().toLowerCase(Locale.ROOT),
                        "protocol",
                        origin.protocol(),
                        "direction",
                        origin.accepted() ? "in" : "out"));
    }
}
