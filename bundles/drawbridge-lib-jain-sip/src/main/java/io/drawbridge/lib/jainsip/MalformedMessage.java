// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.lib.jainsip;

/** A message that breaks the rules of RFC 3261 so badly that nobody can process it. */
public final class MalformedMessage extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Names the fault.
     *
     * @param reason what is wrong, fit for the reason phrase of a 400: no quotation of the message
     */
    public MalformedMessage(String reason) {
        super(reason);
    }
}
