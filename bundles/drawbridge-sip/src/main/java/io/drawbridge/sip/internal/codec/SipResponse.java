// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.codec;

import java.nio.charset.StandardCharsets;

/** A response. */
public final class SipResponse extends SipMessage {
    private static final String VERSION = "SIP/2.0 ";
    private static final int CODE_END = VERSION.length() + 3;
    private static final int LOWEST = 100;
    private static final int HIGHEST = 699;

    private int status;

    SipResponse(SipHeaders headers) {
        super(headers);
    }

    /** Reads {@code SIP/2.0 SP code SP phrase}; that last space is often missing when there is no phrase. */
    void readStartLine() throws SipSyntaxException {
        byte[] octets = headers().octets;
        int end = headers().startLineEnd();
        if (end < CODE_END || !Ascii.equalsIgnoreCase(octets, 0, VERSION.length(), VERSION)) {
            throw new SipSyntaxException(SipProblem.START_LINE);
        }
        status = (int) Ascii.decimal(octets, VERSION.length(), CODE_END, HIGHEST);
        if (status < LOWEST || (end > CODE_END && octets[CODE_END] != ' ')) {
            throw new SipSyntaxException(SipProblem.STATUS);
        }
    }

    /** Returns the status code, 100 to 699. */
    public int status() {
        return status;
    }

    /** Returns the reason phrase, which may be empty. */
    public String reasonPhrase() {
        int start = Math.min(CODE_END + 1, headers().startLineEnd());
        return new String(headers().octets, start, headers().startLineEnd() - start, StandardCharsets.UTF_8);
    }

    /** Returns whether the transaction goes on after it. */
    public boolean isProvisional() {
        return status < 200;
    }
}
