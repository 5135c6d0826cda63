// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed.load;

import io.drawbridge.testbed.Eventually;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends MESSAGE requests over mutual TLS connections, either so many at a time or so many a second, and follows every
 * one to its final response. One thread does it all.
 */
public final class SipLoad implements AutoCloseable {
    /** The usual deadline: an answer that takes longer counts as none. */
    public static final Duration DEADLINE = Duration.ofSeconds(1);

    private static final Duration SETTLING = Duration.ofSeconds(10);
    private static final long TICK = TimeUnit.MICROSECONDS.toNanos(500);
    private static final int HANDSHAKES_AT_ONCE = 32;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final Target target;
    private final SslContext tls;
    private final List<Line> lines = new ArrayList<>();
    private final Queue<Line> written = new ArrayDeque<>();
    private final TransactionTable transactions;
    private final Duration deadline;
    private int nextLine;
    private long disconnects;
    private boolean flushScheduled;
    private Phase phase = Phase.IDLE;

    /**
     * Where the traffic goes.
     *
     * @param port on 127.0.0.1
     * @param serverName the name its certificate must hold
     * @param message what is sent
     */
    public record Target(int port, String serverName, LoadMessage message) {}

    /** What happens when a transaction has ended. */
    private interface Phase {
        Phase IDLE = () -> {};

        void ended();
    }

    /** Prepares load on a target; opens nothing yet. */
    public SipLoad(Target target, LoadTls tls) {
        this(target, tls, DEADLINE);
    }

    /**
     * Prepares load on a target; opens nothing yet.
     *
     * @param deadline how long an answer may take; a phase waits that long for the last ones
     */
    public SipLoad(Target target, LoadTls tls, Duration deadline) {
        this.target = target;
        this.tls = tls.client();
        this.deadline = deadline;
        transactions = new TransactionTable(deadline);
    }

    /** Opens connections until there are so many. */
    public void connect(int count) {
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
    public X509Certificate serverCertificate() {
        return onLoop(() -> {
            Line newest = lines.get(lines.size() - 1);
            SslHandler handler = newest.context.pipeline().get(SslHandler.class);
            return (X509Certificate) handler.engine().getSession().getPeerCertificates()[0];
        });
    }

    private int open() {
        return onLoop(lines::size);
    }

    /** Keeps so many transactions under way for a time; shows what the target can do at most. */
    public LoadResult keep(int underWay, Duration time) {
        return run(time, () -> {
            phase = this::send;
            for (int i = 0; i < underWay; i++) {
                send();
            }
            return null;
        });
    }

    /** Sends so many requests a second for a time, whether or not they are answered. */
    public LoadResult offer(double perSecond, Duration time) {
        return run(time, () -> {
            long start = System.nanoTime();
            return loop.scheduleAtFixedRate(new Tick(start, perSecond, time.toNanos()), 0, TICK, TimeUnit.NANOSECONDS);
        });
    }

    /** How a phase begins; what it returns is cancelled at its end. */
    private interface Beginning {
        ScheduledFuture<?> begin();
    }

    private LoadResult run(Duration time, Beginning beginning) {
        settle();
        long disconnectsBefore = onLoop(() -> disconnects);
        long start = System.nanoTime();
        ScheduledFuture<?> ticking = onLoop(() -> {
            transactions.reset();
            return beginning.begin();
        });
        Eventually.elapse(time);
        long nanos = onLoop(() -> {
            phase = Phase.IDLE;
            return System.nanoTime() - start;
        });
        if (ticking != null) {
            onLoop(() -> ticking.cancel(false));
        }
        drain(deadline);
        return onLoop(() -> transactions.result(nanos, disconnects - disconnectsBefore));
    }

    /** Waits until a target that was overloaded has answered what it still has, so that the next phase finds it idle. */
    private void settle() {
        drain(SETTLING);
    }

    private void drain(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        while (onLoop(transactions::open) > 0 && System.nanoTime() - end < 0) {
            Eventually.elapse(Duration.ofMillis(20));
        }
    }

    private void send() {
        sendDue(System.nanoTime());
    }

    private void sendDue(long due) {
        if (lines.isEmpty()) {
            transactions.begin(due);
            return;
        }
        nextLine = nextLine + 1 < lines.size() ? nextLine + 1 : 0;
        Line line = lines.get(nextLine);
        if (line.pending == null) {
            line.pending = line.context.alloc().directBuffer(1024);
            written.add(line);
        }
        target.message().write(transactions.begin(due), line.pending);
        if (!flushScheduled) {
            flushScheduled = true;
            // Runs when the loop has read what is readable on all connections: one write for each, not for each
            // message.
            loop.execute(this::flush);
        }
    }

    private void flush() {
        flushScheduled = false;
        for (Line line = written.poll(); line != null; line = written.poll()) {
            ByteBuf messages = line.pending;
            line.pending = null;
            line.context.writeAndFlush(messages, line.context.voidPromise());
        }
    }

    private <T> T onLoop(java.util.concurrent.Callable<T> task) {
        try {
            return loop.submit(task).get(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        onLoop(() -> {
            for (Line line : List.copyOf(lines)) {
                line.context.close();
            }
            return null;
        });
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** Sends what is due, each time the clock of an open-loop phase strikes. */
    private final class Tick implements Runnable {
        private final long start;
        private final double perSecond;
        private final long length;
        private long sent;

        Tick(long start, double perSecond, long length) {
            this.start = start;
            this.perSecond = perSecond;
            this.length = length;
        }

        @Override
        public void run() {
            long elapsed = Math.min(System.nanoTime() - start, length);
            long due = (long) (elapsed * perSecond / 1e9);
            for (; sent < due; sent++) {
                // A request is due at the first tick after its turn: a late tick counts against the target, not for it.
                long turn = (long) (sent * 1e9 / perSecond);
                sendDue(start + (turn / TICK + 1) * TICK);
            }
        }
    }

    /** One connection. */
    private final class Line implements StreamReader.MessageReader {
        private final ChannelHandlerContext context;
        private ByteBuf pending;

        Line(Channel channel) {
            channel.pipeline().addLast(new StreamReader(this));
            context = channel.pipeline().lastContext();
        }

        @Override
        public void read(ChannelHandlerContext context, byte[] bytes, int from, int to) {
            int statusAt = from + "SIP/2.0 ".length();
            if (bytes[from] != 'S' || bytes[statusAt] == '1') {
                return;
            }
            int number = SipFraming.numberAfter(LoadMessage.BRANCH_MARKER, bytes, from, to);
            if (transactions.end(number, bytes[statusAt] == '2', System.nanoTime())) {
                phase.ended();
            }
        }

        @Override
        public void ended(ChannelHandlerContext context) {
            disconnects++;
            lines.remove(this);
        }
    }
}
