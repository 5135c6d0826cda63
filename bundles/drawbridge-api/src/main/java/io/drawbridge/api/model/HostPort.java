// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.model;

/**
 * A host and a port.
 *
 * @param host a host name in lower case, or an IP address; an IPv6 address without brackets
 * @param port 0 to 65535; 0 means not stated, so that the protocol's location rules apply
 */
public record HostPort(String host, int port) {
    /**
     * Checks the range of the port.
     *
     * @throws IllegalArgumentException if {@code port} is out of range or {@code host} is empty
     */
    public HostPort {
        if (host.isEmpty()) {
            throw new IllegalArgumentException("the host is empty");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("a port lies between 0 and 65535");
        }
    }

    /**
     * Reads {@code host}, {@code host:port} or {@code [address]:port}.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    public static HostPort of(String text) {
        String trimmed = text.strip();
        int bracket = trimmed.indexOf(']');
        int colon = trimmed.indexOf(':', Math.max(bracket, 0));
        String host = colon < 0 ? trimmed : trimmed.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        if (colon < 0) {
            return new HostPort(lowerCase(host), 0);
        }
        String port = trimmed.substring(colon + 1);
        if (!port.matches("\\d{1,5}")) {
            throw new IllegalArgumentException("'" + port + "' is not a port");
        }
        return new HostPort(lowerCase(host), Integer.parseInt(port));
    }

    /** Returns this, or the same host with {@code port} where none is stated. */
    public HostPort orPort(int defaultPort) {
        return port == 0 ? new HostPort(host, defaultPort) : this;
    }

    @Override
    public String toString() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == 0 ? name : name + ":" + port;
    }

    private static String lowerCase(String host) {
        return host.toLowerCase(java.util.Locale.ROOT);
    }
}
