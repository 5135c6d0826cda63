// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.codec;

/** A walk over the values of one header field: line by line, and in a line from comma to comma where it is a list. */
final class ValueWalk {
    private final SipHeaders headers;
    private final HeaderName name;
    private int line = -1;
    private int position;
    private int lineEnd;
    private int start;
    private int end;
    private boolean firstOfLine;

    ValueWalk(SipHeaders headers, HeaderName name) {
        this.headers = headers;
        this.name = name;
    }

    /** Moves to the next value that is not empty; false if there is none. */
    boolean next() {
        if (position < lineEnd) {
            firstOfLine = false;
            if (readValue()) {
                return true;
            }
        }
        while (nextLine()) {
            firstOfLine = true;
            if (readValue()) {
                return true;
            }
        }
        return false;
    }

    private boolean nextLine() {
        line = headers.next(name, line + 1);
        if (line < 0) {
            line = headers.count();
            return false;
        }
        position = headers.valueStart(line);
        lineEnd = headers.valueEnd(line);
        return true;
    }

    private boolean readValue() {
        byte[] octets = headers.octets;
        while (position < lineEnd && isSkipped(octets[position])) {
            position++;
        }
        start = position;
        end = name.isList() ? valueEnd(octets) : lineEnd;
        position = end;
        while (end > start && Ascii.isWhitespace(octets[end - 1])) {
            end--;
        }
        return end > start;
    }

    private boolean isSkipped(byte octet) {
        return Ascii.isWhitespace(octet) || (octet == ',' && name.isList());
    }

    private int valueEnd(byte[] octets) {
        boolean bracketed = false;
        for (int i = start; i < lineEnd; i++) {
            byte octet = octets[i];
            if (octet == '"' && !bracketed) {
                int quotedEnd = OctetReader.quotedEnd(octets, i, lineEnd);
                if (quotedEnd < 0) {
                    return lineEnd;
                }
                i = quotedEnd - 1;
            } else if (octet == '<') {
                bracketed = true;
            } else if (octet == '>') {
                bracketed = false;
            } else if (octet == ',' && !bracketed) {
                return i;
            }
        }
        return lineEnd;
    }

    int line() {
        return line;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** Returns whether no other value stands before this one on its line. */
    boolean isFirstOfLine() {
        return firstOfLine;
    }

    Octets value() {
        return new Octets(headers.octets, start, end);
    }
}
