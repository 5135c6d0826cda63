// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.plugin;

/** What a plug-in can do that it promised not to do. */
public enum Misbehaviour {
    /** A call threw. */
    THREW("a call threw", Gravity.GRAVE),
    /** A call took longer than it may. */
    BLOCKED("a call blocked", Gravity.GRAVE),
    /** All its threads are blocked: nothing of it runs any more. */
    STUCK("all its threads are blocked", Gravity.INTOLERABLE),
    /** It answered nothing at all, or told what it may not tell. */
    BROKE_RULE("it broke a rule of the contract", Gravity.GRAVE),
    /** Its object has other abilities than its description says. */
    WRONG_ABILITY("its abilities are not those it declares", Gravity.GRAVE),
    /** A message got a second outcome; the first one counts. */
    ANSWERED_TWICE("it answered twice", Gravity.GRAVE),

    /** An outcome came after its time. */
    ANSWERED_LATE("it answered too late", Gravity.LIGHT),
    /** It spoke for an account that was closed. */
    AFTER_CLOSE("it spoke after close", Gravity.LIGHT),
    /** It did more than its bounds allow. */
    FLOODED("it did more at once than it may", Gravity.LIGHT),

    /** It has gone, and threads that it started still run. */
    LEFT_THREADS("it left threads behind", Gravity.LIGHT);

    private final String text;
    private final Gravity gravity;

    Misbehaviour(String text, Gravity gravity) {
        this.text = text;
        this.gravity = gravity;
    }

    /** Returns what happened, for people. */
    public String text() {
        return text;
    }

    /** Returns how bad it is. */
    public Gravity gravity() {
        return gravity;
    }

    /** How bad something is. */
    public enum Gravity {
        /** It is counted. */
        LIGHT,
        /** It leads to quarantine when it goes on. */
        GRAVE,
        /** It leads to quarantine at once. */
        INTOLERABLE
    }
}
