// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.model;

/** The two sides of the edge. */
public enum Side {
    /** The organisation's own deployment. */
    INSIDE,
    /** Everybody else. */
    OUTSIDE;

    /** Returns the side a message that came from this one leaves on. */
    public Side opposite() {
        return this == INSIDE ? OUTSIDE : INSIDE;
    }
}
