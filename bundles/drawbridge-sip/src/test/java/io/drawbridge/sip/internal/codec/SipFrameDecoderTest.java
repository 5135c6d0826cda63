// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.codec;

import static io.drawbridge.sip.internal.codec.Messages.MESSAGE;
import static io.drawbridge.sip.internal.codec.Messages.OK;
import static io.drawbridge.sip.internal.codec.Messages.octets;
import static io.drawbridge.sip.internal.codec.Messages.wire;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SipFrameDecoderTest {
    private static final SipLimits SMALL =
            new SipLimits(100, 200, 12, 1000, 3, 500, 300, SipLimits.DEFAULT.completion(), 4);

    private final MockTicker ticker = Ticker.newMockTicker();
    private EmbeddedChannel channel = channel(SipLimits.DEFAULT);

    private EmbeddedChannel channel(SipLimits limits) {
        return EmbeddedChannel.builder()
                .ticker(ticker)
                .handlers(new SipFrameDecoder(limits))
                .build();
    }

    @AfterEach
    void finish() {
        channel.finishAndReleaseAll();
    }

    private List<SipFrame> read(byte[]... pieces) {
        for (byte[] piece : pieces) {
            channel.writeInbound(Unpooled.wrappedBuffer(piece));
        }
        List<SipFrame> frames = new ArrayList<>();
        for (SipFrame frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
            frames.add(frame);
        }
        return frames;
    }

    private List<SipFrame> read(String text) {
        return read(octets(text));
    }

    private void pass(long time, TimeUnit unit) {
        ticker.advance(time, unit);
        channel.runScheduledPendingTasks();
        channel.runPendingTasks();
    }

    private static String with(String header) {
        return MESSAGE.replace("Supported: ms-sender\n", header + "\n");
    }

    private static String withLength(String line) {
        return MESSAGE.replace("Content-Length: 13\n", line);
    }

    private void assertRefused(List<SipFrame> frames, int status, boolean last) {
        assertThat(frames).hasSize(1);
        assertThat(frames.get(0)).isInstanceOfSatisfying(MalformedRequest.class, request -> {
            assertThat(request.problem().status()).isEqualTo(status);
            assertThat(request.last()).isEqualTo(last);
            assertThat(request.isAnswerable()).isTrue();
        });
        assertThat(channel.isOpen()).isEqualTo(!last);
    }

    @Test
    void aMessageIsFoundWhereverTheStreamIsCut() {
        byte[] message = octets(MESSAGE);
        for (int cut = 1; cut < message.length; cut++) {
            byte[] head = Arrays.copyOf(message, cut);
            byte[] tail = Arrays.copyOfRange(message, cut, message.length);
            List<SipFrame> frames = read(head, tail);
            assertThat(frames).hasSize(1);
            assertThat(((SipRequest) frames.get(0)).raw().toBytes()).isEqualTo(message);
        }
    }

    @Test
    void aMessageIsFoundOctetByOctet() {
        byte[] message = octets(MESSAGE);
        byte[][] pieces = IntStream.range(0, message.length)
                .mapToObj(i -> new byte[] {message[i]})
                .toArray(byte[][]::new);
        assertThat(read(pieces)).singleElement().isInstanceOf(SipRequest.class);
    }

    @Test
    void pipelinedMessagesComeOutOneByOneAndInOrder() {
        List<SipFrame> frames = read(MESSAGE + OK + "\n\n" + MESSAGE);
        assertThat(frames).hasSize(4);
        assertThat(frames.get(0)).isInstanceOf(SipRequest.class);
        assertThat(frames.get(1)).isInstanceOf(SipResponse.class);
        assertThat(frames.get(2)).isEqualTo(KeepAlive.PING);
        assertThat(frames.get(3)).isInstanceOf(SipRequest.class);
    }

    /** RFC 3261 section 7.5: "Implementations processing SIP messages over stream-oriented transports MUST ignore any CRLF". */
    @Test
    void oneLineEndBeforeAStartLineIsNoKeepAlive() {
        assertThat(read("\n" + MESSAGE)).singleElement().isInstanceOf(SipRequest.class);
    }

    /** RFC 5626 section 3.5.1: ping is a double, pong a single CRLF. */
    @Test
    void pingAndPongAreTold() {
        assertThat(read("\n\n")).containsExactly(KeepAlive.PING);
        assertThat(read("\n\n\n\n")).containsExactly(KeepAlive.PING, KeepAlive.PING);
        assertThat(read("\n")).containsExactly(KeepAlive.PONG);
        pass(95, TimeUnit.SECONDS);
        assertThat(read("\n")).containsExactly(KeepAlive.PONG);
    }

    @Test
    void aPingIsFoundWhereverItIsCut() {
        byte[] ping = octets("\n\n");
        for (int cut = 1; cut < ping.length; cut++) {
            byte[] head = Arrays.copyOf(ping, cut);
            byte[] tail = Arrays.copyOfRange(ping, cut, ping.length);
            assertThat(read(head, tail)).endsWith(KeepAlive.PING);
            pass(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void tooManyKeepAlivesInAMinuteCloseTheConnection() {
        channel = channel(SMALL);
        assertThat(read("\n\n".repeat(4))).hasSize(4);
        pass(61, TimeUnit.SECONDS);
        assertThat(read("\n\n".repeat(4))).hasSize(4);
        assertThat(channel.isOpen()).isTrue();
        assertThat(read("\n\n")).containsExactly(StreamFault.TOO_MANY_KEEP_ALIVES);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void messagesBetweenThemMakeKeepAlivesHarmless() {
        channel = channel(SMALL);
        for (int i = 0; i < 20; i++) {
            assertThat(read("\n\n" + minimal("Content-Length: 0\n"))).hasSize(2);
        }
    }

    @Test
    void aMessageThatIsNotCompletedInTimeClosesTheConnection() {
        byte[] message = octets(MESSAGE);
        assertThat(read(Arrays.copyOf(message, 40))).isEmpty();
        pass(29, TimeUnit.SECONDS);
        assertThat(read(Arrays.copyOfRange(message, 40, 50))).isEmpty();
        assertThat(channel.isOpen()).isTrue();
        pass(2, TimeUnit.SECONDS);
        assertThat(read()).containsExactly(StreamFault.INCOMPLETE_TOO_LONG);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void theTimeToCompleteStartsAnewWithEachMessage() {
        byte[] message = octets(MESSAGE);
        byte[] head = Arrays.copyOf(message, 300);
        byte[] tail = Arrays.copyOfRange(message, 300, message.length);
        for (int i = 0; i < 10; i++) {
            assertThat(read(head)).isEmpty();
            pass(20, TimeUnit.SECONDS);
            assertThat(read(tail)).hasSize(1);
        }
    }

    @Test
    void anIdleConnectionIsLeftAlone() {
        read(Arrays.copyOf(octets(MESSAGE), 40), Arrays.copyOfRange(octets(MESSAGE), 40, octets(MESSAGE).length));
        pass(1, TimeUnit.HOURS);
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void aPeerIsNotBlamedForTheTimeItsConnectionIsNotRead() {
        read(Arrays.copyOf(octets(MESSAGE), 40));
        channel.config().setAutoRead(false);
        pass(31, TimeUnit.SECONDS);
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void contentLengthMayBeCompactFoldedAndInAnyCase() {
        for (String line : List.of("l:13\n", "L : 0013\n", "cONTENT-lENGTH:\n  13\n", "Content-Length\t:13  \n")) {
            assertThat(read(withLength(line))).as(line).singleElement().isInstanceOf(SipRequest.class);
        }
    }

    /** RFC 3261 section 18.3: "The Content-Length header field MUST be used with stream oriented transports." */
    @Test
    void withoutContentLengthTheStreamEnds() {
        assertRefused(read(withLength("")), 400, true);
    }

    @Test
    void withAnUnusableContentLengthTheStreamEnds() {
        for (String value : List.of("-1", "+1", "", "12x", "0x10", "1 3", "13, 13", "9".repeat(40))) {
            channel = channel(SipLimits.DEFAULT);
            assertRefused(read(withLength("Content-Length: " + value + "\n")), 400, true);
        }
    }

    @Test
    void withConflictingContentLengthsTheStreamEnds() {
        assertRefused(read(withLength("Content-Length: 13\nl: 12\n")), 400, true);
    }

    @Test
    void aRepeatedContentLengthIsRefusedButTheStreamGoesOn() {
        assertRefused(read(withLength("Content-Length: 13\nl: 13\n")), 400, false);
        assertThat(read(MESSAGE)).singleElement().isInstanceOf(SipRequest.class);
    }

    @Test
    void bodiesOverTheirLimitAreRefusedBeforeTheyArrive() {
        assertRefused(read(withLength("Content-Length: 65537\n")), 413, true);
        channel = channel(SipLimits.DEFAULT);
        String invite = withLength("Content-Length: 262145\n").replace("MESSAGE", "INVITE");
        assertRefused(read(invite), 413, true);
        channel = channel(SipLimits.DEFAULT);
        assertRefused(read(withLength("Content-Length: 99999999999999\n")), 413, true);
    }

    @Test
    void bodiesAtTheirLimitPass() {
        String body = "x".repeat(64 << 10);
        assertThat(read(withLength("Content-Length: 65536\n").replace("Hello, world!", body)))
                .singleElement()
                .isInstanceOf(SipRequest.class);
        assertThat(read(withLength("Content-Length: 262144\n")
                        .replace("MESSAGE", "INVITE")
                        .replace("Hello, world!", body.repeat(4))))
                .singleElement()
                .isInstanceOf(SipRequest.class);
    }

    @Test
    void aHeadOverItsLimitEndsTheStream() {
        String lines = IntStream.range(0, 7)
                .mapToObj(i -> "X-Filler: " + "x".repeat(10_000))
                .collect(Collectors.joining("\n"));
        assertRefused(read(with(lines)), 513, true);
    }

    @Test
    void aHeadOverItsLimitWithoutALineEndEndsTheStream() {
        assertThat(read("x".repeat(70_000))).containsExactly(StreamFault.NOT_SIP);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void linesAndCountsOverTheirLimitAreRefusedButTheStreamGoesOn() {
        assertRefused(read(MESSAGE.replace("bob@partner", "b".repeat(4096) + "@partner")), 414, false);
        assertRefused(read(with("X-Long: " + "x".repeat(16 << 10))), 400, false);
        assertRefused(read(with("X: y\n".repeat(260).strip())), 400, false);
        assertRefused(
                read(with("Via: SIP/2.0/TLS v.example;branch=z9hG4bK1\n"
                        .repeat(70)
                        .strip())),
                483,
                false);
        assertThat(read(MESSAGE)).singleElement().isInstanceOf(SipRequest.class);
    }

    @Test
    void bareLineFeedsAndReturnsAreRefusedButTheStreamGoesOn() {
        String message = wire(MESSAGE);
        for (String malformed : List.of(
                message.replace("MESSAGE\r\nSupported", "MESSAGE\nSupported"),
                message.replace("ms-sender", "ms\nRoute: <sip:evil.example>"),
                message.replace("ms-sender", "ms\rsender"),
                message.replace("ms-sender\r\n", "ms-sender\r\r\n"))) {
            assertRefused(read(malformed.getBytes(StandardCharsets.UTF_8)), 400, false);
        }
        assertThat(read(MESSAGE)).singleElement().isInstanceOf(SipRequest.class);
    }

    @Test
    void whatIsNotSipClosesTheConnection() {
        for (String text : List.of("GET / HTTP/1.1\nHost: a.example\n\n", "\u0016\u0003\u0001\n\n", "x\n\n")) {
            channel = channel(SipLimits.DEFAULT);
            assertThat(read(text)).singleElement().isEqualTo(StreamFault.NOT_SIP);
            assertThat(channel.isOpen()).isFalse();
        }
    }

    @Test
    void nothingIsReadBehindTheEndOfAStream() {
        assertThat(read(withLength("Content-Length: -1\n") + MESSAGE + MESSAGE)).hasSize(1);
    }

    @Test
    void theAnswerToTheLastRequestIsSentBeforeTheConnectionCloses() {
        channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object frame) {
                ByteBuf answer = ctx.alloc().buffer();
                SipReply.to((MalformedRequest) frame).toTag("e1").writeTo(answer);
                ctx.writeAndFlush(answer);
            }
        });
        read(withLength("Content-Length: -1\n"));
        ByteBuf answer = channel.readOutbound();
        assertThat(answer.toString(StandardCharsets.UTF_8))
                .startsWith("SIP/2.0 400 Malformed Content-Length\r\nVia: SIP/2.0/TLS pool.corp.example")
                .contains("\r\nTo: <sip:bob@partner.example>;epid=99aa88bb77;tag=e1\r\n");
        answer.release();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aMalformedResponseIsToldButNotAnswered() {
        assertThat(read(OK.replace("CSeq: 4711", "CSeq: 47x"))).singleElement().isInstanceOf(MalformedResponse.class);
        assertThat(read(OK)).singleElement().isInstanceOf(SipResponse.class);
    }

    private static String minimal(String length) {
        return """
                OPTIONS sip:b@b.example SIP/2.0
                Via: SIP/2.0/TLS a.example;branch=z9hG4bK1
                From: <sip:a@a.example>;tag=1
                To: <sip:b@b.example>
                Call-ID: 1
                CSeq: 1 OPTIONS
                """
                + length + "\n";
    }
}
