// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import io.drawbridge.sip.internal.msrp.MsrpDecoder;
import io.drawbridge.sip.internal.msrp.MsrpEncoder;
import io.drawbridge.sip.internal.msrp.MsrpFrame;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An MSRP connection, over which one or more sessions go. It reads on its event loop and hands over to the user agent's
 * thread, no faster than that keeps up and the other side reads what it is sent.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the connection, which is told
final class MsrpLine {
    private static final Logger LOG = LoggerFactory.getLogger(MsrpLine.class);
    private static final int MOST_WAITING = 8;
    private static final MsrpEncoder ENCODER = new MsrpEncoder();
    private final Channel channel;
    private final Set<MsrpEnd> ends = new HashSet<>(2);

    private MsrpLine(Channel channel) {
        this.channel = channel;
    }

    /**
     * Begins to read a connection.
     *
     * @param executor the user agent's thread
     * @param mostContent the most octets of content in one frame
     */
    static MsrpLine on(Channel channel, Executor executor, MsrpEnds ends, int mostContent) {
        MsrpLine line = new MsrpLine(channel);
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(new MsrpDecoder(mostContent), ENCODER, line.new Reader(executor, ends));
        return line;
    }

    void send(MsrpFrame frame) {
        channel.writeAndFlush(frame);
    }

    void close() {
        channel.close();
    }

    boolean isOpen() {
        return channel.isActive();
    }

    /** Returns the ends that are bound to it; owned by the user agent's thread. */
    Set<MsrpEnd> ends() {
        return ends;
    }

    @Override
    public String toString() {
        return String.valueOf(channel.remoteAddress());
    }

    /** Hands frames over. */
    private final class Reader extends SimpleChannelInboundHandler<MsrpFrame> {
        private final Executor executor;
        private final MsrpEnds ends;
        private final AtomicInteger waiting = new AtomicInteger();

        Reader(Executor executor, MsrpEnds ends) {
            this.executor = executor;
            this.ends = ends;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            executor.execute(() -> ends.opened(MsrpLine.this));
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, MsrpFrame frame) {
            if (waiting.incrementAndGet() >= MOST_WAITING || !channel.isWritable()) {
                channel.config().setAutoRead(false);
            }
            executor.execute(() -> {
                if (waiting.decrementAndGet() < MOST_WAITING / 2 && channel.isWritable()) {
                    channel.config().setAutoRead(true);
                }
                ends.received(MsrpLine.this, frame);
            });
        }

        /** Who does not read its answers is not read either, else they would pile up. */
        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            channel.config().setAutoRead(channel.isWritable() && waiting.get() < MOST_WAITING);
            ctx.fireChannelWritabilityChanged();
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            executor.execute(() -> ends.closed(MsrpLine.this));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            LOG.debug("{} closed", MsrpLine.this, cause);
            ctx.close();
        }
    }
}
