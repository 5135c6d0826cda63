// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

/** What a contract test found wrong; {@link Verdict} adds which rule that breaks. */
final class Finding extends AssertionError {
    private static final long serialVersionUID = 1L;

    Finding(String found) {
        super(found);
    }

    Finding(String found, Throwable cause) {
        super(found, cause);
    }

    /** Fails unless something holds. */
    // The annotation that would let the compiler check the formats is one more library on every vendor's class path.
    @SuppressWarnings("AnnotateFormatMethod")
    static void unless(boolean holds, String found, Object... parts) {
        if (!holds) {
            throw new Finding(String.format(found, parts));
        }
    }
}
