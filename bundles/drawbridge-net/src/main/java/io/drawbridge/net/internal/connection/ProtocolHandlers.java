// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.connection;

import io.drawbridge.net.connection.ConnectionHandler;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The protocols that are installed now. Thread-safe. Active before anybody asks: a protocol needs the connector, so
 * binding protocols must not wait for the connector's activation.
 */
@Component(immediate = true, service = ProtocolHandlers.class)
public final class ProtocolHandlers {
    private final ConcurrentMap<String, List<ConnectionHandler>> handlers = new ConcurrentHashMap<>();
    private final List<Consumer<String>> followers = new CopyOnWriteArrayList<>();

    /** Returns the handler of a protocol; the one that came first, if there are several. */
    public Optional<ConnectionHandler> handler(String protocol) {
        return handlers.getOrDefault(protocol, List.of()).stream().findFirst();
    }

    /** Calls {@code follower} with a protocol's name whenever one of its handlers went. */
    public void follow(Consumer<String> follower) {
        followers.add(follower);
    }

    /** Ends what {@link #follow} began. */
    public void unfollow(Consumer<String> follower) {
        followers.remove(follower);
    }

    /** Called when a protocol's bundle starts. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void add(ConnectionHandler handler, Map<String, Object> properties) {
        handlers.computeIfAbsent(protocol(properties), protocol -> new CopyOnWriteArrayList<>())
                .add(handler);
    }

    /** Called when it stops. */
    public void remove(ConnectionHandler handler, Map<String, Object> properties) {
        String protocol = protocol(properties);
        handlers.getOrDefault(protocol, List.of()).remove(handler);
        followers.forEach(follower -> follower.accept(protocol));
    }

    private static String protocol(Map<String, Object> properties) {
        return String.valueOf(properties.get(ConnectionHandler.PROTOCOL));
    }
}
