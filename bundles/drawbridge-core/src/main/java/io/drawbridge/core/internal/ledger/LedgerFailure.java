// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.ledger;

/** The ledger could not keep something. */
public final class LedgerFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what was not possible, and why if that is known. */
    public LedgerFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
