// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.codec;

import java.util.Arrays;

/** Collects octets; text that would end a header line is refused, so that no value can forge another header field. */
final class OctetWriter {
    private static final int LONGEST_NUMBER = 20;

    private byte[] array;
    private int length;

    OctetWriter(int capacity) {
        array = new byte[capacity];
    }

    byte[] array() {
        return array;
    }

    int length() {
        return length;
    }

    OctetWriter text(String text) {
        int size = text.length();
        reserve(size);
        for (int i = 0; i < size; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                return wide(text.substring(i));
            }
            array[length++] = checked((byte) c);
        }
        return this;
    }

    private OctetWriter wide(String text) {
        byte[] encoded = Octets.of(text).array;
        reserve(encoded.length);
        for (byte octet : encoded) {
            array[length++] = checked(octet);
        }
        return this;
    }

    private static byte checked(byte octet) {
        if (octet == '\r' || octet == '\n') {
            throw new IllegalArgumentException("a header field written here holds no line end");
        }
        return octet;
    }

    OctetWriter number(long number) {
        if (number < 10) {
            reserve(1);
            array[length++] = (byte) ('0' + number);
            return this;
        }
        reserve(LONGEST_NUMBER);
        int digits = 1;
        for (long rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        long rest = number;
        for (int i = length + digits - 1; i >= length; i--) {
            array[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
        return this;
    }

    OctetWriter raw(byte[] source, int start, int end) {
        reserve(end - start);
        System.arraycopy(source, start, array, length, end - start);
        length += end - start;
        return this;
    }

    OctetWriter name(HeaderName name) {
        return text(name.text()).separator();
    }

    OctetWriter separator() {
        reserve(2);
        array[length++] = ':';
        array[length++] = ' ';
        return this;
    }

    OctetWriter lineEnd() {
        reserve(2);
        array[length++] = '\r';
        array[length++] = '\n';
        return this;
    }

    private void reserve(int more) {
        if (array.length - length < more) {
            array = Arrays.copyOf(array, Math.max(array.length * 2, length + more));
        }
    }
}
