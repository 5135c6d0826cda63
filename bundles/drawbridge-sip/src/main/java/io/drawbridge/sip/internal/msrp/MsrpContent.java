// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.msrp;

import java.nio.charset.StandardCharsets;

/** The octets of a message or a part of it. Immutable as long as nobody changes what it was made of. */
public final class MsrpContent {
    /** No octets. */
    public static final MsrpContent NONE = new MsrpContent(new byte[0]);

    private final byte[] octets;

    /** Takes octets that nobody changes any more. */
    public MsrpContent(byte[] octets) {
        this.octets = octets;
    }

    /** Returns how many there are. */
    public int length() {
        return octets.length;
    }

    /** Returns the octets, which the caller does not change. */
    public byte[] octets() {
        return octets;
    }

    @Override
    public String toString() {
        return new String(octets, StandardCharsets.UTF_8);
    }
}
