// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.connector;

import io.drawbridge.net.internal.tls.TlsHandshake;
import io.drawbridge.net.internal.tls.TlsSession;
import io.netty.channel.Channel;

/**
 * A channel after its handshake, with a peer that is who it should be; reading is still off.
 *
 * @param candidate where it leads
 * @param channel the channel
 * @param handshake which switches reading on
 * @param session what was agreed on
 */
record Opened(Candidate candidate, Channel channel, TlsHandshake handshake, TlsSession session) {}
