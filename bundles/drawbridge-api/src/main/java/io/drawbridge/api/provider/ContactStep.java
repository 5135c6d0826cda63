// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.provider;

/** The steps in the right of one to see the presence of another. */
public enum ContactStep {
    /** The first asks to see the presence of the second. */
    ASK,
    /** The first lets the second see its presence. */
    GRANT,
    /** The first refuses or ends the right of the second to see its presence. */
    REFUSE,
    /** The first gives up its right, or its wish, to see the presence of the second. */
    GIVE_UP
}
