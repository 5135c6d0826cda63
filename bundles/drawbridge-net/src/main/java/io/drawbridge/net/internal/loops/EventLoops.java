// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.loops;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event loops of the appliance: one per processor, shared by everything that listens or connects. Native epoll where
 * its library is present, NIO otherwise.
 */
@Component(service = EventLoops.class)
public final class EventLoops implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EventLoops.class);
    private static final long LONGEST_END_SECONDS = 5;

    private final boolean epoll;
    private final EventLoopGroup group;

    /** Starts as many loops as the virtual machine sees processors. */
    @Activate
    public EventLoops() {
        this(Runtime.getRuntime().availableProcessors(), Epoll.isAvailable());
    }

    EventLoops(int loops, boolean epoll) {
        this.epoll = epoll;
        IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        group = new MultiThreadIoEventLoopGroup(loops, new DefaultThreadFactory("drawbridge-loop"), io);
        log.info("{} event loops on {}", loops, epoll ? "epoll" : "NIO");
    }

    /** Returns the loops; nobody but this class shuts them down. */
    public EventLoopGroup group() {
        return group;
    }

    /** Returns the type of outgoing connections on these loops. */
    public Class<? extends SocketChannel> channelType() {
        return epoll ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    /** Returns the type of accepting sockets on these loops. */
    public Class<? extends ServerSocketChannel> serverChannelType() {
        return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    /** Ends the loops, and with them every connection that is still there; waits a few seconds at most. */
    @Deactivate
    @Override
    public void close() {
        group.shutdownGracefully(0, LONGEST_END_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(LONGEST_END_SECONDS, TimeUnit.SECONDS);
    }
}
