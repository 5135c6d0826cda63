// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The character classes of RFC 3261 section 25.1 over octets. */
final class Ascii {
    private static final String TOKEN_MARKS = "-.!%*_+`'~";
    private static final String URI_MARKS = "-_.!~*'();/?:@&=+$,%[]#";

    private static final byte TOKEN = 1;
    private static final byte WHITESPACE = 2;
    private static final byte DIGIT = 4;
    private static final byte URI = 8;
    private static final byte HOST = 16;

    private static final byte[] CLASSES = classes();
    private static final byte[] LOWER = lower();

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ABOVE_CR = 0x0e0e0e0e0e0e0e0eL;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Ascii() {}

    private static byte[] classes() {
        byte[] classes = new byte[256];
        for (int c = 0; c < 256; c++) {
            boolean digit = c >= '0' && c <= '9';
            boolean letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
            int flags = digit ? DIGIT : 0;
            flags |= letter || digit || TOKEN_MARKS.indexOf(c) >= 0 ? TOKEN : 0;
            flags |= c == ' ' || c == '\t' || c == '\r' || c == '\n' ? WHITESPACE : 0;
            flags |= letter || digit || c >= 0x80 || URI_MARKS.indexOf(c) >= 0 ? URI : 0;
            flags |= letter || digit || c == '-' || c == '.' || c == '_' ? HOST : 0;
            classes[c] = (byte) flags;
        }
        return classes;
    }

    private static byte[] lower() {
        byte[] lower = new byte[256];
        for (int c = 0; c < 256; c++) {
            lower[c] = (byte) (c >= 'A' && c <= 'Z' ? c | 0x20 : c);
        }
        return lower;
    }

    private static boolean is(byte octet, byte flag) {
        return (CLASSES[octet & 0xff] & flag) != 0;
    }

    static boolean isToken(byte octet) {
        return is(octet, TOKEN);
    }

    /** White space inside a header value: the line ends of folded lines count, RFC 3261 section 7.3.1. */
    static boolean isWhitespace(byte octet) {
        return is(octet, WHITESPACE);
    }

    static boolean isDigit(byte octet) {
        return is(octet, DIGIT);
    }

    /** What may stand in a URI; raw UTF-8 is tolerated, as deployed clients send it. */
    static boolean isUri(byte octet) {
        return is(octet, URI);
    }

    static boolean isHost(byte octet) {
        return is(octet, HOST);
    }

    static int lower(byte octet) {
        return LOWER[octet & 0xff];
    }

    /** Returns the index of the next carriage return or line feed, or {@code array.length}; eight octets at a step. */
    static int lineEnd(byte[] array, int from) {
        int i = from;
        while (i + Long.BYTES <= array.length) {
            long eight = (long) EIGHT.get(array, i);
            long controls = (eight - ABOVE_CR) & ~eight & HIGH_BITS;
            if (controls == 0) {
                i += Long.BYTES;
                continue;
            }
            i += Long.numberOfTrailingZeros(controls) >>> 3;
            if (array[i] == '\r' || array[i] == '\n') {
                return i;
            }
            i++;
        }
        while (i < array.length && array[i] != '\r' && array[i] != '\n') {
            i++;
        }
        return i;
    }

    /** Compares with octets that are in lower case already. */
    static boolean equalsLowered(byte[] array, int start, int end, byte[] lowered) {
        if (end - start != lowered.length) {
            return false;
        }
        for (int i = 0; i < lowered.length; i++) {
            if (LOWER[array[start + i] & 0xff] != lowered[i]) {
                return false;
            }
        }
        return true;
    }

    static boolean equalsIgnoreCase(byte[] array, int start, int end, String text) {
        if (end - start != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (lower(array[start + i]) != lower((byte) text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    static boolean equals(byte[] array, int start, int end, String text) {
        if (end - start != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (array[start + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the number between the bounds, or -1 if it is empty, is not all digits or exceeds {@code max}. */
    static long decimal(byte[] array, int start, int end, long max) {
        if (start >= end) {
            return -1;
        }
        long value = 0;
        for (int i = start; i < end; i++) {
            if (!isDigit(array[i])) {
                return -1;
            }
            value = value * 10 + array[i] - '0';
            if (value > max) {
                return -1;
            }
        }
        return value;
    }
}
