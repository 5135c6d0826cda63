// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.listener;

import java.util.Locale;

/** What an outsider can make grow at a listener, and is stopped at. */
enum Limit {
    /** Open connections. */
    CONNECTIONS("maxConnections"),
    /** Open connections of one address. */
    CONNECTIONS_PER_ADDRESS("maxConnectionsPerAddress"),
    /** Connections in their handshake. */
    HANDSHAKES("maxHandshakes"),
    /** Beginning handshakes. */
    HANDSHAKE_RATE("maxHandshakesPerSecond");

    private final String key;

    Limit(String key) {
        this.key = key;
    }

    /** Returns the key of the setting. */
    String key() {
        return key;
    }

    /** Returns the value of the {@code limit} label. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
