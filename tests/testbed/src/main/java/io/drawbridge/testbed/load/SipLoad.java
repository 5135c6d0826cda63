// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed.load;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Sends MESSAGE requests over mutual TLS connections, either so many at a time or so many a second, and follows every
 * one to its final response. One thread does it all.
 */
public final class SipLoad implements AutoCloseable {
    /** The usual deadline: an answer that takes longer counts as none. */
    public static final Duration DEADLINE = Duration.ofSeconds(1);

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final SipCallers callers;
    private final Pacing pacing;

    /**
     * Where the traffic goes.
     *
     * @param port on 127.0.0.1
     * @param serverName the name its certificate must hold
     * @param message what is sent
     */
    public record Target(int port, String serverName, LoadMessage message) {}

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
        EventLoop loop = group.next();
        callers = new SipCallers(loop, target, tls, this::answered);
        pacing = new Pacing(loop, deadline, TransactionTable.ANSWERED, callers::send, callers::disconnects);
    }

    private void answered(int number, boolean success) {
        pacing.answered(number, success);
    }

    /** Opens connections until there are so many. */
    public void connect(int count) {
        callers.connect(count);
    }

    /** Returns the certificate that the target showed on the newest connection. */
    public X509Certificate serverCertificate() {
        return callers.serverCertificate();
    }

    /** Keeps so many transactions under way for a time; shows what the target can do at most. */
    public LoadResult keep(int underWay, Duration time) {
        return pacing.keep(underWay, time);
    }

    /** Sends so many requests a second for a time, whether or not they are answered. */
    public LoadResult offer(double perSecond, Duration time) {
        return pacing.offer(perSecond, time);
    }

    @Override
    public void close() {
        callers.close();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
