// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.codec;

import java.time.Duration;

/**
 * What a peer may make grow.
 *
 * @param startLine octets of the start line
 * @param headerLine octets of one header field, all its folded lines together
 * @param headers number of header fields
 * @param head octets of start line and header fields together
 * @param vias number of Via values
 * @param body octets of the body
 * @param messageBody octets of the body of a MESSAGE request
 * @param completion how long a message may take from its first octet to its last
 * @param keepAlives number of CRLFs in a minute without a message
 */
public record SipLimits(
        int startLine,
        int headerLine,
        int headers,
        int head,
        int vias,
        int body,
        int messageBody,
        Duration completion,
        int keepAlives) {

    /** What suits the deployed servers, whose route headers are long. */
    public static final SipLimits DEFAULT =
            new SipLimits(4 << 10, 16 << 10, 256, 64 << 10, 70, 256 << 10, 64 << 10, Duration.ofSeconds(30), 64);
}
