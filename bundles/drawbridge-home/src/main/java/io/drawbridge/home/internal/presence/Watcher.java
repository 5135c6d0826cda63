// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.presence;

import io.drawbridge.api.model.Address;

/**
 * Somebody who wants to see a user's presence.
 *
 * @param address who
 * @param origin how sure that is
 */
public record Watcher(Address address, Origin origin) {
    /** How a watcher's address is vouched for. */
    public enum Origin {
        /** A user of this home who proved who he is. */
        INSIDE,
        /** Somebody outside whom his own server vouches for. */
        VERIFIED,
        /** Somebody outside whom nobody vouches for. */
        UNVERIFIED
    }
}
