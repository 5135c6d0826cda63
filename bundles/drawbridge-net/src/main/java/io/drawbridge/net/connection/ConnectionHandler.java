// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.connection;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A protocol. Registered as a service with the property {@value #PROTOCOL}; a listener of that protocol opens when its
 * handler is there and closes, after draining, when it goes.
 */
@ConsumerType
public interface ConnectionHandler {
    /** Service property: the protocol's name as listeners and destinations use it. */
    String PROTOCOL = "drawbridge.protocol";

    /**
     * Takes over a connection, accepted or opened: adds the protocol's handlers to its pipeline, or closes it if the
     * peer is not welcome. Called on the connection's event loop after the handshake and before any application data.
     */
    void opened(Connection connection);
}
