// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Opens and takes XMPP streams on 127.0.0.1. */
final class StreamEnds {
    private StreamEnds() {}

    /**
     * Listens for streams.
     *
     * @param scripts makes the script of each
     * @param established takes each that is through its script, on its loop
     */
    static void listen(EventLoopGroup group, int port, Supplier<StreamScript> scripts, Consumer<Channel> established) {
        new ServerBootstrap()
                .group(group)
                .channel(EpollServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(initializer(scripts, established))
                .bind(InetAddress.getLoopbackAddress(), port)
                .syncUninterruptibly();
    }

    /** Opens a stream and returns when it is through its script. */
    static Outlet open(EventLoopGroup group, int port, StreamScript script, Consumer<Channel> established) {
        new Bootstrap()
                .group(group)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(initializer(() -> script, established))
                .connect(InetAddress.getLoopbackAddress(), port)
                .syncUninterruptibly();
        return new Outlet(script.through().orTimeout(30, TimeUnit.SECONDS).join());
    }

    private static ChannelInitializer<Channel> initializer(
            Supplier<StreamScript> scripts, Consumer<Channel> established) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                StreamScript script = scripts.get();
                channel.pipeline().addLast(script);
                script.through().thenAccept(established);
            }
        };
    }
}
