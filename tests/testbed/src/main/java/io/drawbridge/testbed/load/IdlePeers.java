// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Peers that connect and then are no use: they occupy connections, never finish what they began, and hope that others
 * suffer. They come from many addresses of 127.0.0.0/8.
 */
public final class IdlePeers implements AutoCloseable {
    private static final int AT_ONCE = 64;
    private static final int PER_ADDRESS = 100;
    private static final String HALF_A_REQUEST = "MESSAGE sip:bob@contoso.example SIP/2.0\r\nVia: SIP/2.0/TLS idle";

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Semaphore turns = new Semaphore(AT_ONCE);
    private final AtomicInteger refused = new AtomicInteger();
    private final int port;
    private final String serverName;
    private final SslContext tls;
    private int made;

    /** How far a peer goes before it falls silent. */
    public enum Patience {
        /** It connects over TCP and never begins TLS. */
        BEFORE_HANDSHAKE,
        /** It finishes the mutual handshake. */
        AFTER_HANDSHAKE,
        /** It sends half a request. */
        WITHIN_REQUEST
    }

    /** Prepares peers of a port on 127.0.0.1, whose certificate must hold a name. */
    public IdlePeers(int port, String serverName, LoadTls tls) {
        this.port = port;
        this.serverName = serverName;
        this.tls = tls.client();
    }

    /** Opens so many connections and returns when each has gone as far as it will, or was refused. */
    public void open(int count, Patience patience) {
        Bootstrap bootstrap = new Bootstrap()
                .group(group)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 10_000)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (patience != Patience.BEFORE_HANDSHAKE) {
                            channel.pipeline().addLast(tls.newHandler(channel.alloc(), serverName, port));
                        }
                    }
                });
        for (int i = 0; i < count; i++) {
            turns.acquireUninterruptibly();
            bootstrap
                    .connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), nextSource())
                    .addListener((ChannelFuture connected) -> connected(connected, patience));
        }
        turns.acquireUninterruptibly(AT_ONCE);
        turns.release(AT_ONCE);
    }

    private InetSocketAddress nextSource() {
        int host = 1 + made++ / PER_ADDRESS;
        try {
            return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, (byte) host, 1}), 0);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private void connected(ChannelFuture connected, Patience patience) {
        if (!connected.isSuccess()) {
            ended(false);
            return;
        }
        Channel channel = connected.channel();
        channels.add(channel);
        if (patience == Patience.BEFORE_HANDSHAKE) {
            ended(true);
            return;
        }
        channel.pipeline().get(SslHandler.class).handshakeFuture().addListener((Future<Channel> shaken) -> {
            if (shaken.isSuccess() && patience == Patience.WITHIN_REQUEST) {
                channel.writeAndFlush(Unpooled.copiedBuffer(HALF_A_REQUEST, StandardCharsets.US_ASCII));
            }
            ended(shaken.isSuccess());
        });
    }

    private void ended(boolean accepted) {
        if (!accepted) {
            refused.incrementAndGet();
        }
        turns.release();
    }

    /** Returns how many connections stand now. */
    public int standing() {
        return channels.size();
    }

    /** Returns how many were refused when they came. */
    public int refused() {
        return refused.get();
    }

    @Override
    public void close() {
        channels.close().awaitUninterruptibly();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
