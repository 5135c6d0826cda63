// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.codec;

/** The peer broke a rule of streams, which ends the stream. */
public final class StreamViolation extends Exception {
    private static final long serialVersionUID = 1L;

    private final StreamCondition condition;
    private final String detail;

    /**
     * Names the rule.
     *
     * @param condition what the peer is told
     * @param text for people; holds nothing the peer sent
     */
    public StreamViolation(StreamCondition condition, String text) {
        this(condition, "", text);
    }

    /**
     * Names the rule.
     *
     * @param condition what the peer is told
     * @param detail an element that says more to it
     * @param text for people; holds nothing the peer sent
     */
    public StreamViolation(StreamCondition condition, String detail, String text) {
        super(text, null, false, false);
        this.condition = condition;
        this.detail = detail;
    }

    /** Returns the element that says more; empty if nothing does. */
    public String detail() {
        return detail;
    }

    /** Returns what the peer is told. */
    public StreamCondition condition() {
        return condition;
    }
}
