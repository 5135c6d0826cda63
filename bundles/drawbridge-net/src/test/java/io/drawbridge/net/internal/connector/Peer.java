// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.connector;

import io.drawbridge.net.internal.loops.EventLoops;
import io.drawbridge.net.internal.tls.ServerTls;
import io.drawbridge.net.internal.tls.TlsHandshake;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/** A real TLS server on a loopback port that accepts and keeps connections. */
final class Peer implements AutoCloseable {
    private final ChannelGroup accepted = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final AtomicInteger handshakes = new AtomicInteger();
    private final Channel listening;

    Peer(EventLoops loops, ServerTls tls, int port) {
        listening = new ServerBootstrap()
                .group(loops.group())
                .channel(loops.serverChannelType())
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accepted.add(channel);
                        TlsHandshake handshake = tls.accept(channel);
                        handshake.session().thenAccept(session -> {
                            handshakes.incrementAndGet();
                            handshake.release();
                        });
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .syncUninterruptibly()
                .channel();
    }

    int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    int handshakes() {
        return handshakes.get();
    }

    int connections() {
        return accepted.size();
    }

    void dropConnections() {
        accepted.close().syncUninterruptibly();
    }

    @Override
    public void close() {
        listening.close().syncUninterruptibly();
        dropConnections();
    }
}
