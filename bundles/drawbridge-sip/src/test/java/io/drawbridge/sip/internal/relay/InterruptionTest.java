// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.model.Side;
import io.drawbridge.net.connection.Connection;
import io.drawbridge.sip.internal.codec.SipFrameDecoder;
import io.drawbridge.sip.internal.codec.SipLimits;
import io.drawbridge.sip.internal.codec.SipReply;
import io.drawbridge.sip.internal.codec.SipRequest;
import io.drawbridge.sip.internal.codec.SipResponse;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real sockets and several event loops: whatever dies in the middle, every sender hears exactly once. */
class InterruptionTest {
    private static final int CLIENTS = 4;
    private static final int MESSAGES = 1500;

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(3, NioIoHandler.newFactory());
    private final RelayHarness harness = new RelayHarness();
    private final Map<String, AtomicInteger> delivered = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> answered = new ConcurrentHashMap<>();
    private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
    private final CountDownLatch outstanding = new CountDownLatch(CLIENTS * MESSAGES);

    @AfterEach
    void stop() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void everyMessageIsAnsweredOnceAndDeliveredAtMostOnceWhileThePartnersConnectionsDie() throws Exception {
        relayBetween(number -> number % 97 == 96);

        statuses.forEach((message, status) -> {
            if (status == 200) {
                assertThat(delivered).as("what was answered 200 was delivered").containsKey(message);
            } else {
                assertThat(status).isEqualTo(504);
            }
        });
        assertThat(statuses.values()).contains(200).contains(504);
    }

    @Test
    void everyMessageIsDeliveredOnceWhenNothingDies() throws Exception {
        relayBetween(number -> false);

        assertThat(statuses.values()).containsOnly(200);
        assertThat(delivered).hasSize(CLIENTS * MESSAGES);
    }

    private void relayBetween(IntPredicate dies) throws Exception {
        // All may wait at once while a connection is made again.
        harness.properties.put("maxWaitingPerDestination", CLIENTS * MESSAGES);
        Channel partner = listen(new Partner(dies));
        harness.socketConnector = new LoopbackConnector(loops, partner.localAddress(), 4, harness.relay::opened);
        Channel edge = listenAsEdge();
        for (int client = 0; client < CLIENTS; client++) {
            connectClient(edge.localAddress(), client);
        }

        assertThat(outstanding.await(40, TimeUnit.SECONDS))
                .as("all are answered")
                .isTrue();
        assertThat(answered).hasSize(CLIENTS * MESSAGES);
        assertThat(answered.values()).allMatch(times -> times.get() == 1, "answered once");
        assertThat(delivered.values()).allMatch(times -> times.get() == 1, "delivered at most once");
        assertThat(harness.counters.inFlight()).isZero();
    }

    private Channel listen(Partner partner) throws InterruptedException {
        return server(new ChannelInitializer<SocketChannel>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                channel.pipeline().addLast(new SipFrameDecoder(SipLimits.DEFAULT), partner.connection());
            }
        });
    }

    private Channel listenAsEdge() throws InterruptedException {
        return server(new ChannelInitializer<SocketChannel>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                Connection connection = new LoopbackConnection(channel, Side.INSIDE, "pool.contoso.example", true);
                harness.relay.opened(connection);
            }
        });
    }

    private Channel server(ChannelInitializer<SocketChannel> children) throws InterruptedException {
        return new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(children)
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel();
    }

    private void connectClient(java.net.SocketAddress edge, int client) throws InterruptedException {
        Channel channel = new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel socket) {
                        socket.pipeline().addLast(new SipFrameDecoder(SipLimits.DEFAULT), new Client());
                    }
                })
                .connect(edge)
                .sync()
                .channel();
        for (int message = 0; message < MESSAGES; message++) {
            String id = client + "-" + message;
            String text = "MESSAGE sip:bob" + message + "@fabrikam.example SIP/2.0\r\n"
                    + "Via: SIP/2.0/TLS pool.contoso.example:5061;branch=z9hG4bK" + id + "\r\n"
                    + "Max-Forwards: 70\r\n"
                    + "From: <sip:ann" + client + "@contoso.example>;tag=a\r\n"
                    + "To: <sip:bob" + message + "@fabrikam.example>\r\n"
                    + "Call-ID: " + id + "\r\n"
                    + "CSeq: 1 MESSAGE\r\n"
                    + "Content-Length: 2\r\n\r\nhi";
            channel.write(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
            if (message % 50 == 0) {
                channel.flush();
            }
        }
        channel.flush();
    }

    /** Counts final answers. */
    private final class Client extends SimpleChannelInboundHandler<SipResponse> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, SipResponse response) {
            statuses.put(response.callId(), response.status());
            if (answered.computeIfAbsent(response.callId(), id -> new AtomicInteger())
                            .incrementAndGet()
                    == 1) {
                outstanding.countDown();
            }
        }
    }

    /** Answers 200, or closes the connection instead. */
    private final class Partner {
        private final IntPredicate dies;
        private final AtomicInteger number = new AtomicInteger();

        Partner(IntPredicate dies) {
            this.dies = dies;
        }

        SimpleChannelInboundHandler<SipRequest> connection() {
            return new SimpleChannelInboundHandler<>() {
                @Override
                protected void channelRead0(ChannelHandlerContext context, SipRequest request) {
                    delivered
                            .computeIfAbsent(request.callId(), id -> new AtomicInteger())
                            .incrementAndGet();
                    if (dies.test(number.getAndIncrement())) {
                        context.close();
                        return;
                    }
                    ByteBuf answer = context.alloc().buffer();
                    SipReply.to(request, 200, "OK").toTag("x").writeTo(answer);
                    context.writeAndFlush(answer);
                }
            };
        }
    }
}
