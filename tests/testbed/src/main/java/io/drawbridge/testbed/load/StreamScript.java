// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a stream begins, one step after the other: each waits for what the other end says and answers it. When it is through,
 * what comes on the stream is its owner's matter.
 */
final class StreamScript extends ChannelInboundHandlerAdapter {
    private static final String STREAM_NAMESPACE = "http://etherx.jabber.org/streams";
    private static final String TLS_NAMESPACE = "urn:ietf:params:xml:ns:xmpp-tls";
    private static final String SASL_NAMESPACE = "urn:ietf:params:xml:ns:xmpp-sasl";
    private static final Pattern HEADER = Pattern.compile("<stream:stream[^>]*>");
    private static final Pattern HEADER_ID = Pattern.compile("<stream:stream[^>]*\\sid=['\"]([^'\"]+)['\"][^>]*>");
    private static final Pattern FEATURES = Pattern.compile("</stream:features>|<stream:features/>");
    private static final Pattern START_TLS = Pattern.compile("<starttls[^>]*>");
    private static final Pattern PROCEED = Pattern.compile("<proceed[^>]*>");
    private static final Pattern AUTH = Pattern.compile("<auth[^>]*/>|</auth>");
    private static final Pattern SUCCESS = Pattern.compile("<success[^>]*>");
    private static final Pattern HANDSHAKE = Pattern.compile("<handshake[^>]*>");

    private final Queue<Step> steps = new ArrayDeque<>();
    private final StringBuilder heard = new StringBuilder();
    private final CompletableFuture<Channel> through = new CompletableFuture<>();
    private String firstWords = "";

    private record Step(Pattern awaited, BiConsumer<ChannelHandlerContext, Matcher> answer) {}

    private StreamScript() {}

    /** The script of a server that opens a stream for stanzas of {@code own} to {@code peer}. */
    static StreamScript calling(String own, String peer, String serverName, SslContext tls) {
        StreamScript script = new StreamScript();
        String header = header("jabber:server", own, peer);
        script.firstWords = header;
        script.on(FEATURES, (context, any) -> say(context, "<starttls xmlns='" + TLS_NAMESPACE + "'/>"))
                .on(PROCEED, (context, any) -> {
                    SslHandler handler = tls.newHandler(context.alloc(), serverName, 0);
                    context.pipeline().addFirst(handler);
                    handler.handshakeFuture().addListener((Future<Object> shaken) -> say(context, header));
                })
                .on(
                        FEATURES,
                        (context, any) ->
                                say(context, "<auth xmlns='" + SASL_NAMESPACE + "' mechanism='EXTERNAL'>=</auth>"))
                .on(SUCCESS, (context, any) -> say(context, header))
                .on(FEATURES, (context, any) -> script.through.complete(context.channel()));
        return script;
    }

    /** The script of a server that takes a stream for stanzas of {@code peer} to {@code own}. */
    static StreamScript called(String own, String peer, SslContext tls) {
        StreamScript script = new StreamScript();
        String header = header("jabber:server", own, peer).replace(" to=", " id='load' to=");
        script.on(
                        HEADER,
                        (context, any) -> say(context, header + features("<starttls xmlns='" + TLS_NAMESPACE + "'/>")))
                .on(START_TLS, (context, any) -> {
                    say(context, "<proceed xmlns='" + TLS_NAMESPACE + "'/>");
                    context.pipeline().addFirst(tls.newHandler(context.alloc()));
                })
                .on(
                        HEADER,
                        (context, any) -> say(
                                context,
                                header
                                        + features("<mechanisms xmlns='" + SASL_NAMESPACE
                                                + "'><mechanism>EXTERNAL</mechanism></mechanisms>")))
                .on(AUTH, (context, any) -> say(context, "<success xmlns='" + SASL_NAMESPACE + "'/>"))
                .on(HEADER, (context, any) -> {
                    say(context, header + features(""));
                    script.through.complete(context.channel());
                });
        return script;
    }

    /** The script of a component (XEP-0114). */
    static StreamScript joining(String domain, String secret) {
        StreamScript script = new StreamScript();
        script.firstWords = "<stream:stream xmlns='jabber:component:accept' xmlns:stream='" + STREAM_NAMESPACE
                + "' to='" + domain + "'>";
        script.on(HEADER_ID, (context, id) -> say(context, "<handshake>" + sha1(id.group(1) + secret) + "</handshake>"))
                .on(HANDSHAKE, (context, any) -> script.through.complete(context.channel()));
        return script;
    }

    private static String header(String namespace, String from, String to) {
        return "<?xml version='1.0'?><stream:stream xmlns='" + namespace + "' xmlns:stream='" + STREAM_NAMESPACE
                + "' from='" + from + "' to='" + to + "' version='1.0'>";
    }

    private static String features(String offered) {
        return "<stream:features>" + offered + "</stream:features>";
    }

    private static String sha1(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private StreamScript on(Pattern awaited, BiConsumer<ChannelHandlerContext, Matcher> answer) {
        steps.add(new Step(awaited, answer));
        return this;
    }

    private static void say(ChannelHandlerContext context, String words) {
        // By the channel: what secures it was put before this handler meanwhile.
        context.channel().writeAndFlush(Unpooled.copiedBuffer(words, StandardCharsets.UTF_8));
    }

    /** Completes on the loop when stanzas may pass. */
    CompletableFuture<Channel> through() {
        return through;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (!firstWords.isEmpty()) {
            say(context, firstWords);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf arrived = (ByteBuf) message;
        heard.append(arrived.toString(StandardCharsets.UTF_8));
        arrived.release();
        while (!steps.isEmpty()) {
            Matcher matcher = steps.element().awaited().matcher(heard);
            if (!matcher.find()) {
                return;
            }
            steps.remove().answer().accept(context, matcher);
            heard.delete(0, matcher.end());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        through.completeExceptionally(new IllegalStateException(
                "the stream ended while waiting for " + steps.element().awaited() + ", last heard: " + heard));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        through.completeExceptionally(cause);
        context.close();
    }
}
