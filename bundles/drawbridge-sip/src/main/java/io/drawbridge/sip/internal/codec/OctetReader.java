// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.codec;

/** Reads a header value from left to right, by the lexical rules of RFC 3261 section 25.1. */
final class OctetReader {
    private final byte[] array;
    private final int end;
    private final SipProblem problem;
    private int position;

    OctetReader(byte[] array, int start, int end, SipProblem problem) {
        this.array = array;
        this.position = start;
        this.end = end;
        this.problem = problem;
    }

    int position() {
        return position;
    }

    void moveTo(int target) {
        position = target;
    }

    boolean atEnd() {
        return position >= end;
    }

    /** Returns the next octet, or -1 at the end (an octet above 127 is never asked for). */
    int peek() {
        return position < end ? array[position] : -1;
    }

    void skipWhitespace() {
        while (position < end && Ascii.isWhitespace(array[position])) {
            position++;
        }
    }

    /** Skips white space and, if it comes next, a separator. */
    boolean accept(char separator) {
        skipWhitespace();
        if (position < end && array[position] == separator) {
            position++;
            return true;
        }
        return false;
    }

    void expect(char separator) throws SipSyntaxException {
        if (!accept(separator)) {
            throw malformed();
        }
    }

    void skipToken() throws SipSyntaxException {
        int start = position;
        while (position < end && Ascii.isToken(array[position])) {
            position++;
        }
        if (position == start) {
            throw malformed();
        }
    }

    void skipQuoted() throws SipSyntaxException {
        position = quotedEnd(array, position, end);
        if (position < 0) {
            throw malformed();
        }
    }

    SipSyntaxException malformed() {
        return new SipSyntaxException(problem);
    }

    /** Returns the index behind the quoted string that starts at {@code start}, or -1 if it does not end. */
    static int quotedEnd(byte[] array, int start, int end) {
        for (int i = start + 1; i < end; i++) {
            if (array[i] == '\\') {
                i++;
            } else if (array[i] == '"') {
                return i + 1;
            }
        }
        return -1;
    }
}
