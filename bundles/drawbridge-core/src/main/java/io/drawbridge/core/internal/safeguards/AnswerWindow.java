// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.safeguards;

/**
 * The last 50 final answers to a peer: more than half of them failures makes it suspicious, which it stops being as
 * better answers push the failures out. Confined to its owner's lock.
 */
final class AnswerWindow {
    private static final int SIZE = 50;
    private static final long ALL = (1L << SIZE) - 1;

    /** One bit for each answer, the newest lowest; set for a failure. */
    private long failures;

    void add(boolean success) {
        failures = (failures << 1 | (success ? 0 : 1)) & ALL;
    }

    boolean suspicious() {
        return Long.bitCount(failures) > SIZE / 2;
    }
}
