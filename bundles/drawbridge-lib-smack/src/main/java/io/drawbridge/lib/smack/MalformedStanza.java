// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.lib.smack;

/** A stanza that could not be read. The message says why, in words that hold nothing of the stanza. */
public final class MalformedStanza extends Exception {
    private static final long serialVersionUID = 1L;

    /** Makes one with a reason. */
    public MalformedStanza(String reason) {
        super(reason);
    }

    /** Makes one with a reason and what the library said. */
    public MalformedStanza(String reason, Throwable cause) {
        super(reason, cause);
    }
}
