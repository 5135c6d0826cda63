// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc.wire;

import io.drawbridge.provider.irc.line.Line;
import io.drawbridge.provider.irc.line.Octets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A connection over TLS, from before it is open to its end. */
final class TlsWire implements Wire {
    private static final int HANDSHAKE_MILLIS = 15_000;
    private static final int MOST_CAUSES = 8;

    /** A server may announce lines longer than usual, though none does so by more. */
    private static final int LONGEST_LINE = Line.LONGEST_TAGS + 8 * Line.LONGEST_REST;

    /** How long a server has to read the last that is said to it. */
    static final int FAREWELL_SECONDS = 5;

    private final Server server;
    private final SslContext context;
    private final Ear ear;
    private final AtomicBoolean down = new AtomicBoolean();
    private volatile Channel channel;
    private volatile boolean closed;

    TlsWire(Server server, SslContext context, Ear ear) {
        this.server = server;
        this.context = context;
        this.ear = ear;
    }

    ChannelHandler initializer() {
        return new ChannelInitializer<SocketChannel>() {
            @Override
            protected void initChannel(SocketChannel opening) {
                SslHandler tls = context.newHandler(opening.alloc(), server.host(), server.port());
                tls.setHandshakeTimeoutMillis(HANDSHAKE_MILLIS);
                opening.pipeline().addLast(tls, new LineBasedFrameDecoder(LONGEST_LINE, true, true), new Lines());
            }
        };
    }

    boolean isClosed() {
        return closed;
    }

    /** Ends it before it is open. */
    void fail(String why) {
        if (down.compareAndSet(false, true)) {
            ear.down(why);
        }
    }

    @Override
    public void send(String line) {
        Channel open = channel;
        if (open != null && open.bytesBeforeUnwritable() == 0) {
            fail(server + " does not read what it is sent");
            open.close();
        } else if (open != null) {
            open.writeAndFlush(ByteBufUtil.encodeString(
                    open.alloc(), java.nio.CharBuffer.wrap(line + "\r\n"), StandardCharsets.UTF_8));
        }
    }

    @Override
    public void listen() {
        Channel open = channel;
        if (open != null) {
            open.read();
        }
    }

    @Override
    public void close() {
        closed = true;
        Channel open = channel;
        if (open != null) {
            // An empty write comes after all others.
            open.writeAndFlush(open.alloc().buffer(0)).addListener(ChannelFutureListener.CLOSE);
            open.eventLoop().schedule(() -> open.close(), FAREWELL_SECONDS, TimeUnit.SECONDS);
        }
        fail("closed");
    }

    /** Brings lines to the ear, as many at once as one read brought, and no more until the ear asks. */
    private final class Lines extends ChannelInboundHandlerAdapter {
        private List<String> read = new ArrayList<>();

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            channel = ctx.channel();
            if (closed) {
                ctx.close();
            } else {
                // TLS reads for its handshake.
                ctx.read();
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf line = (ByteBuf) message;
            try {
                if (line.isReadable()) {
                    read.add(Octets.text(ByteBufUtil.getBytes(line)));
                }
            } finally {
                line.release();
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            if (read.isEmpty()) {
                ctx.read();
            } else {
                List<String> lines = read;
                read = new ArrayList<>();
                if (!down.get()) {
                    ear.heard(lines);
                }
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof SslHandshakeCompletionEvent handshake) {
                if (handshake.isSuccess()) {
                    ear.up();
                } else {
                    fail(reason(handshake.cause()));
                }
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            fail(reason(cause));
            ctx.close();
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            fail("the server closed the connection");
        }
    }

    private String reason(Throwable thrown) {
        if (thrown instanceof TooLongFrameException) {
            return server + " sent a line longer than any may be";
        }
        Throwable cause = thrown;
        for (int i = 0; i < MOST_CAUSES && cause.getCause() != null; i++) {
            if (cause instanceof CertificateException) {
                break;
            }
            cause = cause.getCause();
        }
        return server + ": " + (cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
    }
}
