// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the presence stanzas of a stream. It reads what a correct server writes and no more. */
final class PresenceReader extends ChannelInboundHandlerAdapter {
    private static final Pattern PRESENCE =
            Pattern.compile("<presence\\b([^>]*)(?:/>|(?<!/)>.*?</presence>)", Pattern.DOTALL);
    private static final Pattern FROM = Pattern.compile("\\bfrom=['\"]([^'\"]*)['\"]");
    private static final Pattern TYPE = Pattern.compile("\\btype=['\"]([^'\"]*)['\"]");

    private final BiConsumer<String, String> stanzas;
    private final StringBuilder heard = new StringBuilder();

    /** Hands sender and type of each to {@code stanzas}, on the loop. */
    PresenceReader(BiConsumer<String, String> stanzas) {
        this.stanzas = stanzas;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf arrived = (ByteBuf) message;
        heard.append(arrived.toString(StandardCharsets.UTF_8));
        arrived.release();
        Matcher presence = PRESENCE.matcher(heard);
        int end = 0;
        while (presence.find()) {
            String attributes = presence.group(1);
            stanzas.accept(value(FROM, attributes), value(TYPE, attributes));
            end = presence.end();
        }
        heard.delete(0, end);
    }

    private static String value(Pattern attribute, String attributes) {
        Matcher found = attribute.matcher(attributes);
        return found.find() ? found.group(1) : "";
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
