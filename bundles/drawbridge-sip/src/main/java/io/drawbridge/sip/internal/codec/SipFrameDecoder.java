// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Divides a stream into {@link SipFrame}s: messages that passed {@link SipParser}, malformed ones to answer or drop, and
 * keep-alives. What cannot be followed any further ends the connection, behind the answer that the next handler writes
 * while it is told. Holds one message at most, and that only for a limited time.
 */
public final class SipFrameDecoder extends ByteToMessageDecoder {
    private static final long PAIRED_WITHIN = TimeUnit.SECONDS.toNanos(1);
    private static final long WINDOW = TimeUnit.MINUTES.toNanos(1);
    private static final long LAST_WRITE_SECONDS = 5;

    private final SipLimits limits;
    private final HeadScanner scanner;
    private Ticker ticker;
    private boolean headComplete;
    private boolean begun;
    private long begunAt;
    private Future<?> timer;
    private boolean ended;
    private boolean closing;
    private int lineEnds;
    private long windowStart;
    private boolean pongBefore;
    private long pongAt;

    /** Decodes one connection. */
    public SipFrameDecoder(SipLimits limits) {
        this.limits = limits;
        this.scanner = new HeadScanner(limits);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ticker = ctx.executor().ticker();
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (ended) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (!begun && !skipLineEnds(in, out)) {
            return;
        }
        if (!headComplete) {
            headComplete = scanner.scan(in);
        }
        if (!headComplete || (scanner.problem() == null && in.readableBytes() < scanner.messageLength())) {
            watch(ctx);
            return;
        }
        SipFrame frame = scanner.problem() == null ? readMessage(in) : readLast(in);
        out.add(frame);
        beginNext();
    }

    private SipFrame readMessage(ByteBuf in) {
        byte[] octets = new byte[scanner.messageLength()];
        in.readBytes(octets);
        SipFrame frame = SipParser.parse(octets, limits);
        if (frame instanceof MalformedRequest request && !request.headers().has(HeaderName.VIA) && isNoStart(request)) {
            ended = true;
            return StreamFault.NOT_SIP;
        }
        return frame;
    }

    private SipFrame readLast(ByteBuf in) {
        byte[] octets = new byte[scanner.headLength()];
        in.readBytes(octets).skipBytes(in.readableBytes());
        ended = true;
        SipFrame frame = SipParser.refuse(octets, scanner.problem(), limits);
        boolean answerable =
                frame instanceof MalformedRequest request && request.headers().has(HeaderName.VIA);
        return answerable || frame instanceof MalformedResponse ? frame : StreamFault.NOT_SIP;
    }

    private static boolean isNoStart(MalformedRequest request) {
        return request.problem() == SipProblem.START_LINE || request.problem() == SipProblem.LINE_END;
    }

    private void beginNext() {
        scanner.reset();
        headComplete = false;
        begun = false;
        lineEnds = 0;
        pongBefore = false;
    }

    /** Skips line ends before a start line, which are keep-alives unless a start line follows; false if more is needed. */
    private boolean skipLineEnds(ByteBuf in, List<Object> out) {
        while (!ended && in.isReadable()) {
            int at = in.readerIndex();
            int readable = in.readableBytes();
            if (in.getByte(at) != '\r' || (readable > 1 && in.getByte(at + 1) != '\n')) {
                return true;
            }
            boolean half = readable == 1 || (readable == 3 && in.getByte(at + 2) == '\r');
            if (half) {
                return false;
            }
            boolean pair = readable > 3 && in.getByte(at + 2) == '\r' && in.getByte(at + 3) == '\n';
            in.skipBytes(pair ? 4 : 2);
            if (pair) {
                keepAlive(KeepAlive.PING, out);
            } else if (readable == 2) {
                keepAlive(single(), out);
            }
        }
        return false;
    }

    /** A ping that was cut in two arrives as two singles in short succession. */
    private KeepAlive single() {
        long now = ticker.nanoTime();
        boolean paired = pongBefore && now - pongAt < PAIRED_WITHIN;
        pongBefore = !paired;
        pongAt = now;
        return paired ? KeepAlive.PING : KeepAlive.PONG;
    }

    private void keepAlive(KeepAlive kind, List<Object> out) {
        long now = ticker.nanoTime();
        if (lineEnds == 0 || now - windowStart > WINDOW) {
            windowStart = now;
            lineEnds = 0;
        }
        lineEnds++;
        ended = lineEnds > limits.keepAlives();
        out.add(ended ? StreamFault.TOO_MANY_KEEP_ALIVES : kind);
    }

    private void watch(ChannelHandlerContext ctx) {
        if (!begun) {
            begun = true;
            begunAt = ticker.nanoTime();
        }
        if (timer == null) {
            schedule(ctx, limits.completion().toNanos());
        }
    }

    private void schedule(ChannelHandlerContext ctx, long nanos) {
        timer = ctx.executor().schedule(() -> checkCompletion(ctx), nanos, TimeUnit.NANOSECONDS);
    }

    /** One timer serves all messages of a connection: it looks how old the current one is, and waits for the rest. */
    private void checkCompletion(ChannelHandlerContext ctx) {
        timer = null;
        if (!begun || ended) {
            return;
        }
        if (!ctx.channel().config().isAutoRead()) {
            begunAt = ticker.nanoTime();
        }
        long left = begunAt + limits.completion().toNanos() - ticker.nanoTime();
        if (left > 0) {
            schedule(ctx, left);
            return;
        }
        ended = true;
        ctx.fireChannelRead(StreamFault.INCOMPLETE_TOO_LONG);
        ctx.fireChannelReadComplete();
        close(ctx);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
        super.channelReadComplete(ctx);
        if (ended) {
            close(ctx);
        }
    }

    /** Closes behind what was written, and without waiting long for a peer that does not read. */
    private void close(ChannelHandlerContext ctx) {
        if (closing) {
            return;
        }
        closing = true;
        ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        timer = ctx.executor().schedule((Runnable) ctx::close, LAST_WRITE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        ended = true;
        stopTimer();
        super.channelInactive(ctx);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        stopTimer();
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
