// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.connection;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Component;

/** Every connection that is open now, accepted or opened. Thread-safe. */
@Component(service = OpenConnections.class)
public final class OpenConnections {
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
}
