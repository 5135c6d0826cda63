// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.listener;

import io.drawbridge.api.directory.ListenerDirectory;
import io.drawbridge.api.directory.ListenerStatus;
import io.drawbridge.api.metrics.MetricSink;
import io.drawbridge.api.metrics.MetricSource;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.Side;
import io.drawbridge.net.connection.Announcements;
import io.drawbridge.net.internal.tls.ClientCredentials;
import io.drawbridge.net.internal.tls.Credentials;
import io.drawbridge.net.internal.tls.NoCredentials;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Component;

/** All configured listeners, and what is asked about them together. Thread-safe, no I/O. */
@Component(
        service = {
            ListenerRegistry.class,
            ListenerDirectory.class,
            Announcements.class,
            Credentials.class,
            MetricSource.class
        })
public final class ListenerRegistry implements ListenerDirectory, Announcements, Credentials, MetricSource {
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    void add(Listener listener) {
        listeners.add(listener);
    }

    void remove(Listener listener) {
        listeners.remove(listener);
    }

    /** Returns every listener, in order of their names. */
    List<Listener> all() {
        return listeners.stream().sorted(Comparator.comparing(Listener::name)).toList();
    }

    @Override
    public List<ListenerStatus> listeners() {
        return all().stream().map(Listener::status).toList();
    }

    @Override
    public Optional<HostPort> announced(Side side, String protocol) {
        return on(side).filter(listener -> serves(listener, protocol))
                .flatMap(listener -> listener.readiness().map(listener::announced).stream())
                .findFirst();
    }

    @Override
    public ClientCredentials client(Side side, String protocol) throws NoCredentials {
        List<Listener> candidates = on(side).filter(listener -> goesOutLike(listener, protocol))
                .sorted(Comparator.comparing(
                                (Listener listener) -> listener.readiness().isEmpty())
                        .thenComparing(listener -> !serves(listener, protocol)))
                .toList();
        if (candidates.isEmpty()) {
            throw new NoCredentials("there is no identity for " + protocol + " connections on side " + side
                    + ": no such listener is configured there (io.drawbridge.net.listener~NAME)");
        }
        return candidates.get(0).credentials();
    }

    private Stream<Listener> on(Side side) {
        return all().stream().filter(listener -> listener.settings()
                .filter(settings -> settings.side() == side)
                .isPresent());
    }

    private static boolean goesOutLike(Listener listener, String protocol) {
        return listener.settings()
                .filter(settings -> settings.manner().goesOutLike(Manner.of(protocol)))
                .isPresent();
    }

    private static boolean serves(Listener listener, String protocol) {
        return listener.settings()
                .filter(settings -> settings.origin().protocol().equals(protocol))
                .isPresent();
    }

    @Override
    public void collect(MetricSink sink) {
        for (Listener listener : listeners) {
            sink.gauge(
                    "drawbridge_listener_open",
                    "Whether a listener accepts connections: 1 or 0.",
                    listener.isOpen() ? 1 : 0,
                    "listener",
                    listener.name());
            for (Limit limit : Limit.values()) {
                sink.counter(
                        "drawbridge_listener_limits_hit",
                        "Connections closed at once because a limit of their listener was reached.",
                        (double) listener.limitsHit().getOrDefault(limit, 0L),
                        "listener",
                        listener.name(),
                        "limit",
                        limit.label());
            }
        }
    }
}
