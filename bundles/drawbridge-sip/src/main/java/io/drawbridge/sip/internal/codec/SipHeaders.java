// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The head of a message: an index over its lines, made in one pass, that decodes nothing. Header fields of one name are
 * found wherever they stand, also between others.
 */
public final class SipHeaders {
    private static final int START = 0;
    private static final int NAME_END = 1;
    private static final int VALUE_START = 2;
    private static final int VALUE_END = 3;
    private static final int STRIDE = 4;

    final byte[] octets;
    private final SipLimits limits;
    private int startLineEnd;
    private int linesStart;
    private int linesEnd;
    private int bodyStart;
    private int count;
    private HeaderName[] names = new HeaderName[24];
    private int[] spans = new int[24 * STRIDE];
    private SipProblem problem;

    private SipHeaders(byte[] octets, SipLimits limits) {
        this.octets = octets;
        this.limits = limits;
    }

    /**
     * Indexes a message that was framed, or as much of it as there is. What is malformed is remembered, not thrown, so
     * that an answer can still be made from the rest.
     */
    static SipHeaders index(byte[] octets, SipLimits limits) {
        SipHeaders headers = new SipHeaders(octets, limits);
        headers.readStartLine();
        headers.readLines();
        return headers;
    }

    private void readStartLine() {
        int next = lineEnd(0);
        startLineEnd = contentEnd(0, next);
        linesStart = next;
        if (startLineEnd > limits.startLine()) {
            note(SipProblem.START_LINE_TOO_LONG);
        }
    }

    private void readLines() {
        int at = linesStart;
        while (at < octets.length) {
            int next = lineEnd(at);
            int contentEnd = contentEnd(at, next);
            if (contentEnd == at) {
                linesEnd = at;
                bodyStart = next;
                return;
            }
            while (next < octets.length && (octets[next] == ' ' || octets[next] == '\t')) {
                int folded = next;
                next = lineEnd(folded);
                contentEnd = contentEnd(folded, next);
            }
            if (count == limits.headers()) {
                note(SipProblem.TOO_MANY_HEADERS);
            } else {
                add(at, contentEnd);
            }
            at = next;
        }
        linesEnd = at;
        bodyStart = at;
    }

    /** Returns the index behind the line feed of the line that starts at {@code from}, or behind the last octet. */
    private int lineEnd(int from) {
        for (int i = Ascii.lineEnd(octets, from); i < octets.length; i = Ascii.lineEnd(octets, i + 1)) {
            if (octets[i] == '\n') {
                return i + 1;
            }
            if (i + 1 < octets.length && octets[i + 1] == '\n') {
                return i + 2;
            }
            note(SipProblem.LINE_END);
        }
        note(SipProblem.LINE_END);
        return octets.length;
    }

    private int contentEnd(int start, int next) {
        int end = next;
        if (end > start && octets[end - 1] == '\n') {
            end--;
        }
        if (end > start && octets[end - 1] == '\r') {
            return end - 1;
        }
        note(SipProblem.LINE_END);
        return end;
    }

    private void add(int start, int end) {
        int nameEnd = start;
        while (nameEnd < end && Ascii.isToken(octets[nameEnd])) {
            nameEnd++;
        }
        int colon = nameEnd;
        while (colon < end && (octets[colon] == ' ' || octets[colon] == '\t')) {
            colon++;
        }
        if (nameEnd == start || colon == end || octets[colon] != ':') {
            note(SipProblem.HEADER_LINE);
            return;
        }
        if (end - start > limits.headerLine()) {
            note(SipProblem.HEADER_LINE_TOO_LONG);
        }
        int valueStart = colon + 1;
        while (valueStart < end && Ascii.isWhitespace(octets[valueStart])) {
            valueStart++;
        }
        int valueEnd = end;
        while (valueEnd > valueStart && Ascii.isWhitespace(octets[valueEnd - 1])) {
            valueEnd--;
        }
        put(HeaderName.of(octets, start, nameEnd), start, nameEnd, valueStart, valueEnd);
    }

    private void put(HeaderName name, int start, int nameEnd, int valueStart, int valueEnd) {
        if (count == names.length) {
            names = Arrays.copyOf(names, count * 2);
            spans = Arrays.copyOf(spans, count * 2 * STRIDE);
        }
        names[count] = name;
        int base = count++ * STRIDE;
        spans[base + START] = start;
        spans[base + NAME_END] = nameEnd;
        spans[base + VALUE_START] = valueStart;
        spans[base + VALUE_END] = valueEnd;
    }

    private void note(SipProblem found) {
        if (problem == null) {
            problem = found;
        }
    }

    /** Returns the first thing wrong with the lines, or null. */
    SipProblem problem() {
        return problem;
    }

    SipLimits limits() {
        return limits;
    }

    int startLineEnd() {
        return startLineEnd;
    }

    /** Returns where the first header line starts. */
    int linesStart() {
        return linesStart;
    }

    /** Returns where the empty line behind the header lines starts. */
    int linesEnd() {
        return linesEnd;
    }

    int bodyStart() {
        return bodyStart;
    }

    /** Returns the number of header lines, folded ones counting once. */
    public int count() {
        return count;
    }

    /** Returns the index of the next line of this name from {@code from} on, or -1. */
    int next(HeaderName name, int from) {
        for (int i = from; i < count; i++) {
            if (names[i] == name) {
                return i;
            }
        }
        return -1;
    }

    /** Returns the name of a line, or null if this edge does not know it. */
    HeaderName name(int line) {
        return names[line];
    }

    int lineStart(int line) {
        return spans[line * STRIDE + START];
    }

    /** Returns where the next line starts. Only in a well-formed head is nothing but this line up to there. */
    int nextLineStart(int line) {
        return line + 1 < count ? spans[(line + 1) * STRIDE + START] : linesEnd;
    }

    int nameEnd(int line) {
        return spans[line * STRIDE + NAME_END];
    }

    int valueStart(int line) {
        return spans[line * STRIDE + VALUE_START];
    }

    int valueEnd(int line) {
        return spans[line * STRIDE + VALUE_END];
    }

    /** Returns whether a header field of this name is there. */
    public boolean has(HeaderName name) {
        return next(name, 0) >= 0;
    }

    /** Returns the first value of this name. */
    public Optional<Octets> first(HeaderName name) {
        ValueWalk walk = new ValueWalk(this, name);
        return walk.next() ? Optional.of(walk.value()) : Optional.empty();
    }

    /** Returns the whole value of the first line with this name, which may be one this edge does not know. */
    public Optional<Octets> first(String name) {
        for (int i = 0; i < count; i++) {
            if (isNamed(i, name)) {
                return Optional.of(new Octets(octets, valueStart(i), valueEnd(i)));
            }
        }
        return Optional.empty();
    }

    /** Returns all values of this name in their order, of every line, divided at commas where the header field allows. */
    public List<Octets> values(HeaderName name) {
        List<Octets> values = new ArrayList<>(4);
        ValueWalk walk = new ValueWalk(this, name);
        while (walk.next()) {
            values.add(walk.value());
        }
        return values;
    }

    boolean isNamed(int line, String name) {
        return Ascii.equalsIgnoreCase(octets, lineStart(line), nameEnd(line), name);
    }

    String text(int from, int to) {
        return new String(octets, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
