// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.PeerIdentity;
import io.drawbridge.api.policy.EdgeSettings;
import io.drawbridge.net.connection.Connection;
import io.drawbridge.sip.internal.codec.KeepAlive;
import io.drawbridge.sip.internal.codec.SipFrame;
import io.drawbridge.sip.internal.codec.StreamFault;
import io.drawbridge.sip.internal.relay.RelayCounters.Count;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A peer's TLS connection as a hop of the relay. Writes of one turn of its loop leave together. It reads no more while
 * its peer has too much under way or does not take its answers.
 */
final class PeerConnection extends Hop {
    private static final Logger LOG = LoggerFactory.getLogger(PeerConnection.class);
    private static final AttributeKey<PeerConnection> SELF = AttributeKey.valueOf(PeerConnection.class, "self");
    private static final byte[] PONG = {'\r', '\n'};

    private final Connection connection;
    private final Channel channel;
    private final Relay relay;
    private final Runnable flush = this::flush;
    private boolean flushPending;
    private boolean tooMuchUnderWay;
    private long lastRead;
    private Probe probe;
    private EdgeSettings checkedAgainst;

    PeerConnection(Connection connection, Relay relay) {
        super(relay, connection.channel().eventLoop(), connection.side());
        this.connection = connection;
        this.channel = connection.channel();
        this.relay = relay;
        this.lastRead = now();
        channel.attr(SELF).set(this);
    }

    /** Returns the hop of a connection that was handed to the relay before. */
    static PeerConnection of(Connection connection) {
        return connection.channel().attr(SELF).get();
    }

    ChannelInboundHandler handler() {
        return new Handler();
    }

    Connection connection() {
        return connection;
    }

    /** Returns whether these settings are in force since its last request. Called on the loop. */
    boolean isNewTo(EdgeSettings edge) {
        boolean changed = !edge.equals(checkedAgainst);
        checkedAgainst = edge;
        return changed;
    }

    @Override
    public String name() {
        return connection.peerName();
    }

    @Override
    public HostPort announced() {
        return connection.announced();
    }

    @Override
    public HostPort remote() {
        return connection.remote();
    }

    @Override
    public Optional<PeerIdentity> peer() {
        return connection.peer();
    }

    @Override
    public boolean isOpen() {
        return channel.isActive();
    }

    @Override
    public boolean isWritable() {
        return channel.isWritable();
    }

    @Override
    public ByteBuf buffer(int size) {
        return channel.alloc().buffer(size);
    }

    @Override
    public void write(ByteBuf message, Asker sent) {
        if (sent == null) {
            channel.write(message, channel.voidPromise());
        } else {
            channel.write(message).addListener(sent);
        }
        if (!flushPending) {
            flushPending = true;
            loop.executor.execute(flush);
        } else if (isHalfFull()) {
            channel.flush();
        }
    }

    /** A peer is slow if it does not read, and not because much is written in one turn. */
    private boolean isHalfFull() {
        return channel.bytesBeforeUnwritable() < channel.config().getWriteBufferLowWaterMark();
    }

    private void flush() {
        flushPending = false;
        channel.flush();
    }

    @Override
    protected void pause(boolean paused) {
        tooMuchUnderWay = paused;
        read();
    }

    private void read() {
        channel.config().setAutoRead(!tooMuchUnderWay && channel.isWritable());
    }

    /** Looks after the connection while nothing comes from it: once in a keep-alive interval. */
    void keepAlive() {
        if (!channel.isActive()) {
            return;
        }
        long interval = relay.settings().keepAlive().toNanos();
        long idle = now() - lastRead;
        if (idle >= interval) {
            suspect();
        }
        long next = idle >= interval ? interval : interval - idle;
        loop.executor.schedule(this::keepAlive, next, TimeUnit.NANOSECONDS);
    }

    @Override
    protected void suspect() {
        if (probe != null || !channel.isActive() || !channel.config().isAutoRead()) {
            return;
        }
        probe = new Probe(this);
        long begun = now();
        probe.send();
        long answerTime = relay.settings().keepAliveAnswer().toNanos();
        loop.executor.schedule(() -> judge(begun), answerTime, TimeUnit.NANOSECONDS);
    }

    /** Whatever came since the probe was sent shows that the peer lives. */
    private void judge(long begun) {
        probe.end();
        probe = null;
        if (channel.isActive() && lastRead - begun < 0) {
            relay.counters().add(Count.CONNECTION_SILENT);
            LOG.warn("{}: closing the connection: no sign of life", name());
            if (!connection.accepted()) {
                relay.avoid(connection);
            }
            channel.close();
        }
    }

    void close() {
        channel.close();
    }

    private long now() {
        return loop.executor.ticker().nanoTime();
    }

    /** The end of the channel's pipeline. */
    private final class Handler extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            lastRead = now();
            if (message == KeepAlive.PING) {
                write(context.alloc().buffer(PONG.length).writeBytes(PONG), null);
            } else if (message instanceof StreamFault fault) {
                relay.counters().fault(fault);
                LOG.warn("{}: the connection ends: {}", name(), fault);
            } else {
                relay.received(PeerConnection.this, (SipFrame) message);
            }
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            if (!channel.isWritable()) {
                relay.counters().add(Count.LIMIT_WRITE_BUFFER);
            }
            read();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            relay.closed(PeerConnection.this);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            LOG.debug("{}: the connection failed: {}", name(), cause.toString());
            context.close();
        }
    }
}
