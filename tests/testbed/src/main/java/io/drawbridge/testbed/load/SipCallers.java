// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Connections over mutual TLS on which requests are sent in turn. */
final class SipCallers {
    private static final int HANDSHAKES_AT_ONCE = 32;

    private final EventLoop loop;
    private final SipLoad.Target target;
    private final SslContext tls;
    private final Answers answers;
    private final List<Line> lines = new ArrayList<>();
    private int nextLine;
    private long disconnects;

    /** Is told of final responses, on the loop. */
    interface Answers {
        void answered(int number, boolean success);
    }

    SipCallers(EventLoop loop, SipLoad.Target target, LoadTls tls, Answers answers) {
        this.loop = loop;
        this.target = target;
        this.tls = tls.client();
        this.answers = answers;
    }

    /** Opens connections until there are so many. */
    void connect(int count) {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 10_000)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        SslHandler handler = tls.newHandler(channel.alloc(), target.serverName(), target.port());
                        handler.setHandshakeTimeoutMillis(30_000);
                        channel.pipeline().addLast(handler);
                    }
                });
        for (int missing = count - open(); missing > 0; missing = count - open()) {
            List<CompletableFuture<Void>> opening = new ArrayList<>();
            for (int i = 0; i < Math.min(missing, HANDSHAKES_AT_ONCE); i++) {
                opening.add(open(bootstrap));
            }
            opening.forEach(CompletableFuture::join);
        }
    }

    private CompletableFuture<Void> open(Bootstrap bootstrap) {
        CompletableFuture<Void> opened = new CompletableFuture<>();
        bootstrap.connect(InetAddress.getLoopbackAddress(), target.port()).addListener((ChannelFuture connected) -> {
            if (!connected.isSuccess()) {
                opened.completeExceptionally(connected.cause());
                return;
            }
            Channel channel = connected.channel();
            channel.pipeline().get(SslHandler.class).handshakeFuture().addListener((Future<Channel> shaken) -> {
                if (shaken.isSuccess()) {
                    lines.add(new Line(channel));
                    opened.complete(null);
                } else {
                    opened.completeExceptionally(shaken.cause());
                }
            });
        });
        return opened;
    }

    /** Returns the certificate that the target showed on the newest connection. */
    X509Certificate serverCertificate() {
        return Pacing.on(loop, () -> {
            Line newest = lines.get(lines.size() - 1);
            SslHandler handler = newest.context.pipeline().get(SslHandler.class);
            return (X509Certificate) handler.engine().getSession().getPeerCertificates()[0];
        });
    }

    private int open() {
        return Pacing.on(loop, lines::size);
    }

    /** Sends the message of a number on the next connection, if there is any; on the loop. */
    void send(int number) {
        if (!lines.isEmpty()) {
            nextLine = nextLine + 1 < lines.size() ? nextLine + 1 : 0;
            target.message().write(number, lines.get(nextLine).outlet.next());
        }
    }

    /** Returns connections lost so far; on the loop. */
    long disconnects() {
        return disconnects;
    }

    void close() {
        Pacing.on(loop, () -> {
            List.copyOf(lines).forEach(line -> line.outlet.close());
            return null;
        });
    }

    /** One connection. */
    private final class Line implements StreamReader.MessageReader {
        private final ChannelHandlerContext context;
        private final Outlet outlet;

        Line(Channel channel) {
            channel.pipeline().addLast(new StreamReader(this));
            context = channel.pipeline().lastContext();
            outlet = new Outlet(channel);
        }

        @Override
        public void read(ChannelHandlerContext context, byte[] bytes, int from, int to) {
            int statusAt = from + "SIP/2.0 ".length();
            if (bytes[from] == 'S' && bytes[statusAt] != '1') {
                int number = SipFraming.numberAfter(LoadMessage.BRANCH_MARKER, bytes, from, to);
                answers.answered(number, bytes[statusAt] == '2');
            }
        }

        @Override
        public void ended(ChannelHandlerContext context) {
            disconnects++;
            lines.remove(this);
        }
    }
}
