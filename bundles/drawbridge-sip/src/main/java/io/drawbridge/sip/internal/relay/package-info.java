// SPDX-License-Identifier: Apache-2.0
/**
 * The relay between inside and outside: a transaction-stateful proxy (RFC 3261 section 16, RFC 4320, 5393, 5658, 6026).
 *
 * <p>A {@link io.drawbridge.sip.internal.relay.Hop} is one end, an {@code Exchange} one request on its way. An exchange
 * belongs to the event loop of the hop it came from; what happens on another hop's loop is handed over. Connections are
 * not reused backwards (RFC 5923): this edge never offers {@code alias}, since Lync edges open connections of their own
 * for each direction; a verified peer's requests are taken from whatever connection they come on.
 */
package io.drawbridge.sip.internal.relay;
