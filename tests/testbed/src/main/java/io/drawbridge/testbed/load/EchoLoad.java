// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed.load;

import io.drawbridge.testbed.Eventually;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Users of a SIP server who write to somebody who says everything back, and watch his presence. A message has arrived when it
 * came back. One thread does it all.
 */
public final class EchoLoad implements AutoCloseable {
    /** Longer than any answer may take: what has none by then is lost. */
    private static final Duration DEADLINE = Duration.ofSeconds(40);

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int FIRST_WATCH = 1 << 27;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final AtomicInteger accepted = new AtomicInteger();
    private final ShownPresence presence = new ShownPresence(FIRST_WATCH);
    private final Ends ends;
    private final Order order;
    private Pacing pacing;
    private SipCallers watchers;

    /**
     * Who takes part.
     *
     * @param sentBy host name of the users' server
     * @param domain of the users
     * @param users how many there are, each in a conversation of its own
     * @param other who says everything back
     */
    public record Ends(String sentBy, String domain, int users, String other) {}

    /** Prepares both ends; opens nothing yet. */
    public EchoLoad(Ends ends) {
        this.ends = ends;
        order = new Order(ends.users());
    }

    /** Listens as the users' server, which answers every request with 200. */
    public void listen(int port, LoadTls tls) {
        // Its end is the end of the group.
        new SipSink(port, tls, group, LoadMessage.BODY_MARKER, this::arrived, presence);
    }

    private void arrived(int number) {
        order.arrived(number, System.nanoTime());
        pacing.arrived(number);
    }

    /** Connects to what is loaded. */
    public void call(int port, String serverName, LoadTls tls, int connections) {
        LoadMessage message = LoadMessage.ofUsers(ends.sentBy(), ends.domain(), ends.users(), ends.other());
        SipCallers writers = new SipCallers(
                loop,
                new SipLoad.Target(port, serverName, message),
                tls,
                (number, success) -> pacing.answered(number, success));
        writers.connect(connections);
        pacing = new Pacing(
                loop,
                DEADLINE,
                TransactionTable.ARRIVED | TransactionTable.ANSWERED,
                writers::send,
                writers::disconnects);
        LoadMessage subscription = LoadMessage.subscribe(ends.sentBy(), ends.domain(), ends.users(), ends.other());
        watchers = new SipCallers(loop, new SipLoad.Target(port, serverName, subscription), tls, (number, success) -> {
            if (success) {
                accepted.incrementAndGet();
            }
        });
        watchers.connect(1);
    }

    /** Lets users watch; returns when each sees the other one available. */
    public void watch(int count) {
        Pacing.on(loop, () -> {
            for (int i = 0; i < count; i++) {
                watchers.send(FIRST_WATCH + i);
            }
            return null;
        });
        Eventually.await(
                count + " watches to be accepted and shown",
                PATIENCE,
                () -> accepted.get() == count && available() == count);
    }

    private int available() {
        return Pacing.on(loop, presence::available);
    }

    /** Keeps so many messages under way for a time. */
    public LoadResult keep(int underWay, Duration time) {
        return pacing.keep(underWay, time);
    }

    /** Begins to send so many messages a second, whatever becomes of them. */
    public void start(double perSecond) {
        Pacing.on(loop, () -> {
            order.rest();
            return null;
        });
        pacing.start(perSecond);
    }

    /** Sends no more, and returns what became of the messages once the last has its outcome. */
    public LoadResult stop() {
        return pacing.stop();
    }

    /** Returns the longest time in which no message came back since this was asked last. */
    public Duration longestPause() {
        return Duration.ofNanos(Pacing.on(loop, () -> order.takeLongestPause(System.nanoTime())));
    }

    /** Returns what else was seen. */
    public Seen seen() {
        return Pacing.on(
                loop, () -> new Seen(order.violations(), presence.notified(), presence.flaps(), presence.available()));
    }

    /**
     * What is to be seen besides the outcomes of messages.
     *
     * @param outOfOrder messages that came back after a later one of the same conversation
     * @param notified how many NOTIFYs came
     * @param flaps how often somebody who was shown available was not any more
     * @param available how many watchers see the other one available now
     */
    public record Seen(long outOfOrder, long notified, long flaps, int available) {}

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
