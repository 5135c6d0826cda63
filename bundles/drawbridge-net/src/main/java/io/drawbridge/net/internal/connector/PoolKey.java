// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.connector;

import io.drawbridge.api.model.Side;
import io.drawbridge.net.connection.Destination;
import io.drawbridge.net.connection.Destination.Location;

/**
 * What makes destinations share connections. Not the check: one server may serve many domains, and each connection is
 * checked for who is to use it.
 *
 * @param side which selects the own identity (RFC 5923 section 9.3)
 * @param protocol whose handler has the connections
 * @param location of the servers
 */
record PoolKey(Side side, String protocol, Location location) {
    static PoolKey of(Destination destination) {
        return new PoolKey(destination.side(), destination.protocol(), destination.location());
    }
}
