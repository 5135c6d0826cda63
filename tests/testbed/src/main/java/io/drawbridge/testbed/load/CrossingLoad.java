// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed.load;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.handler.ssl.SslContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * Both ends of a gateway at once: sends messages on one side and sees them arrive on the other, by one clock. The sides are
 * a SIP server and an XMPP server, or a component where the gateway would be one. What crosses from one end to the other is
 * a way, with a name. One thread does it all.
 */
public final class CrossingLoad implements AutoCloseable {
    private static final Duration DEADLINE = SipLoad.DEADLINE;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final Map<String, Pacing> ways = new HashMap<>();
    private volatile Pacing pacing = way("nowhere", TransactionTable.ARRIVED, number -> {});
    private long disconnects;

    private Pacing way(String name, int whole, IntConsumer sender) {
        Pacing way = new Pacing(group.next(), DEADLINE, whole, sender, () -> disconnects);
        ways.put(name, way);
        return way;
    }

    /** Listens as a SIP server, which answers every request with 200. */
    public void listenSip(int port, LoadTls tls) {
        // Its end is the end of the group.
        new SipSink(port, tls, group, LoadMessage.BODY_MARKER, number -> pacing.arrived(number));
    }

    /** Listens as the XMPP server of a domain, for streams of another, over TLS with SASL EXTERNAL. */
    public void listenXmpp(int port, String own, String peer, LoadTls tls) {
        SslContext context = tls.server();
        StreamEnds.listen(group, port, () -> StreamScript.called(own, peer, context), this::established);
    }

    /** Makes a way that begins at a SIP server, over so many connections; a transaction ends when it is answered as well. */
    public void callSip(String way, SipLoad.Target target, LoadTls tls, int connections) {
        SipCallers callers =
                new SipCallers(group.next(), target, tls, (number, success) -> pacing.answered(number, success));
        callers.connect(connections);
        way(way, TransactionTable.ARRIVED | TransactionTable.ANSWERED, callers::send);
    }

    /** Makes a way that begins at the XMPP server of a domain, over one stream to the server of another domain. */
    public void callXmpp(
            String way, int port, String own, String peer, String serverName, LoadTls tls, LoadMessage message) {
        sendOn(way, port, StreamScript.calling(own, peer, serverName, tls.client()), message);
    }

    /** Makes a way that begins at a component of an XMPP server. */
    public void join(String way, int port, String domain, String secret, LoadMessage message) {
        sendOn(way, port, StreamScript.joining(domain, secret), message);
    }

    private void sendOn(String way, int port, StreamScript script, LoadMessage message) {
        Outlet outlet = StreamEnds.open(group, port, script, this::established);
        way(way, TransactionTable.ARRIVED, number -> message.write(number, outlet.next()));
    }

    private void established(Channel channel) {
        channel.pipeline().replace(StreamScript.class, "stanzas", new StanzaReader(new StanzaReader.Stanzas() {
            @Override
            public void arrived(int number) {
                pacing.arrived(number);
            }

            @Override
            public void returned(int number) {
                pacing.returned(number);
            }

            @Override
            public void ended() {
                disconnects++;
            }
        }));
    }

    /** As {@link SipLoad#keep}. */
    public LoadResult keep(String way, int underWay, Duration time) {
        pacing = ways.get(way);
        return pacing.keep(underWay, time);
    }

    /** As {@link SipLoad#offer}. */
    public LoadResult offer(String way, double perSecond, Duration time) {
        pacing = ways.get(way);
        return pacing.offer(perSecond, time);
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
