// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.configuration;

/** What one PID says, correct by itself; whether it goes together with the others is seen against a draft. */
interface Entry {
    /** Returns the PID. */
    String pid();

    /** Names what contradicts the entries that are in the draft already. */
    void contradictions(Draft draft, Flaws flaws);

    /** Adds to the draft whatever does not contradict it. */
    void enter(Draft draft);
}
