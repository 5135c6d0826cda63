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
    /** In order of their names. */
    private volatile List<Listener> listeners = List.of();

    synchronized void add(Listener listener) {
        listeners = Stream.concat(listeners.stream(), Stream.of(listener))
                .sorted(Comparator.comparing(Listener::name))
                .toList();
    }

    synchronized void remove(Listener listener) {
        listeners = listeners.stream().filter(other -> other != listener).toList();
    }

    /** Returns every listener, in order of their names. */
    List<Listener> all() {
        return listeners;
    }

    @Override
    public List<ListenerStatus> listeners() {
        return all().stream().map(Listener::status).toList();
    }

    @Override
    public Optional<HostPort> announced(Side side, String protocol) {
        // A loop: this is asked for every message.
        for (Listener listener : listeners) {
            Optional<Readiness> readiness = listener.readiness();
            if (readiness.isPresent() && isOn(listener, side) && serves(listener, protocol)) {
                return Optional.of(listener.announced(readiness.get()));
            }
        }
        return Optional.empty();
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
        return listeners.stream().filter(listener -> isOn(listener, side));
    }

    private static boolean isOn(Listener listener, Side side) {
        return listener.settings().filter(settings -> settings.side() == side).isPresent();
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
