// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc.wire;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * Opens connections. However many there are, two event loops serve them, and one thread asks for names, since Java has no
 * way to ask that does not block.
 */
public final class Connections implements AutoCloseable {
    private static final int LOOPS = 2;
    private static final int CONNECTING_MILLIS = 10_000;
    private static final int MOST_ADDRESSES = 4;
    private static final int MOST_WAITING = 20_000;
    private static final int END_SECONDS = 2;

    private final Trust trust = new Trust();
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
            LOOPS, new DefaultThreadFactory("drawbridge-irc", true), NioIoHandler.newFactory());
    private final ThreadPoolExecutor names = new ThreadPoolExecutor(
            1,
            1,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            new DefaultThreadFactory("drawbridge-irc-names", true));

    /** Starts no thread until something is to be opened. */
    public Connections() {
        names.allowCoreThreadTimeOut(true);
    }

    /**
     * Opens a connection; what becomes of it is told {@code ear}, after this returned.
     *
     * @param anchors the path of the authorities that the server's certificate leads to, PEM; empty for those Java trusts
     * @param own what the account proves itself by, if by a certificate
     * @throws SSLException if a file cannot be read or does not hold what it should
     */
    public Wire open(Server server, String anchors, Optional<Own> own, Wire.Ear ear) throws SSLException {
        SslContext context = trust.of(new Trust.Files(anchors, own));
        TlsWire wire = new TlsWire(server, context, ear);
        try {
            names.execute(() -> look(server, wire));
        } catch (RejectedExecutionException busy) {
            loops.next().execute(() -> wire.fail("too many connections are being opened"));
        }
        return wire;
    }

    private void look(Server server, TlsWire wire) {
        try {
            List<InetAddress> found = List.of(InetAddress.getAllByName(server.host()));
            List<InetAddress> tried = found.subList(0, Math.min(found.size(), MOST_ADDRESSES));
            loops.next().execute(() -> connect(server, tried, wire));
        } catch (UnknownHostException unknown) {
            loops.next().execute(() -> wire.fail("the name " + server.host() + " has no address"));
        }
    }

    /** One address after the other, the next if one cannot be reached. */
    private void connect(Server server, List<InetAddress> addresses, TlsWire wire) {
        if (wire.isClosed()) {
            return;
        }
        new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECTING_MILLIS)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .handler(wire.initializer())
                .connect(addresses.get(0), server.port())
                .addListener(done -> {
                    if (done.isSuccess()) {
                        return;
                    }
                    if (addresses.size() > 1) {
                        connect(server, addresses.subList(1, addresses.size()), wire);
                    } else {
                        wire.fail(server + " cannot be reached");
                    }
                });
    }

    /** Ends the threads, and with them every connection that is still there. */
    @Override
    public void close() {
        names.shutdownNow();
        loops.shutdownGracefully(0, END_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly(END_SECONDS, TimeUnit.SECONDS);
    }
}
