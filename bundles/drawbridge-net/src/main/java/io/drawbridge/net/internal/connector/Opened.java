// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.connector;

import io.drawbridge.net.internal.tls.TlsHandshake;
import io.drawbridge.net.internal.tls.TlsSession;
import io.netty.channel.Channel;
import java.util.Optional;

/**
 * A channel after its handshake, with a peer that is who it should be; reading is still off.
 *
 * @param candidate where it leads
 * @param channel the channel
 * @param secured the handshake and what it agreed on; empty while there is no TLS
 */
record Opened(Candidate candidate, Channel channel, Optional<Secured> secured) {
    /**
     * A handshake that is done.
     *
     * @param handshake which switches reading on
     * @param session what was agreed on
     */
    record Secured(TlsHandshake handshake, TlsSession session) {}

    /** Switches reading on. */
    void release() {
        if (secured.isPresent()) {
            secured.get().handshake().release();
        } else {
            channel.config().setAutoRead(true);
        }
    }
}
