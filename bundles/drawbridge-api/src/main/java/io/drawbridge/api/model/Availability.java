// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.model;

/** How reachable an instance is: the union of what SIP, Lync, XMPP and the public networks can say. */
public enum Availability {
    /** Not signed in. */
    OFFLINE,
    /** Signed in and there. */
    AVAILABLE,
    /** There and glad to talk. */
    CHATTY,
    /** Signed in, nobody at the keyboard. */
    IDLE,
    /** There and occupied. */
    BUSY,
    /** In a call. */
    ON_PHONE,
    /** In a meeting. */
    IN_MEETING,
    /** Not to be disturbed. */
    DO_NOT_DISTURB,
    /** Back in a moment. */
    BE_RIGHT_BACK,
    /** Away. */
    AWAY,
    /** Away for long. */
    EXTENDED_AWAY,
    /** Away for a meal. */
    LUNCH,
    /** Signed in and shown as offline. */
    INVISIBLE;

    /** Returns whether others see the instance as signed in. */
    public boolean isOnline() {
        return this != OFFLINE && this != INVISIBLE;
    }
}
