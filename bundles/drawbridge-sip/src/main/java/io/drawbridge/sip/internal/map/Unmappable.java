// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.map;

/** Something that the other side's words cannot say. It is refused and never bent. */
public final class Unmappable extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * Refuses.
     *
     * @param status the SIP status code
     * @param why what is wrong, fit for a reason phrase: no quotation of the message
     */
    public Unmappable(int status, String why) {
        super(why, null, false, false);
        this.status = status;
    }

    /** Returns the SIP status code that says so. */
    public int status() {
        return status;
    }
}
