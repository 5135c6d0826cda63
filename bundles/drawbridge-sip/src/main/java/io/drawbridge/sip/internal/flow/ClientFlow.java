// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.flow;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.Side;
import io.drawbridge.api.sip.SipElement;
import io.drawbridge.api.sip.SipFlow;
import io.drawbridge.net.connection.Connection;
import io.drawbridge.sip.internal.codec.KeepAlive;
import io.drawbridge.sip.internal.codec.MalformedRequest;
import io.drawbridge.sip.internal.codec.MalformedResponse;
import io.drawbridge.sip.internal.codec.SipMessage;
import io.drawbridge.sip.internal.codec.SipReply;
import io.drawbridge.sip.internal.codec.SipRequest;
import io.drawbridge.sip.internal.codec.SipResponse;
import io.drawbridge.sip.internal.codec.StreamFault;
import io.drawbridge.sip.internal.relay.RelayCounters;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A user's client on its TLS connection: whole messages go to the home and come from it. Counts, in both directions, the
 * requests that still wait for a final answer, so that the connection is not closed under one.
 */
final class ClientFlow extends ChannelInboundHandlerAdapter implements SipFlow {
    private static final Logger LOG = LoggerFactory.getLogger(ClientFlow.class);
    private static final byte[] PONG = {'\r', '\n'};
    private static final int LONGEST_START = 16;
    private static final int STATUS_AT = "SIP/2.0 ".length();

    private final Connection connection;
    private final Channel channel;
    private final SipElement element;
    private final RelayCounters counters;
    private final AtomicInteger unanswered = new AtomicInteger();
    private volatile boolean draining;

    ClientFlow(Connection connection, SipElement element, RelayCounters counters) {
        this.connection = connection;
        this.channel = connection.channel();
        this.element = element;
        this.counters = counters;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        element.opened(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
        if (draining && frame instanceof SipRequest request && request.method().isAnswered()) {
            refuse(context, request);
        } else if (frame instanceof SipMessage message) {
            count(message);
            element.received(this, message.raw().toBytes());
        } else if (frame == KeepAlive.PING) {
            context.write(Unpooled.wrappedBuffer(PONG), context.voidPromise());
        } else if (frame instanceof MalformedRequest malformed) {
            counters.malformedRequest(malformed.problem());
            refuse(context, malformed);
        } else if (frame instanceof MalformedResponse malformed) {
            counters.malformedResponse(malformed.problem());
        } else if (frame instanceof StreamFault fault) {
            counters.fault(fault);
            LOG.info("{}: the connection ends: {}", id(), fault);
        }
    }

    private void refuse(ChannelHandlerContext context, MalformedRequest malformed) {
        LOG.info("{}: a malformed request: {}", id(), malformed.problem());
        if (malformed.isAnswerable()) {
            ByteBuf answer = context.alloc().buffer();
            SipReply.to(malformed).markTopVia(remote()).writeTo(answer);
            context.write(answer, context.voidPromise());
        }
    }

    private void refuse(ChannelHandlerContext context, SipRequest request) {
        ByteBuf answer = context.alloc().buffer();
        SipReply.to(request, 503, "Service Unavailable")
                .markTopVia(remote())
                .toTag("drain")
                .writeTo(answer);
        context.write(answer, context.voidPromise());
    }

    private void count(SipMessage received) {
        if (received instanceof SipRequest request && request.method().isAnswered()) {
            unanswered.incrementAndGet();
        } else if (received instanceof SipResponse response && response.status() >= 200) {
            answered();
        }
    }

    private void count(byte[] sent) {
        String start = new String(sent, 0, Math.min(sent.length, LONGEST_START), StandardCharsets.ISO_8859_1);
        if (!start.startsWith("SIP/2.0 ")) {
            if (!start.startsWith("ACK ") && !start.startsWith("BENOTIFY ")) {
                unanswered.incrementAndGet();
            }
        } else if (start.length() > STATUS_AT && start.charAt(STATUS_AT) >= '2') {
            answered();
        }
    }

    /** A 2xx may be repeated (RFC 3261 section 13.3.1.4), so the count stays at zero. */
    private void answered() {
        unanswered.updateAndGet(count -> Math.max(0, count - 1));
    }

    /** Takes no new request from now on. */
    void drain() {
        draining = true;
    }

    /** Returns whether nobody waits for an answer on this connection. */
    boolean isSettled() {
        return unanswered.get() == 0 || !channel.isActive();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        channel.config().setAutoRead(channel.isWritable());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        element.closed(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("{}: the connection failed: {}", id(), cause.toString());
        context.close();
    }

    @Override
    public boolean send(byte[] message) {
        if (!channel.isActive() || !channel.isWritable()) {
            return false;
        }
        count(message);
        channel.writeAndFlush(Unpooled.wrappedBuffer(message), channel.voidPromise());
        return true;
    }

    @Override
    public void close() {
        channel.close();
    }

    @Override
    public String id() {
        return connection.id();
    }

    @Override
    public Kind kind() {
        return Kind.CLIENT;
    }

    @Override
    public Side side() {
        return connection.side();
    }

    @Override
    public HostPort local() {
        return connection.announced();
    }

    @Override
    public HostPort remote() {
        return connection.remote();
    }
}
