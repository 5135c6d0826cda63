// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.directory;

import io.drawbridge.api.model.Side;
import java.time.Instant;
import java.util.Optional;

/**
 * A peer this appliance has connections with, or tried to.
 *
 * @param name by which it is known: a destination such as {@code fabrikam.example (SRV)}, or an incoming peer's
 *     certificate name
 * @param side inside or outside
 * @param protocol {@code sip} and so on
 * @param outgoing whether this appliance opens the connections
 * @param state now
 * @param why what explains the state, with its remedy if it is down
 * @param since when the state began
 * @param connections how many are open
 * @param address the address in use, empty if none
 * @param tls version and cipher suite in use, empty if none
 * @param certificateExpires the peer certificate's end
 */
public record PeerStatus(
        String name,
        Side side,
        String protocol,
        boolean outgoing,
        State state,
        String why,
        Instant since,
        int connections,
        String address,
        String tls,
        Optional<Instant> certificateExpires) {

    /** State of a peer. */
    public enum State {
        /** At least one connection is usable. */
        UP,
        /** The first connection is being made. */
        CONNECTING,
        /** No connection; a new one is made when there is traffic. */
        IDLE,
        /** The last attempt failed; the next waits. */
        DOWN
    }
}
