// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.codec;

import io.netty.buffer.ByteBuf;

/**
 * Finds where the head of a message ends and how long its body is. Looks at every octet once, however the stream is cut,
 * and at nothing but line ends and Content-Length.
 */
final class HeadScanner {
    private static final int NONE = -1;
    private static final String CONTENT_LENGTH = "content-length";

    private final SipLimits limits;
    private int scanned;
    private int lineStart;
    private int lengthLine;
    private long bodyLength;
    private SipProblem problem;

    HeadScanner(SipLimits limits) {
        this.limits = limits;
        reset();
    }

    /** Begins the next message. */
    void reset() {
        scanned = 0;
        lineStart = 0;
        lengthLine = NONE;
        bodyLength = NONE;
        problem = null;
    }

    /**
     * Goes on from where it stood.
     *
     * @param in has the message's first octet at its reader index
     * @return whether the head is complete or cannot become so
     */
    boolean scan(ByteBuf in) {
        int base = in.readerIndex();
        while (true) {
            int lineFeed = in.indexOf(base + scanned, in.writerIndex(), (byte) '\n');
            scanned = lineFeed < 0 ? in.readableBytes() : lineFeed - base + 1;
            if (scanned > limits.head()) {
                problem = SipProblem.HEAD_TOO_LARGE;
                return true;
            }
            if (lineFeed < 0) {
                return false;
            }
            boolean complete = endLine(in, base);
            lineStart = scanned;
            if (complete) {
                return true;
            }
        }
    }

    private boolean endLine(ByteBuf in, int base) {
        byte first = in.getByte(base + lineStart);
        if (first == ' ' || first == '\t') {
            return false;
        }
        if (lengthLine != NONE) {
            readLength(in, base);
        }
        if (first == '\n' || (first == '\r' && scanned - lineStart == 2)) {
            checkBody(in, base);
            return true;
        }
        if (lineStart > 0 && isContentLength(in, base + lineStart, first | 0x20)) {
            lengthLine = lineStart;
        }
        return false;
    }

    private boolean isContentLength(ByteBuf in, int line, int first) {
        int nameEnd;
        if (first == 'l') {
            nameEnd = line + 1;
        } else if (first == 'c' && scanned - lineStart > CONTENT_LENGTH.length()) {
            for (int i = 1; i < CONTENT_LENGTH.length(); i++) {
                if (Ascii.lower(in.getByte(line + i)) != CONTENT_LENGTH.charAt(i)) {
                    return false;
                }
            }
            nameEnd = line + CONTENT_LENGTH.length();
        } else {
            return false;
        }
        byte next = in.getByte(nameEnd);
        return next == ':' || next == ' ' || next == '\t';
    }

    /** Reads the Content-Length line that ends, with all its folds, where the current line starts. */
    private void readLength(ByteBuf in, int base) {
        byte[] line = new byte[lineStart - lengthLine];
        in.getBytes(base + lengthLine, line);
        lengthLine = NONE;
        int start = 0;
        while (start < line.length && line[start] != ':') {
            start++;
        }
        start++;
        int end = line.length;
        while (start < end && Ascii.isWhitespace(line[start])) {
            start++;
        }
        while (end > start && Ascii.isWhitespace(line[end - 1])) {
            end--;
        }
        note(Ascii.decimal(line, start, end, Long.MAX_VALUE / 100));
    }

    private void note(long length) {
        if (length < 0) {
            problem = SipProblem.CONTENT_LENGTH;
        } else if (bodyLength != NONE && bodyLength != length) {
            problem = SipProblem.CONFLICTING_CONTENT_LENGTH;
        }
        bodyLength = length;
    }

    private void checkBody(ByteBuf in, int base) {
        if (problem != null) {
            return;
        }
        if (bodyLength == NONE) {
            problem = SipProblem.MISSING_CONTENT_LENGTH;
        } else if (bodyLength > limits.body() || (bodyLength > limits.messageBody() && isMessage(in, base))) {
            problem = SipProblem.BODY_TOO_LARGE;
        }
    }

    private boolean isMessage(ByteBuf in, int base) {
        String name = "MESSAGE ";
        for (int i = 0; i < name.length(); i++) {
            if (lineStart <= i || in.getByte(base + i) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Returns why the stream cannot be followed behind this head, or null. */
    SipProblem problem() {
        return problem;
    }

    /** Returns the octets of the complete lines found so far: of the whole head, if it is complete. */
    int headLength() {
        return lineStart;
    }

    /** Returns the octets of the whole message; only without a problem. */
    int messageLength() {
        return lineStart + (int) bodyLength;
    }
}
