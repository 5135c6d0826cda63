// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.codec;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A piece of a message exactly as it came. Immutable; keeps the message's octets alive. */
public final class Octets {
    final byte[] array;
    final int start;
    final int end;

    Octets(byte[] array, int start, int end) {
        this.array = array;
        this.start = start;
        this.end = end;
    }

    /** Returns the UTF-8 octets of a text. */
    public static Octets of(String text) {
        byte[] array = text.getBytes(StandardCharsets.UTF_8);
        return new Octets(array, 0, array.length);
    }

    /** Returns the number of octets. */
    public int length() {
        return end - start;
    }

    /** Returns whether there are none. */
    public boolean isEmpty() {
        return start == end;
    }

    /** Compares with an ASCII text, letters of either case being equal. */
    public boolean equalsIgnoreCase(String ascii) {
        return Ascii.equalsIgnoreCase(array, start, end, ascii);
    }

    /** Copies the octets. */
    public byte[] toBytes() {
        return Arrays.copyOfRange(array, start, end);
    }

    /** Appends the octets to a buffer. */
    public void writeTo(ByteBuf target) {
        target.writeBytes(array, start, end - start);
    }

    /** Returns the text with each folding (RFC 3261 section 7.3.1) made one space. */
    public String unfolded() {
        String text = toString();
        return text.indexOf('\n') < 0 ? text : text.replaceAll("[ \t]*\r\n[ \t]+", " ");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets octets
                && Arrays.equals(array, start, end, octets.array, octets.start, octets.end);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    /** Returns the octets read as UTF-8. */
    @Override
    public String toString() {
        return new String(array, start, end - start, StandardCharsets.UTF_8);
    }
}
