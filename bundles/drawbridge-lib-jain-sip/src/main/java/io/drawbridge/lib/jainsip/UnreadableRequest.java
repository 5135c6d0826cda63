// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.lib.jainsip;

/**
 * A request of which only the text is sound: a header that nobody had read breaks the rules of RFC 3261. Thrown to whoever
 * asks for it parsed after all; its sender is to be told 400.
 */
public final class UnreadableRequest extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableRequest(MalformedMessage fault) {
        super(fault.getMessage(), fault, false, false);
    }

    /** Answers the request. */
    public void answer(ServerTransaction transaction) {
        transaction.finish(400, getMessage());
    }
}
