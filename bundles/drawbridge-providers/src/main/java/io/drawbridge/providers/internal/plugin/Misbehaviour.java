// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.plugin;

/** What a plug-in can do that it promised not to do. */
public enum Misbehaviour {
    /** A call threw. */
    THREW("a call threw", true),
    /** A call took longer than it may. */
    BLOCKED("a call blocked", true),
    /** It answered nothing at all, or told what it may not tell. */
    BROKE_RULE("it broke a rule of the contract", true),
    /** Its object has other abilities than its description says. */
    WRONG_ABILITY("its abilities are not those it declares", true),
    /** An outcome came after its time. */
    ANSWERED_LATE("it answered too late", false),
    /** It spoke for an account that was closed. */
    AFTER_CLOSE("it spoke after close", false),
    /** It did more than its bounds allow. */
    FLOODED("it did more at once than it may", false);

    private final String text;
    private final boolean grave;

    Misbehaviour(String text, boolean grave) {
        this.text = text;
        this.grave = grave;
    }

    /** Returns what happened, for people. */
    public String text() {
        return text;
    }

    /** Returns whether it leads to quarantine when it goes on. */
    public boolean isGrave() {
        return grave;
    }
}
