// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.codec;

/** Line ends between messages, RFC 5626 section 3.5.1. */
public enum KeepAlive implements SipFrame {
    /** Two; to be answered with one. */
    PING,
    /** One: the answer to our ping. */
    PONG
}
