// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.codec;

import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.HostPort;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Set;

/**
 * A message with changes, kept as splices over its octets: what no splice touches is written exactly as it came. Each
 * place is changed at most once. Belongs to one thread, for one copy of the message.
 */
public final class SipRewrite {
    private static final int POSITION = 0;
    private static final int RESUME = 1;
    private static final int TEXT_START = 2;
    private static final int TEXT_END = 3;
    private static final int STRIDE = 4;
    private static final int STATUS_START = 8;

    private final SipMessage message;
    private final SipHeaders headers;
    private final OctetWriter texts = new OctetWriter(256);
    private int[] splices = new int[8 * STRIDE];
    private int count;

    private SipRewrite(SipMessage message) {
        this.message = message;
        this.headers = message.headers();
    }

    /** Begins with the message unchanged. */
    public static SipRewrite of(SipMessage message) {
        return new SipRewrite(message);
    }

    /** Replaces the Request-URI. */
    public SipRewrite setRequestUri(String uri) {
        SipRequest request = (SipRequest) message;
        return replace(request.methodEnd() + 1, request.uriEnd(), uri);
    }

    /** Replaces status code and reason phrase of a response. */
    public SipRewrite setStatus(int status, String phrase) {
        return replace(STATUS_START, headers.startLineEnd(), status + " " + phrase);
    }

    /** Sets Max-Forwards, inserting it if it is missing. */
    public SipRewrite setMaxForwards(int hops) {
        int line = headers.next(HeaderName.MAX_FORWARDS, 0);
        int at = texts.length();
        if (line >= 0) {
            texts.number(hops);
            return splice(headers.valueStart(line), headers.valueEnd(line), at);
        }
        texts.name(HeaderName.MAX_FORWARDS).number(hops).lineEnd();
        return splice(headers.linesStart(), headers.linesStart(), at);
    }

    /**
     * Puts another person into a URI of the message.
     *
     * @throws IllegalArgumentException if the URI is not one of this message
     */
    public SipRewrite rename(SipUri uri, Address person) {
        if (!uri.isIn(headers.octets)) {
            throw new IllegalArgumentException("the URI is not in this message");
        }
        return replace(uri.personStart(), uri.personEnd(), person.toString());
    }

    /** Inserts a header line above all others and below those inserted before. */
    public SipRewrite insert(HeaderName name, String value) {
        int at = texts.length();
        texts.name(name).text(value).lineEnd();
        return splice(headers.linesStart(), headers.linesStart(), at);
    }

    /** Adds a header line below all others. */
    public SipRewrite append(HeaderName name, String value) {
        int at = texts.length();
        texts.name(name).text(value).lineEnd();
        return splice(headers.linesEnd(), headers.linesEnd(), at);
    }

    /** Adds a header line below all others, with any name. */
    public SipRewrite append(String name, String value) {
        int at = texts.length();
        texts.text(name).separator().text(value).lineEnd();
        return splice(headers.linesEnd(), headers.linesEnd(), at);
    }

    /** Removes the first {@code number} values of a header field, on however many lines they stand. */
    public SipRewrite removeTop(HeaderName name, int number) {
        ValueWalk walk = new ValueWalk(headers, name);
        int left = number;
        boolean more = walk.next();
        while (more && left > 0) {
            int line = walk.line();
            int start = walk.start();
            do {
                left--;
                more = walk.next();
            } while (more && left > 0 && walk.line() == line);
            if (more && walk.line() == line) {
                splice(start, walk.start(), texts.length());
            } else {
                removeLine(line);
            }
        }
        return this;
    }

    /** Removes the last value of a header field. */
    public SipRewrite removeLast(HeaderName name) {
        ValueWalk walk = new ValueWalk(headers, name);
        int line = -1;
        int cut = -1;
        int end = -1;
        while (walk.next()) {
            cut = walk.line() == line ? end : -1;
            line = walk.line();
            end = walk.end();
        }
        if (cut >= 0) {
            return splice(cut, end, texts.length());
        }
        return line >= 0 ? removeLine(line) : this;
    }

    /** Removes all lines of a header field. */
    public SipRewrite remove(HeaderName name) {
        for (int line = headers.next(name, 0); line >= 0; line = headers.next(name, line + 1)) {
            removeLine(line);
        }
        return this;
    }

    /** Removes all lines of some header fields and returns how many. */
    public int removeAll(Set<HeaderName> names) {
        int removed = 0;
        for (int line = 0; line < headers.count(); line++) {
            HeaderName name = headers.name(line);
            if (name != null && names.contains(name)) {
                removeLine(line);
                removed++;
            }
        }
        return removed;
    }

    /** Removes all lines of a header field this edge does not know by name. */
    public SipRewrite remove(String name) {
        for (int line = 0; line < headers.count(); line++) {
            if (headers.isNamed(line, name)) {
                removeLine(line);
            }
        }
        return this;
    }

    /**
     * Notes in the top Via where the message came from: {@code received} where sent-by says otherwise, both
     * {@code received} and {@code rport} where the sender asked for it (RFC 3261 section 18.2.1, RFC 3581 section 4).
     */
    public SipRewrite markTopVia(HostPort source) {
        ViaMark.of(message.topVia(), source, (start, end, text) -> replace(start, end, text));
        return this;
    }

    private SipRewrite removeLine(int line) {
        return splice(headers.lineStart(line), headers.nextLineStart(line), texts.length());
    }

    private SipRewrite replace(int start, int end, String text) {
        int at = texts.length();
        texts.text(text);
        return splice(start, end, at);
    }

    /** Puts a splice at its place: by position, and at one position what only inserts comes first, in order of call. */
    private SipRewrite splice(int position, int resume, int textStart) {
        if (splices.length == count * STRIDE) {
            splices = Arrays.copyOf(splices, splices.length * 2);
        }
        int at = count * STRIDE;
        while (at > 0 && isBefore(position, resume, at - STRIDE)) {
            System.arraycopy(splices, at - STRIDE, splices, at, STRIDE);
            at -= STRIDE;
        }
        splices[at + POSITION] = position;
        splices[at + RESUME] = resume;
        splices[at + TEXT_START] = textStart;
        splices[at + TEXT_END] = texts.length();
        count++;
        return this;
    }

    private boolean isBefore(int position, int resume, int other) {
        int otherPosition = splices[other + POSITION];
        if (position != otherPosition) {
            return position < otherPosition;
        }
        return resume == position && splices[other + RESUME] > otherPosition;
    }

    /** Returns the number of octets {@link #writeTo} writes. */
    public int size() {
        int size = headers.octets.length;
        for (int at = 0; at < count * STRIDE; at += STRIDE) {
            size += splices[at + TEXT_END] - splices[at + TEXT_START];
            size -= splices[at + RESUME] - splices[at + POSITION];
        }
        return size;
    }

    /**
     * Writes the message with its changes.
     *
     * @throws IllegalStateException if two changes touch the same place
     */
    public void writeTo(ByteBuf target) {
        target.writeBytes(toBytes());
    }

    /**
     * Returns the message with its changes.
     *
     * @throws IllegalStateException if two changes touch the same place
     */
    public byte[] toBytes() {
        byte[] octets = headers.octets;
        byte[] result = new byte[size()];
        int from = 0;
        int to = 0;
        for (int at = 0; at < count * STRIDE; at += STRIDE) {
            int kept = splices[at + POSITION] - from;
            if (kept < 0) {
                throw new IllegalStateException("two changes touch the same place of a message");
            }
            System.arraycopy(octets, from, result, to, kept);
            to += kept;
            int textStart = splices[at + TEXT_START];
            int inserted = splices[at + TEXT_END] - textStart;
            System.arraycopy(texts.array(), textStart, result, to, inserted);
            to += inserted;
            from = splices[at + RESUME];
        }
        System.arraycopy(octets, from, result, to, octets.length - from);
        return result;
    }
}
