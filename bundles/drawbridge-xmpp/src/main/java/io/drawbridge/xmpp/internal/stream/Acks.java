// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import io.drawbridge.xmpp.internal.codec.StreamCondition;
import io.drawbridge.xmpp.internal.codec.StreamViolation;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** What was sent on one stream and is not acknowledged (XEP-0198), without resumption. Belongs to its event loop. */
final class Acks {
    private static final long MODULUS = 1L << 32;

    private final Queue<Sending> unacknowledged = new ArrayDeque<>();
    private final Queue<Long> questions = new ArrayDeque<>();
    private boolean sending;
    private boolean wanted;
    private boolean unasked;
    private boolean inVain;
    private long sent;
    private long lastQuestion;
    private long answered;
    private long acknowledged;

    /** From now on what is sent is counted; the peer was told, or told so. */
    void countSent() {
        sending = true;
    }

    /** The peer will not acknowledge after all. */
    void giveUp() {
        sending = false;
        unacknowledged.stream().filter(Sending::isWritten).forEach(Sending::handedOver);
        unacknowledged.clear();
    }

    boolean countsSent() {
        return sending;
    }

    void sent(Sending one) {
        unacknowledged.add(one);
        sent++;
    }

    /** The peer is asked for its count of what was sent up to now. */
    void asked() {
        wanted = true;
        lastQuestion = sent;
        questions.add(sent);
    }

    /**
     * Returns whether the peer must be asked now; one question at a time. Who answered and had handled nothing more is left
     * to handle it, and asked again when there is more, or by {@link #askAgain}.
     */
    boolean ask() {
        return !(inVain && lastQuestion == sent) && askAgain();
    }

    /** As {@link #ask}, to be called about once a second. */
    boolean askAgain() {
        if (wanted || unacknowledged.isEmpty()) {
            return false;
        }
        asked();
        return true;
    }

    /** Takes the peer's count. */
    void acknowledged(String count) throws StreamViolation {
        long total;
        try {
            total = Long.parseLong(count);
        } catch (NumberFormatException noNumber) {
            throw new StreamViolation(StreamCondition.BAD_FORMAT, "an acknowledgement without a number");
        }
        long more = Math.floorMod(total - acknowledged, MODULUS);
        if (more > unacknowledged.size()) {
            // XEP-0198 section 4: "handled count too high".
            throw new StreamViolation(StreamCondition.UNDEFINED_CONDITION, "acknowledged more than was sent");
        }
        acknowledged = total;
        answered += more;
        wanted = false;
        inVain = more == 0;
        // What was sent before a question was handled before it is answered, so a lower count answers none.
        unasked = questions.isEmpty() || answered < questions.element();
        questions.removeIf(position -> position <= answered);
        for (long i = 0; i < more; i++) {
            unacknowledged.remove().acknowledged();
        }
    }

    /** The peer says something else. */
    void goesOn() {
        unasked = false;
    }

    /**
     * Returns whether the last the peer said was a count nobody had asked for. If it says nothing more it is the one that
     * ends a stream, and what it does not count was not handled and will not be (XEP-0198 section 4).
     */
    boolean isConcluded() {
        return unasked;
    }

    boolean isLate(Instant now) {
        Sending oldest = unacknowledged.peek();
        return oldest != null && oldest.isLate(now);
    }

    /** Returns what was never acknowledged, in its order, and forgets it. */
    List<Sending> rest() {
        List<Sending> rest = new ArrayList<>(unacknowledged);
        unacknowledged.clear();
        return rest;
    }
}
