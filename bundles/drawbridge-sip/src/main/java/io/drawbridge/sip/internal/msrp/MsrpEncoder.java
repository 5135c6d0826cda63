// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.msrp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToByteEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes frames (RFC 4975 section 9); holds nothing. */
@Sharable
public final class MsrpEncoder extends MessageToByteEncoder<MsrpFrame> {
    private static final String CONTENT_TYPE = "content-type";

    @Override
    protected void encode(ChannelHandlerContext ctx, MsrpFrame frame, ByteBuf out) {
        out.writeBytes(bytes(frame));
    }

    /** Returns a frame as it is sent. */
    static byte[] bytes(MsrpFrame frame) {
        StringBuilder head = new StringBuilder(256)
                .append("MSRP ")
                .append(frame.transaction())
                .append(' ');
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        if (frame instanceof MsrpFrame.Request request) {
            paths(head.append(request.method()), frame);
            headers(head, request.headers());
            boolean withContent = request.headers().containsKey(CONTENT_TYPE);
            out.writeBytes(head.append(withContent ? "\r\n" : "").toString().getBytes(StandardCharsets.UTF_8));
            if (withContent) {
                out.writeBytes(request.content().octets());
                out.writeBytes(new byte[] {'\r', '\n'});
            }
            out.writeBytes(end(request.transaction(), request.continuation()));
        } else {
            MsrpFrame.Response response = (MsrpFrame.Response) frame;
            head.append(response.status());
            if (!response.comment().isEmpty()) {
                head.append(' ').append(line(response.comment()));
            }
            paths(head, frame);
            out.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
            out.writeBytes(end(response.transaction(), Continuation.COMPLETE));
        }
        return out.toByteArray();
    }

    private static void paths(StringBuilder head, MsrpFrame frame) {
        head.append("\r\nTo-Path: ").append(path(frame.toPath()));
        head.append("\r\nFrom-Path: ").append(path(frame.fromPath())).append("\r\n");
    }

    private static String path(List<MsrpUri> hops) {
        return hops.stream().map(MsrpUri::toString).collect(Collectors.joining(" "));
    }

    /** Headers of MIME come last, and Content-Type as the very last. */
    private static void headers(StringBuilder head, Map<String, String> headers) {
        headers.forEach((name, value) -> append(head, name, value, !isMime(name)));
        headers.forEach(
                (name, value) -> append(head, name, value, isMime(name) && !name.equalsIgnoreCase(CONTENT_TYPE)));
        headers.forEach((name, value) -> append(head, name, value, name.equalsIgnoreCase(CONTENT_TYPE)));
    }

    private static boolean isMime(String name) {
        return name.toLowerCase(Locale.ROOT).startsWith("content-");
    }

    private static void append(StringBuilder head, String name, String value, boolean now) {
        if (now) {
            head.append(name).append(": ").append(line(value)).append("\r\n");
        }
    }

    private static String line(String value) {
        return value.replaceAll("[\r\n]+", " ");
    }

    private static byte[] end(String transaction, Continuation continuation) {
        return ("-------" + transaction + continuation.flag() + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }
}
