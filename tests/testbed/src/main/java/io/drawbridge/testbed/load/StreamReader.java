// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Arrays;

/** Hands the messages of a connection to their reader one by one, without copying more than their bytes. */
final class StreamReader extends ChannelInboundHandlerAdapter {
    private static final int EMPTY_LINE = 2;

    private final MessageReader reader;
    private byte[] bytes = new byte[4096];
    private int end;

    StreamReader(MessageReader reader) {
        this.reader = reader;
    }

    /** Takes the messages of one connection. */
    interface MessageReader {
        /** Reads one whole message; the array is reused afterwards. */
        void read(ChannelHandlerContext context, byte[] bytes, int from, int to);

        /** All that has arrived for now is read: the moment to flush. */
        default void pause(ChannelHandlerContext context) {}

        /** The connection has ended. */
        default void ended(ChannelHandlerContext context) {}
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
        end += count;
        int start = 0;
        for (int length = next(start); length > 0; length = next(start)) {
            if (length > EMPTY_LINE) {
                reader.read(context, bytes, start, start + length);
            }
            start += length;
        }
        if (start > 0) {
            System.arraycopy(bytes, start, bytes, 0, end - start);
            end -= start;
        }
    }

    private int next(int start) {
        // Between messages an empty line is a keep-alive (RFC 5626 4.4.1).
        if (end - start >= EMPTY_LINE && bytes[start] == '\r' && bytes[start + 1] == '\n') {
            return EMPTY_LINE;
        }
        return SipFraming.length(bytes, start, end);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        reader.pause(context);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        reader.ended(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
