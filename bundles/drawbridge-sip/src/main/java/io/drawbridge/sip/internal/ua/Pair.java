// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.Principal;

/**
 * Two people who have to do with each other through the gateway.
 *
 * @param outside the one who speaks another protocol
 * @param inside the user of the home
 */
record Pair(Principal outside, Principal inside) {
    /** Returns the pair of an event that goes to the home. */
    static Pair ofInbound(Event event) {
        return new Pair(event.sender().principal(), event.recipient().principal());
    }

    /** Returns the pair of an event that comes from the home. */
    static Pair ofOutbound(Event event) {
        return new Pair(event.recipient().principal(), event.sender().principal());
    }
}
