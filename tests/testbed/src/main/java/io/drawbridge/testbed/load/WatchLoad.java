// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed.load;

import io.drawbridge.testbed.Eventually;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Both ends of watches through a gateway: many users of a SIP server subscribe to the presence of one person of an XMPP
 * domain, who agrees and then changes it. One thread does it all.
 */
public final class WatchLoad implements AutoCloseable {
    private static final int UNDER_WAY = 50;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final String person;
    private final String watchers;
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger notified = new AtomicInteger();
    private SipCallers callers;
    private Outlet stream;
    private Runnable next = () -> {};
    private int sent;
    private int shown;
    private int wanted;

    /**
     * Prepares both ends; opens nothing yet.
     *
     * @param person bare address of who is watched
     * @param watchers domain of who watches
     */
    public WatchLoad(String person, String watchers) {
        this.person = person;
        this.watchers = watchers;
    }

    /** Listens as the SIP server of the watchers. */
    public void listenSip(int port, LoadTls tls) {
        // Its end is the end of the group.
        new SipSink(port, tls, group, LoadMessage.CALL_ID_MARKER, number -> {
            notified.incrementAndGet();
            next.run();
        });
    }

    /** Listens as the XMPP server of the person, who agrees to everything. */
    public void listenXmpp(int port, LoadTls tls) {
        StreamEnds.listen(
                group, port, () -> StreamScript.called(domain(), watchers, tls.server()), channel -> channel.pipeline()
                        .replace(StreamScript.class, "stanzas", new PresenceReader(this::asked)));
    }

    private String domain() {
        return person.substring(person.indexOf('@') + 1);
    }

    /** Connects both ends to the gateway. */
    public void connect(SipLoad.Target sip, LoadTls sipTls, int xmppPort, String xmppName, LoadTls xmppTls) {
        callers = new SipCallers(loop, sip, sipTls, this::answered);
        callers.connect(4);
        stream = StreamEnds.open(
                group,
                xmppPort,
                StreamScript.calling(domain(), watchers, xmppName, xmppTls.client()),
                channel -> channel.pipeline()
                        .replace(StreamScript.class, "stanzas", new PresenceReader((from, type) -> {})));
    }

    private void asked(String watcher, String type) {
        if (type.equals("subscribe")) {
            say("<presence from='" + person + "' to='" + watcher + "' type='subscribed'/>");
        }
        if (type.equals("subscribe") || type.equals("probe")) {
            show(watcher, "chat");
        }
    }

    private void show(String watcher, String show) {
        say("<presence from='" + person + "/desk' to='" + watcher + "'><show>" + show + "</show></presence>");
    }

    private void say(String xml) {
        stream.next().writeBytes(xml.getBytes(StandardCharsets.UTF_8));
    }

    private void answered(int number, boolean success) {
        (success ? accepted : refused).incrementAndGet();
        subscribe();
    }

    private void subscribe() {
        if (sent < wanted) {
            callers.send(sent++);
        }
    }

    /** Lets further users watch; returns when each has been shown the person's presence, and how many NOTIFYs that took. */
    public int watch(int more) {
        int before = notified.get();
        Pacing.on(loop, () -> {
            wanted += more;
            for (int i = 0; i < UNDER_WAY; i++) {
                subscribe();
            }
            return null;
        });
        awaitNotified(before + more);
        if (refused.get() > 0) {
            throw new IllegalStateException(refused.get() + " watches were refused");
        }
        return notified.get() - before;
    }

    /** Lets the person show something else to every watcher, and returns when all have seen it. */
    public void change(String show) {
        int before = notified.get();
        Pacing.on(loop, () -> {
            shown = 0;
            next = () -> {
                if (shown < wanted) {
                    show("u%06d@%s".formatted(shown++, watchers), show);
                }
            };
            for (int i = 0; i < UNDER_WAY; i++) {
                next.run();
            }
            return null;
        });
        awaitNotified(before + wanted);
    }

    private void awaitNotified(int number) {
        Eventually.await(number + " notifications", PATIENCE, () -> notified.get() >= number);
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
