// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.directory;

import java.time.Instant;

/**
 * A DNS server this appliance asks.
 *
 * @param address its address and port
 * @param state how its last question went
 * @param why why it does not answer; empty otherwise
 * @param since when the state began
 */
public record NameServerStatus(String address, State state, String why, Instant since) {
    /** State of a name server. */
    public enum State {
        /** Not asked yet. */
        UNKNOWN,
        /** It answers. */
        ANSWERS,
        /** Its last questions failed. */
        FAILS
    }
}
