// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.model;

/** Which way a request crosses the edge. Its responses keep the direction of the request. */
public enum Direction {
    /** From outside to a user of the organisation. */
    INBOUND,
    /** From a user of the organisation to outside. */
    OUTBOUND;

    /** Returns the direction of what arrives from {@code side}. */
    public static Direction from(Side side) {
        return side == Side.OUTSIDE ? INBOUND : OUTBOUND;
    }
}
