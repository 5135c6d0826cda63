// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.connection;

import io.drawbridge.net.connection.ConnectionHandler;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The protocols that are installed now. Thread-safe. */
@Component(service = ProtocolHandlers.class)
public final class ProtocolHandlers {
    private final ConcurrentMap<String, List<ConnectionHandler>> handlers = new ConcurrentHashMap<>();

    /** Returns the handler of a protocol; the one that came first, if there are several. */
    public Optional<ConnectionHandler> handler(String protocol) {
        return handlers.getOrDefault(protocol, List.of()).stream().findFirst();
    }

    /** Called when a protocol's bundle starts. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void add(ConnectionHandler handler, Map<String, Object> properties) {
        handlers.computeIfAbsent(protocol(properties), protocol -> new CopyOnWriteArrayList<>())
                .add(handler);
    }

    /** Called when it stops. */
    public void remove(ConnectionHandler handler, Map<String, Object> properties) {
        handlers.getOrDefault(protocol(properties), List.of()).remove(handler);
    }

    private static String protocol(Map<String, Object> properties) {
        return String.valueOf(properties.get(ConnectionHandler.PROTOCOL));
    }
}
