// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.codec;

/** Why a stream ends with nothing to answer; the decoder closes the connection. */
public enum StreamFault implements SipFrame {
    /** A message was begun but not ended in time. */
    INCOMPLETE_TOO_LONG,
    /** More line ends in a minute than any keep-alive needs. */
    TOO_MANY_KEEP_ALIVES,
    /** What arrives has neither a start line nor a Via. */
    NOT_SIP;

    /** Returns whether a limit of {@link SipLimits} was reached. */
    public boolean isLimit() {
        return this != NOT_SIP;
    }
}
