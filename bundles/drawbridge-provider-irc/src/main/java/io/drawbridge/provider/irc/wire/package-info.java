/** Connections to servers: names, TLS, octets to lines. */
package io.drawbridge.provider.irc.wire;
