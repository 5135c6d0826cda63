// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.msrp;

import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Puts the chunks of messages together (RFC 4975 section 7.3.1): by identifier and offset, in any order and between each
 * other, within bounds. Not thread-safe.
 */
public final class MsrpAssembly {
    private static final int MOST_MESSAGES = 8;
    private static final int MOST_DROPPED = 64;
    private static final int TOO_LARGE = 413;
    private static final int BAD_RANGE = 423;
    private static final int BAD_REQUEST = 400;
    private final int mostOctets;
    private final Map<String, Partial> partials = new LinkedHashMap<>(4) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Partial> eldest) {
            boolean tooMany = size() > MOST_MESSAGES;
            if (tooMany) {
                dropped.put(eldest.getKey(), true);
            }
            return tooMany;
        }
    };
    private final Map<String, Boolean> dropped = new LinkedHashMap<>(4) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_DROPPED;
        }
    };

    /**
     * Begins with nothing.
     *
     * @param mostOctets of one message; a larger one is refused
     */
    public MsrpAssembly(int mostOctets) {
        this.mostOctets = mostOctets;
    }

    /** What a chunk comes to. */
    public sealed interface Result {
        /** Other chunks are missing. */
        record Incomplete() implements Result {}

        /** The message is given up, by its sender. */
        record Aborted() implements Result {}

        /**
         * The message is whole.
         *
         * @param id its identifier
         * @param content its octets
         */
        record Complete(String id, MsrpContent content) implements Result {}

        /**
         * The message is not taken.
         *
         * @param status 400, 413 or 423 (section 10)
         * @param comment for people
         */
        record Refused(int status, String comment) implements Result {}
    }

    /** Takes a SEND with content. */
    public Result take(MsrpFrame.Request send) {
        String id = send.header("Message-ID").orElse("");
        if (id.isEmpty() || id.length() > 256) {
            return new Result.Refused(BAD_REQUEST, "No Message-ID");
        }
        ByteRange range;
        try {
            range = ByteRange.parse(send.header("Byte-Range").orElse("1-*/*"));
        } catch (MsrpSyntaxException none) {
            return refused(id, BAD_RANGE, "Bad Byte-Range");
        }
        if (send.continuation() == Continuation.ABORTED) {
            partials.remove(id);
            return new Result.Aborted();
        }
        if (dropped.containsKey(id)) {
            return new Result.Refused(TOO_LARGE, "Too Many Unfinished Messages");
        }
        long last = range.start() - 1 + send.content().length();
        if (last > mostOctets || range.total().orElse(0) > mostOctets) {
            return refused(id, TOO_LARGE, "Message Too Large");
        }
        if (range.total().isPresent() && last > range.total().getAsLong()) {
            return refused(id, BAD_RANGE, "Longer Than Its Total");
        }
        Partial partial = partials.computeIfAbsent(id, any -> new Partial());
        partial.add((int) range.start() - 1, send.content().octets(), send.continuation() == Continuation.COMPLETE);
        if (!partial.isComplete()) {
            return new Result.Incomplete();
        }
        partials.remove(id);
        return new Result.Complete(id, new MsrpContent(partial.octets()));
    }

    private Result refused(String id, int status, String comment) {
        partials.remove(id);
        return new Result.Refused(status, comment);
    }

    /** What has come of a message. */
    private static final class Partial {
        private static final int FIRST_CAPACITY = 256;
        private final BitSet covered = new BitSet();
        private byte[] octets = new byte[FIRST_CAPACITY];
        private int length = -1;

        void add(int offset, byte[] content, boolean last) {
            int end = offset + content.length;
            if (end > octets.length) {
                octets = Arrays.copyOf(octets, Math.max(end, 2 * octets.length));
            }
            System.arraycopy(content, 0, octets, offset, content.length);
            covered.set(offset, end);
            if (last) {
                length = end;
            }
        }

        boolean isComplete() {
            return length >= 0 && covered.nextClearBit(0) >= length;
        }

        byte[] octets() {

            return Arrays.copyOf(octets, length);
        }
    }
}
