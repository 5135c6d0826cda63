// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed.load;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** A SIP server over mutual TLS that answers every request with 200 and notices what arrives twice. */
public final class SipSink implements AutoCloseable {
    private static final byte[] STATUS = ascii("SIP/2.0 200 OK\r\n");
    private static final byte[] TAG = ascii(";tag=sink\r\n");
    private static final byte[] END = ascii("Content-Length: 0\r\n\r\n");
    private static final int NUMBERS = 1 << 28;

    private final EventLoopGroup loop;
    private final byte[] marker;
    private final IntConsumer arrivals;
    private final Requests requests;
    private final Channel server;
    private final long[] seen = new long[NUMBERS / Long.SIZE];
    private volatile Counts counts = new Counts(0, 0);

    /**
     * What arrived.
     *
     * @param received messages of {@link LoadMessage}
     * @param duplicates those among them that had arrived before
     */
    public record Counts(long received, long duplicates) {}

    /** Looks at every request; the array is reused afterwards. */
    interface Requests {
        void arrived(byte[] bytes, int from, int to);
    }

    /** Listens on a port of 127.0.0.1. */
    public SipSink(int port, LoadTls tls) {
        this(
                port,
                tls,
                new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory()),
                LoadMessage.BODY_MARKER,
                number -> {});
    }

    /**
     * Listens on a port of 127.0.0.1.
     *
     * @param loop that serves it, and ends with it
     * @param marker what stands before the number of a request
     * @param arrivals takes the numbers of requests as they arrive, on the loop
     */
    SipSink(int port, LoadTls tls, EventLoopGroup loop, byte[] marker, IntConsumer arrivals) {
        this(port, tls, loop, marker, arrivals, (bytes, from, to) -> {});
    }

    /**
     * As the other one.
     *
     * @param requests looks at every request, on the loop
     */
    SipSink(int port, LoadTls tls, EventLoopGroup loop, byte[] marker, IntConsumer arrivals, Requests requests) {
        this.requests = requests;
        this.loop = loop;
        this.marker = marker;
        this.arrivals = arrivals;
        SslContext context = tls.server();
        server = new ServerBootstrap()
                .group(loop)
                .channel(EpollServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(context.newHandler(channel.alloc()))
                                .addLast(new StreamReader(new Answerer()));
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), port)
                .syncUninterruptibly()
                .channel();
    }

    /** Returns what has arrived so far. */
    public Counts counts() {
        return counts;
    }

    @Override
    public void close() {
        server.close().syncUninterruptibly();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private void count(byte[] bytes, int from, int to) {
        int number = SipFraming.numberAfter(marker, bytes, from, to);
        if (number < 0 || number >= NUMBERS) {
            return;
        }
        long bit = 1L << number;
        boolean again = (seen[number / Long.SIZE] & bit) != 0;
        seen[number / Long.SIZE] |= bit;
        counts = new Counts(counts.received() + 1, counts.duplicates() + (again ? 1 : 0));
        arrivals.accept(number);
    }

    /** Answers on one connection; all that arrived together is answered in one write. */
    private final class Answerer implements StreamReader.MessageReader {
        private ByteBuf answers;

        @Override
        public void read(ChannelHandlerContext context, byte[] bytes, int from, int to) {
            if (bytes[from] == 'S' && bytes[from + 3] == '/') {
                return;
            }
            count(bytes, from, to);
            requests.arrived(bytes, from, to);
            if (answers == null) {
                answers = context.alloc().directBuffer(4096);
            }
            answers.writeBytes(STATUS);
            int line = from;
            for (int i = from; i < to; i++) {
                if (bytes[i] == '\n') {
                    if (i - line <= 1) {
                        break;
                    }
                    copy(bytes, line, i + 1);
                    line = i + 1;
                }
            }
            answers.writeBytes(END);
        }

        /** Copies the header lines a response repeats (RFC 3261 8.2.6.2). */
        private void copy(byte[] bytes, int from, int to) {
            int second = bytes[from + 1] | 0x20;
            switch (bytes[from] | 0x20) {
                case 'v', 'f' -> answers.writeBytes(bytes, from, to - from);
                case 't' -> {
                    if (second == 'o' || second == ':') {
                        answers.writeBytes(bytes, from, to - from - 2).writeBytes(TAG);
                    }
                }
                case 'c' -> {
                    if (second == 's' || second == 'a') {
                        answers.writeBytes(bytes, from, to - from);
                    }
                }
                case 'r' -> {
                    if (isRecordRoute(bytes, from)) {
                        answers.writeBytes(bytes, from, to - from);
                    }
                }
                default -> {}
            }
        }

        private boolean isRecordRoute(byte[] bytes, int from) {
            return (bytes[from + 2] | 0x20) == 'c' && (bytes[from + 7] | 0x20) == 'r';
        }

        @Override
        public void pause(ChannelHandlerContext context) {
            if (answers != null) {
                context.writeAndFlush(answers, context.voidPromise());
                answers = null;
            }
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
