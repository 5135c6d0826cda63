// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc.wire;

/**
 * Where a server is.
 *
 * @param host a name, which its certificate must hold, or an address
 * @param port the port for TLS
 */
public record Server(String host, int port) {
    private static final int USUAL_PORT = 6697;

    /**
     * Reads {@code host} or {@code host:port}; 6697 is the usual port (RFC 7194).
     *
     * @throws IllegalArgumentException if the port is none
     */
    public static Server of(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0 || text.endsWith("]")) {
            return new Server(bare(text), USUAL_PORT);
        }
        int port = Integer.parseInt(text.substring(colon + 1));
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a port lies between 1 and 65535");
        }
        return new Server(bare(text.substring(0, colon)), port);
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
