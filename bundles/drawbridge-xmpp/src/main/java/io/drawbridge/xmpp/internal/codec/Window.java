// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The octets of a stream from the last that was dealt with to the last that came, addressed by their place in it. */
final class Window {
    private byte[] octets = new byte[1_024];
    private long start;
    private int length;

    void append(byte[] more, int count) {
        if (length + count > octets.length) {
            octets = Arrays.copyOf(octets, Math.max(octets.length * 2, length + count));
        }
        System.arraycopy(more, 0, octets, length, count);
        length += count;
    }

    /** Returns the place of the first octet. */
    long start() {
        return start;
    }

    /** Returns how many octets wait. */
    int length() {
        return length;
    }

    /** Returns the octets between two places. */
    byte[] between(long from, long to) {
        return Arrays.copyOfRange(octets, (int) (from - start), (int) (to - start));
    }

    /** Returns the place of the last such octet before a place. */
    long lastBefore(long place, char octet) {
        int at = (int) (place - start) - 1;
        while (octets[at] != octet) {
            at--;
        }
        return start + at;
    }

    /** Returns the place after the last octet. */
    long end() {
        return start + length;
    }

    /** Forgets leading white space. */
    void dropSpace() {
        int at = 0;
        while (at < length && (octets[at] == ' ' || octets[at] == '\n' || octets[at] == '\r' || octets[at] == '\t')) {
            at++;
        }
        drop(start + at);
    }

    /** Returns whether a word stands anywhere in it. */
    boolean contains(String word) {
        return new String(octets, 0, length, StandardCharsets.ISO_8859_1).contains(word);
    }

    /** Forgets everything before a place. */
    void drop(long before) {
        int gone = (int) (before - start);
        System.arraycopy(octets, gone, octets, 0, length - gone);
        length -= gone;
        start = before;
        // One large stanza must not keep its memory for the life of the stream.
        if (length == 0 && octets.length > 16_384) {
            octets = new byte[1_024];
        }
    }
}
