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

    /**
     * Returns whether the end of a CDATA section stands where none is open, which character data must not hold (XML 1.0
     * section 2.4). The tokenizer sees it only if it arrives in one piece.
     */
    boolean holdsStraySectionEnd(long before) {
        int end = (int) (before - start);
        boolean tag = false;
        byte quote = 0;
        for (int i = 0; i < end; i++) {
            byte octet = octets[i];
            if (quote != 0) {
                quote = octet == quote ? 0 : quote;
            } else if (tag) {
                quote = octet == '"' || octet == '\'' ? octet : 0;
                tag = octet != '>';
            } else if (octet == '<') {
                tag = !stands("<![CDATA[", i);
                i = tag ? i : sectionEnd(i, end);
            } else if (octet == '>' && stands("]]>", i - 2)) {
                return true;
            }
        }
        return false;
    }

    private int sectionEnd(int from, int end) {
        int at = from;
        while (at < end && !stands("]]>", at)) {
            at++;
        }
        return at + 2;
    }

    private boolean stands(String word, int at) {
        boolean same = at >= 0 && at + word.length() <= length;
        for (int i = 0; same && i < word.length(); i++) {
            same = octets[at + i] == word.charAt(i);
        }
        return same;
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
