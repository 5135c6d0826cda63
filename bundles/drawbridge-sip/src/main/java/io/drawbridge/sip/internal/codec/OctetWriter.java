// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.codec;

import java.nio.charset.StandardCharsets;
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
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        if (Ascii.lineEnd(encoded, 0) < encoded.length) {
            throw new IllegalArgumentException("a header field written here holds no line end");
        }
        return raw(encoded, 0, encoded.length);
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
        return raw(name.lead, 0, name.lead.length);
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
