// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc.wire;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What connections run on: however many there are, one event loop serves them, and one thread asks for names, since Java has
 * no way to ask that does not block.
 */
final class Threads implements AutoCloseable {
    private static final int CONNECTING_MILLIS = 10_000;
    private static final int MOST_ADDRESSES = 4;
    private static final int MOST_WAITING = 20_000;
    private static final int END_SECONDS = 2;

    private final EventLoop loop = new SingleThreadIoEventLoop(
            null, new DefaultThreadFactory("drawbridge-irc", true), NioIoHandler.newFactory());
    private final ThreadPoolExecutor names = new ThreadPoolExecutor(
            1,
            1,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            new DefaultThreadFactory("drawbridge-irc-names", true));
    private final Set<Channel> connected = ConcurrentHashMap.newKeySet();

    Threads() {
        names.allowCoreThreadTimeOut(true);
    }

    void open(Server server, TlsWire wire) {
        try {
            names.execute(() -> look(server, wire));
        } catch (RejectedExecutionException busy) {
            onLoop(() -> wire.fail("too many connections are being opened"));
        }
    }

    private void look(Server server, TlsWire wire) {
        try {
            List<InetAddress> found = List.of(InetAddress.getAllByName(server.host()));
            List<InetAddress> tried = found.subList(0, Math.min(found.size(), MOST_ADDRESSES));
            onLoop(() -> connect(server, tried, wire));
        } catch (UnknownHostException unknown) {
            onLoop(() -> wire.fail("the name " + server.host() + " has no address"));
        }
    }

    private void onLoop(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException ended) {
            // Every account has left, so nobody waits for it.
        }
    }

    /** One address after the other, the next if one cannot be reached. */
    private void connect(Server server, List<InetAddress> addresses, TlsWire wire) {
        if (wire.isClosed()) {
            return;
        }
        new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .disableResolver()
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECTING_MILLIS)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .handler(wire.initializer())
                .connect(new InetSocketAddress(addresses.get(0), server.port()))
                .addListener((ChannelFutureListener) done -> {
                    if (done.isSuccess()) {
                        connected.add(done.channel());
                        done.channel()
                                .closeFuture()
                                .addListener((ChannelFuture gone) -> connected.remove(gone.channel()));
                    } else if (addresses.size() > 1) {
                        connect(server, addresses.subList(1, addresses.size()), wire);
                    } else {
                        wire.fail(server + " cannot be reached");
                    }
                });
    }

    /** Ends the threads once the last words of the connections have left, which are all being closed. */
    @Override
    public void close() {
        names.shutdownNow();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(TlsWire.FAREWELL_SECONDS);
        connected.forEach(
                channel -> channel.closeFuture().awaitUninterruptibly(until - System.nanoTime(), TimeUnit.NANOSECONDS));
        loop.shutdownGracefully(0, END_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly(END_SECONDS, TimeUnit.SECONDS);
    }
}
