// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * The MESSAGE that is sent over and over: encoded once, and for each sending only a number is written into its branch,
 * tag and Call-ID, and another into the sender's domain.
 */
public final class LoadMessage {
    /** What stands before the number in the Via that comes back in the response. */
    static final byte[] BRANCH_MARKER = "z9hG4bKload".getBytes(StandardCharsets.US_ASCII);

    /** What stands before the number in the Call-ID, which passes every proxy. */
    static final byte[] CALL_ID_MARKER = "Call-ID: load".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final String NUMBER = "########";
    private static final String DOMAIN_NUMBER = "@@@@@@";

    private final byte[] bytes;
    private final int[] numberAt;
    private final int domainAt;
    private final int domains;

    /**
     * Prepares the message.
     *
     * @param sentBy host of the Via
     * @param domains the senders are spread over {@link #domain} 0 to {@code domains - 1}
     * @param recipient address of record
     */
    public LoadMessage(String sentBy, int domains, String recipient) {
        this.domains = domains;
        String body = "The quick brown fox jumps over the lazy dog. ".repeat(3);
        String text = String.join(
                "\r\n",
                "MESSAGE sip:" + recipient + " SIP/2.0",
                "Via: SIP/2.0/TLS " + sentBy + ";branch=z9hG4bKload" + NUMBER,
                "Max-Forwards: 70",
                "From: \"Ann\" <sip:ann@d" + DOMAIN_NUMBER + ".example>;tag=" + NUMBER + ";epid=0a1b2c3d4e",
                "To: <sip:" + recipient + ">",
                "Call-ID: load" + NUMBER,
                "CSeq: 1 MESSAGE",
                "User-Agent: Drawbridge load",
                "Content-Type: text/plain; charset=UTF-8",
                "Content-Length: " + body.length(),
                "",
                body);
        bytes = text.getBytes(StandardCharsets.US_ASCII);
        int branch = text.indexOf(NUMBER);
        int tag = text.indexOf(NUMBER, branch + 1);
        numberAt = new int[] {branch, tag, text.indexOf(NUMBER, tag + 1)};
        domainAt = text.indexOf(DOMAIN_NUMBER);
    }

    /** Returns the name of a sender's domain. */
    public static String domain(int number) {
        return "d%06d.example".formatted(number);
    }

    /** Writes the message with a number; single thread. */
    void write(int number, ByteBuf out) {
        for (int at : numberAt) {
            for (int i = 0; i < NUMBER.length(); i++) {
                bytes[at + i] = HEX[(number >>> (28 - 4 * i)) & 0xf];
            }
        }
        // Neighbouring messages come from distant domains, so that the target's look-up finds no warm cache line.
        long domain = number * 2_654_435_761L % domains;
        for (int i = DOMAIN_NUMBER.length() - 1; i >= 0; i--) {
            bytes[domainAt + i] = (byte) ('0' + domain % 10);
            domain /= 10;
        }
        out.writeBytes(bytes);
    }
}
