// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed.load;

/**
 * Finds the messages in the bytes of a stream. It reads what a correct peer writes and no more: full header names or
 * their compact forms, no folded lines.
 */
final class SipFraming {
    private SipFraming() {}

    /** Returns the length of the message at {@code from} with its body, or -1 if its end is not there yet. */
    static int length(byte[] bytes, int from, int to) {
        int bodyLength = 0;
        int line = from;
        for (int i = from; i < to; i++) {
            if (bytes[i] != '\n') {
                continue;
            }
            if (i - line <= 1) {
                int length = i + 1 - from + bodyLength;
                return from + length <= to ? length : -1;
            }
            if (isContentLength(bytes, line, i)) {
                bodyLength = number(bytes, line, i);
            }
            line = i + 1;
        }
        return -1;
    }

    private static boolean isContentLength(byte[] bytes, int line, int end) {
        int first = bytes[line] | 0x20;
        if (first == 'l') {
            return bytes[line + 1] == ':' || bytes[line + 1] == ' ';
        }
        return first == 'c' && end - line > 15 && bytes[line + 7] == '-' && (bytes[line + 8] | 0x20) == 'l';
    }

    private static int number(byte[] bytes, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = bytes[i] - '0';
            if (digit >= 0 && digit <= 9) {
                value = value * 10 + digit;
            }
        }
        return value;
    }

    /** Returns the number written as eight hexadecimal digits after a marker, or -1 if the marker is not there. */
    static int numberAfter(byte[] marker, byte[] bytes, int from, int to) {
        int last = to - marker.length - 8;
        for (int i = from; i <= last; i++) {
            if (bytes[i] == marker[0] && matches(marker, bytes, i)) {
                return hex(bytes, i + marker.length);
            }
        }
        return -1;
    }

    private static boolean matches(byte[] marker, byte[] bytes, int at) {
        for (int i = 1; i < marker.length; i++) {
            if (bytes[at + i] != marker[i]) {
                return false;
            }
        }
        return true;
    }

    private static int hex(byte[] bytes, int at) {
        int value = 0;
        for (int i = at; i < at + 8; i++) {
            int digit = Character.digit(bytes[i], 16);
            if (digit < 0) {
                return -1;
            }
            value = (value << 4) | digit;
        }
        return value;
    }
}
