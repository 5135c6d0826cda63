// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.flow;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.sip.SipElement;
import io.drawbridge.api.sip.SipFlow;
import io.drawbridge.net.connection.Connection;
import io.drawbridge.sip.internal.codec.KeepAlive;
import io.drawbridge.sip.internal.codec.MalformedRequest;
import io.drawbridge.sip.internal.codec.SipMessage;
import io.drawbridge.sip.internal.codec.SipReply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A user's client on its TLS connection: whole messages go to the home and come from it. */
final class ClientFlow extends ChannelInboundHandlerAdapter implements SipFlow {
    private static final Logger LOG = LoggerFactory.getLogger(ClientFlow.class);
    private static final byte[] PONG = {'\r', '\n'};

    private final Connection connection;
    private final Channel channel;
    private final SipElement element;

    ClientFlow(Connection connection, SipElement element) {
        this.connection = connection;
        this.channel = connection.channel();
        this.element = element;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        element.opened(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
        if (frame instanceof SipMessage message) {
            element.received(this, message.raw().toBytes());
        } else if (frame == KeepAlive.PING) {
            context.write(Unpooled.wrappedBuffer(PONG), context.voidPromise());
        } else if (frame instanceof MalformedRequest malformed && malformed.isAnswerable()) {
            ByteBuf answer = context.alloc().buffer();
            SipReply.to(malformed).markTopVia(remote()).writeTo(answer);
            context.write(answer, context.voidPromise());
        }
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
    public HostPort local() {
        return connection.announced();
    }

    @Override
    public HostPort remote() {
        return connection.remote();
    }
}
