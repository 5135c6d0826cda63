// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.dns;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.xbill.DNS.Message;
import org.xbill.DNS.io.IoClientFactory;
import org.xbill.DNS.io.TcpIoClient;
import org.xbill.DNS.io.UdpIoClient;

/**
 * Carries DNS messages on one event loop. The resolver library's own transport takes the first datagram that arrives
 * for the answer, sees time-outs only when nothing else happens, and keeps threads and a JVM shutdown hook beyond the
 * life of this bundle.
 *
 * <p>Each question has a socket, and so a source port, of its own, connected so that only the server's datagrams arrive
 * (RFC 5452 section 9.2); what does not carry the question's number is not the answer and is waited past.
 */
final class DnsTransport implements IoClientFactory, UdpIoClient, TcpIoClient {
    private static final int HEADER = 12;
    private static final int LONGEST_MESSAGE = 65_535;

    private final EventLoop loop;

    DnsTransport(EventLoop loop) {
        this.loop = loop;
    }

    @Override
    public UdpIoClient createOrGetUdpClient() {
        return this;
    }

    @Override
    public TcpIoClient createOrGetTcpClient() {
        return this;
    }

    @Override
    public CompletableFuture<byte[]> sendAndReceiveUdp(
            InetSocketAddress local,
            InetSocketAddress remote,
            Message query,
            byte[] data,
            int longest,
            Duration timeout) {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        Reception<DatagramPacket> reception = new Reception<>(query, answer) {
            @Override
            protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
                offer(packet.content());
            }
        };
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(NioDatagramChannel.class)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(longest))
                .handler(reception);
        exchange(bootstrap, remote, Unpooled.wrappedBuffer(data), answer, timeout);
        return answer;
    }

    @Override
    public CompletableFuture<byte[]> sendAndReceiveTcp(
            InetSocketAddress local, InetSocketAddress remote, Message query, byte[] data, Duration timeout) {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        Reception<ByteBuf> reception = new Reception<>(query, answer) {
            @Override
            protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
                offer(message);
            }
        };
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        ChannelHandler framing = new LengthFieldBasedFrameDecoder(LONGEST_MESSAGE, 0, 2, 0, 2);
                        channel.pipeline().addLast(framing, new LengthFieldPrepender(2), reception);
                    }
                });
        exchange(bootstrap, remote, Unpooled.wrappedBuffer(data), answer, timeout);
        return answer;
    }

    private void exchange(
            Bootstrap bootstrap,
            InetSocketAddress remote,
            ByteBuf query,
            CompletableFuture<byte[]> answer,
            Duration timeout) {
        ChannelFuture connected = bootstrap.connect(remote);
        Channel channel = connected.channel();
        var expiry = loop.schedule(
                () -> answer.completeExceptionally(new SocketTimeoutException("no answer")),
                timeout.toMillis(),
                TimeUnit.MILLISECONDS);
        answer.whenComplete((message, failure) -> {
            expiry.cancel(false);
            channel.close();
        });
        connected.addListener(done -> {
            if (done.isSuccess()) {
                channel.writeAndFlush(query).addListener(sent -> {
                    if (!sent.isSuccess()) {
                        answer.completeExceptionally(sent.cause());
                    }
                });
            } else {
                query.release();
                answer.completeExceptionally(done.cause());
            }
        });
    }

    /** Waits for the message that carries the question's number. */
    private abstract static class Reception<T> extends SimpleChannelInboundHandler<T> {
        private final int id;
        private final CompletableFuture<byte[]> answer;

        Reception(Message query, CompletableFuture<byte[]> answer) {
            this.id = query.getHeader().getID();
            this.answer = answer;
        }

        final void offer(ByteBuf message) {
            if (message.readableBytes() >= HEADER && message.getUnsignedShort(message.readerIndex()) == id) {
                answer.complete(ByteBufUtil.getBytes(message));
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            answer.completeExceptionally(new ClosedChannelException());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            answer.completeExceptionally(cause instanceof IOException ? cause : new IOException(cause));
        }
    }
}
