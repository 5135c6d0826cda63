// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.msrp;

/** What arrived is not MSRP; quotes nothing of it. */
public final class MsrpSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    MsrpSyntaxException(String message) {
        super(message, null, false, false);
    }
}
