// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.msrp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Divides a stream into frames (RFC 4975 section 9). Holds one frame at most, of limited size and only for a limited time;
 * what is not MSRP ends the connection, since where the next frame begins cannot be known. Work per octet does not grow
 * with the frame.
 */
@SuppressWarnings("FutureReturnValueIgnored") // closing: nobody waits for it
public final class MsrpDecoder extends ByteToMessageDecoder {
    private static final Logger LOG = LoggerFactory.getLogger(MsrpDecoder.class);
    private static final int LONGEST_HEAD = 8192;
    private static final int LONGEST_START_LINE = 256;
    private static final int MOST_HEADERS = 50;
    private static final int SECONDS_FOR_A_FRAME = 30;
    private static final int ENDING = 3; // flag and line end
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.+%=-]{3,31}");
    private static final Pattern METHOD = Pattern.compile("[A-Z]{1,32}");
    private static final Pattern STATUS = Pattern.compile("\\d{3}( .*)?");
    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9!#$%&'*+.^_`|~-]{0,63}");
    private final int limit;
    private String transaction;
    private byte[] ending;
    private int scanned;
    private Future<?> timer;
    private boolean ended;

    /**
     * Decodes one connection.
     *
     * @param mostContent the most octets of content in one frame
     */
    public MsrpDecoder(int mostContent) {
        limit = mostContent + LONGEST_HEAD;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (ended) {
            in.skipBytes(in.readableBytes());
            return;
        }
        try {
            MsrpFrame frame = next(in);
            if (frame == null) {
                watch(ctx);
            } else {
                unwatch();
                out.add(frame);
            }
        } catch (MsrpSyntaxException malformed) {
            ended = true;
            in.skipBytes(in.readableBytes());
            LOG.debug("{} closed: {}", ctx.channel().remoteAddress(), malformed.getMessage());
            ctx.close();
        }
    }

    private void watch(ChannelHandlerContext ctx) {
        if (timer == null) {
            timer = ctx.executor().schedule(() -> ctx.close(), SECONDS_FOR_A_FRAME, TimeUnit.SECONDS);
        }
    }

    private void unwatch() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        unwatch();
    }

    private MsrpFrame next(ByteBuf in) throws MsrpSyntaxException {
        if (transaction == null && !readStart(in)) {
            return null;
        }
        int end = indexOf(in, ending, scanned);
        if (end < 0 || in.readableBytes() < end + ending.length + ENDING) {
            scanned = end < 0 ? Math.max(0, in.readableBytes() - ending.length + 1) : end;
            if (in.readableBytes() > limit) {
                throw new MsrpSyntaxException("too large a frame");
            }
            return null;
        }
        if (end > limit) {
            throw new MsrpSyntaxException("too large a frame");
        }
        int base = in.readerIndex();
        byte[] octets = ByteBufUtil.getBytes(in, base, end);
        int flag = in.getByte(base + end + ending.length);
        boolean lineEnds = in.getByte(base + end + ending.length + 1) == '\r'
                && in.getByte(base + end + ending.length + 2) == '\n';
        if (!lineEnds) {
            throw new MsrpSyntaxException("the end line goes on");
        }
        in.skipBytes(end + ending.length + ENDING);
        MsrpFrame frame = frame(octets, Continuation.of(flag));
        transaction = null;
        scanned = 0;
        return frame;
    }

    /** Reads of the start line who begins, since that is what the end line repeats. */
    private boolean readStart(ByteBuf in) throws MsrpSyntaxException {
        int end = in.bytesBefore((byte) '\n');
        if (end < 0 && in.readableBytes() <= LONGEST_START_LINE) {
            return false;
        }
        if (end < 0 || end > LONGEST_START_LINE) {
            throw new MsrpSyntaxException("too long a start line");
        }
        String[] words =
                in.toString(in.readerIndex(), end, StandardCharsets.UTF_8).split(" ", 3);
        if (words.length < 3
                || !words[0].equals("MSRP")
                || !IDENTIFIER.matcher(words[1]).matches()) {
            throw new MsrpSyntaxException("no start line");
        }
        transaction = words[1];
        ending = ("\r\n-------" + transaction).getBytes(StandardCharsets.US_ASCII);
        return true;
    }

    private static int indexOf(ByteBuf in, byte[] wanted, int from) {
        ByteBuf rest = in.slice(in.readerIndex() + from, in.readableBytes() - from);
        int found = ByteBufUtil.indexOf(Unpooled.wrappedBuffer(wanted), rest);
        return found < 0 ? found : found + from;
    }

    private MsrpFrame frame(byte[] octets, Continuation continuation) throws MsrpSyntaxException {
        ByteBuf all = Unpooled.wrappedBuffer(octets);
        int blank = indexOf(all, new byte[] {'\r', '\n', '\r', '\n'}, 0);
        int headLength = blank < 0 ? octets.length : blank;
        if (headLength > LONGEST_HEAD) {
            throw new MsrpSyntaxException("too long a head");
        }
        MsrpContent content =
                blank < 0 ? MsrpContent.NONE : new MsrpContent(Arrays.copyOfRange(octets, blank + 4, octets.length));
        String[] lines = new String(octets, 0, headLength, StandardCharsets.UTF_8).split("\r\n", MOST_HEADERS + 1);
        if (lines.length < 3 || lines.length > MOST_HEADERS) {
            throw new MsrpSyntaxException("too few or too many headers");
        }
        List<MsrpUri> toPath = MsrpUri.path(value(lines[1], "To-Path"));
        List<MsrpUri> fromPath = MsrpUri.path(value(lines[2], "From-Path"));
        String what = lines[0].split(" ", 3)[2];
        if (STATUS.matcher(what).matches()) {
            String comment = what.length() > 4 ? what.substring(4) : "";
            return new MsrpFrame.Response(
                    transaction, Integer.parseInt(what.substring(0, 3)), comment, toPath, fromPath);
        }
        if (!METHOD.matcher(what).matches()) {
            throw new MsrpSyntaxException("no method");
        }
        return new MsrpFrame.Request(transaction, what, toPath, fromPath, headers(lines), content, continuation);
    }

    /** Section 7: the paths come first, in this order. */
    private static String value(String line, String name) throws MsrpSyntaxException {
        if (!line.regionMatches(true, 0, name + ":", 0, name.length() + 1)) {
            throw new MsrpSyntaxException("no " + name + " in its place");
        }
        return line.substring(name.length() + 1);
    }

    private static Map<String, String> headers(String... lines) throws MsrpSyntaxException {
        TreeMap<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line : Arrays.asList(lines).subList(3, lines.length)) {
            int colon = line.indexOf(':');
            if (colon < 1 || !HEADER_NAME.matcher(line.substring(0, colon)).matches()) {
                throw new MsrpSyntaxException("no header");
            }
            headers.putIfAbsent(
                    line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return headers;
    }
}
