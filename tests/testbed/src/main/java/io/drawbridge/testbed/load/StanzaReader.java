// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds the numbers of {@link LoadMessage} in the stanzas of a stream. It reads what a correct server writes and no more.
 */
final class StanzaReader extends ChannelInboundHandlerAdapter {
    private static final byte[] MESSAGE_END = "</message>".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ERROR = "<error".getBytes(StandardCharsets.US_ASCII);

    private final Stanzas stanzas;
    private byte[] bytes = new byte[8192];
    private int end;

    /** Takes what came, on the loop. */
    interface Stanzas {
        /** A message came. */
        void arrived(int number);

        /** A message came back. */
        void returned(int number);

        /** The stream is over. */
        void ended();
    }

    StanzaReader(Stanzas stanzas) {
        this.stanzas = stanzas;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf arrived = (ByteBuf) message;
        int count = arrived.readableBytes();
        if (end + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, end + count));
        }
        arrived.readBytes(bytes, end, count);
        arrived.release();
        int searched = Math.max(0, end - MESSAGE_END.length);
        end += count;
        int start = 0;
        for (int at = find(MESSAGE_END, searched, end); at >= 0; at = find(MESSAGE_END, start, end)) {
            int next = at + MESSAGE_END.length;
            int number = SipFraming.numberAfter(LoadMessage.BODY_MARKER, bytes, start, next);
            int error = find(ERROR, start, next);
            if (error < 0) {
                stanzas.arrived(number);
            } else {
                stanzas.returned(
                        number < 0 ? SipFraming.numberAfter(LoadMessage.ID_MARKER, bytes, start, next) : number);
            }
            start = next;
        }
        System.arraycopy(bytes, start, bytes, 0, end - start);
        end -= start;
    }

    private int find(byte[] word, int from, int to) {
        for (int i = from; i <= to - word.length; i++) {
            // Found by its second octet, which is rarer than the first.
            if (bytes[i + 1] == word[1] && Arrays.equals(word, 0, word.length, bytes, i, i + word.length)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stanzas.ended();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
