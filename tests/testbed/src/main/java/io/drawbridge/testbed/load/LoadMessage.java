// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

/**
 * The message that is sent over and over: encoded once, and for each sending only its number is written into what must
 * differ, such as branch, tag and Call-ID, and another into its sender's address.
 */
public final class LoadMessage {
    /** What stands before the number in the Via that comes back in the response. */
    static final byte[] BRANCH_MARKER = "z9hG4bKload".getBytes(StandardCharsets.US_ASCII);

    /** What stands before the number in the body, which passes every proxy and gateway. */
    static final byte[] BODY_MARKER = "[load".getBytes(StandardCharsets.US_ASCII);

    /** What stands before the number in the Call-ID, which is that of the whole dialog. */
    static final byte[] CALL_ID_MARKER = "Call-ID: load".getBytes(StandardCharsets.US_ASCII);

    /** What stands before the number in the identifier of a stanza, which an error repeats (RFC 6120 section 8.3.1). */
    static final byte[] ID_MARKER = "id='load".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final String NUMBER = "########";
    private static final String SENDER_NUMBER = "@@@@@@";
    private static final String BODY =
            "[load" + NUMBER + "] " + "The quick brown fox jumps over the lazy dog. ".repeat(3);

    private final byte[] bytes;
    private final int[] numberAt;
    private final int senderAt;
    private final int senders;

    private LoadMessage(String text, int senders) {
        this.senders = senders;
        bytes = text.getBytes(StandardCharsets.US_ASCII);
        numberAt = IntStream.range(0, text.length())
                .filter(at -> text.startsWith(NUMBER, at))
                .toArray();
        senderAt = text.indexOf(SENDER_NUMBER);
    }

    /**
     * Makes a MESSAGE from users of many domains.
     *
     * @param sentBy host of the Via
     * @param domains the senders are spread over {@link #domain} 0 to {@code domains - 1}
     * @param recipient address of record
     */
    public static LoadMessage ofDomains(String sentBy, int domains, String recipient) {
        return sip(sentBy, "ann@d" + SENDER_NUMBER + ".example", domains, recipient);
    }

    /** Makes a MESSAGE from many users of one domain. */
    public static LoadMessage ofUsers(String sentBy, String domain, int users, String recipient) {
        return sip(sentBy, "u" + SENDER_NUMBER + "@" + domain, users, recipient);
    }

    private static LoadMessage sip(String sentBy, String sender, int senders, String recipient) {
        String text = String.join(
                "\r\n",
                "MESSAGE sip:" + recipient + " SIP/2.0",
                "Via: SIP/2.0/TLS " + sentBy + ";branch=z9hG4bKload" + NUMBER,
                "Max-Forwards: 70",
                "From: \"Ann\" <sip:" + sender + ">;tag=" + NUMBER + ";epid=0a1b2c3d4e",
                "To: <sip:" + recipient + ">",
                "Call-ID: load" + NUMBER,
                "CSeq: 1 MESSAGE",
                "User-Agent: Drawbridge load",
                "Content-Type: text/plain; charset=UTF-8",
                "Content-Length: " + BODY.length(),
                "",
                BODY);
        return new LoadMessage(text, senders);
    }

    /** Makes a SUBSCRIBE to presence from each user of a domain in turn. */
    public static LoadMessage subscribe(String sentBy, String domain, int users, String person) {
        String sender = "u" + SENDER_NUMBER + "@" + domain;
        String text = String.join(
                "\r\n",
                "SUBSCRIBE sip:" + person + " SIP/2.0",
                "Via: SIP/2.0/TLS " + sentBy + ";branch=z9hG4bKload" + NUMBER,
                "Max-Forwards: 70",
                "From: <sip:" + sender + ">;tag=" + NUMBER,
                "To: <sip:" + person + ">",
                "Call-ID: load" + NUMBER,
                "CSeq: 1 SUBSCRIBE",
                "Contact: <sip:" + sentBy + ";transport=tls>",
                "Event: presence",
                "Accept: application/pidf+xml",
                "Expires: 3600",
                "Content-Length: 0",
                "",
                "");
        return new LoadMessage(text, users);
    }

    /** Makes a message stanza from many users of one domain. */
    public static LoadMessage stanza(String domain, int users, String recipient) {
        String text = "<message from='u" + SENDER_NUMBER + "@" + domain + "/desk' to='" + recipient + "' id='load"
                + NUMBER + "' type='chat'><body>" + BODY + "</body></message>";
        return new LoadMessage(text, users);
    }

    /** Returns the name of a sender's domain. */
    public static String domain(int number) {
        return "d%06d.example".formatted(number);
    }

    /** Returns which of so many senders the message of a number comes from. */
    static int sender(int number, int senders) {
        // Neighbouring messages come from distant senders, so that the target's look-up finds no warm cache line.
        return (int) (number * 2_654_435_761L % senders);
    }

    /** Writes the message with a number; single thread. */
    void write(int number, ByteBuf out) {
        for (int at : numberAt) {
            for (int i = 0; i < NUMBER.length(); i++) {
                bytes[at + i] = HEX[(number >>> (28 - 4 * i)) & 0xf];
            }
        }
        int sender = sender(number, senders);
        for (int i = SENDER_NUMBER.length() - 1; i >= 0; i--) {
            bytes[senderAt + i] = (byte) ('0' + sender % 10);
            sender /= 10;
        }
        out.writeBytes(bytes);
    }
}
