// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.drawbridge.api.model.Side;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.net.connection.ConnectException;
import io.drawbridge.net.connection.Connection;
import io.drawbridge.net.connection.Destination;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

/** Opens real sockets to one partner, several in parallel, and opens them again when they die. */
final class LoopbackConnector implements SharingConnector {
    private final EventLoopGroup loops;
    private final SocketAddress partner;
    private final Consumer<Connection> handler;
    private final AtomicReferenceArray<Connection> connections;

    LoopbackConnector(EventLoopGroup loops, SocketAddress partner, int parallel, Consumer<Connection> handler) {
        this.loops = loops;
        this.partner = partner;
        this.handler = handler;
        this.connections = new AtomicReferenceArray<>(parallel);
    }

    private int slot(int affinity) {
        return Math.floorMod(affinity, connections.length());
    }

    @Override
    public Optional<Connection> open(Destination destination, int affinity) {
        return Optional.ofNullable(connections.get(slot(affinity)))
                .filter(connection -> connection.channel().isActive());
    }

    @Override
    public CompletionStage<Connection> connect(Destination destination, int affinity) {
        CompletableFuture<Connection> opened = new CompletableFuture<>();
        ChannelFuture attempt = new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        // The relay adds its handlers once the connection stands.
                    }
                })
                .connect(partner);
        attempt.addListener(done -> {
            if (done.isSuccess()) {
                Connection connection =
                        new LoopbackConnection(attempt.channel(), Side.OUTSIDE, "sip.fabrikam.example", false);
                handler.accept(connection);
                connections.set(slot(affinity), connection);
                opened.complete(connection);
            } else {
                opened.completeExceptionally(new ConnectException(Reason.UNREACHABLE, "refused"));
            }
        });
        return opened;
    }

    @Override
    public void avoid(Connection connection, Duration howLong) {
        // There is one server.
    }
}
