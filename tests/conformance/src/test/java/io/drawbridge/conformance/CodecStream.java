// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.sip.internal.codec.KeepAlive;
import io.drawbridge.sip.internal.codec.MalformedRequest;
import io.drawbridge.sip.internal.codec.MalformedResponse;
import io.drawbridge.sip.internal.codec.SipFrame;
import io.drawbridge.sip.internal.codec.SipFrameDecoder;
import io.drawbridge.sip.internal.codec.SipLimits;
import io.drawbridge.sip.internal.codec.SipMessage;
import io.drawbridge.sip.internal.codec.SipRequest;
import io.drawbridge.sip.internal.codec.SipResponse;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One stream into the codec, with the outcomes the torture tests speak of. */
final class CodecStream implements AutoCloseable {
    private final MockTicker ticker = Ticker.newMockTicker();
    private final EmbeddedChannel channel = EmbeddedChannel.builder()
            .ticker(ticker)
            .handlers(new SipFrameDecoder(SipLimits.DEFAULT))
            .build();

    /** Feeds octets and returns what they were divided into. */
    List<SipFrame> read(byte[] octets) {
        channel.writeInbound(Unpooled.wrappedBuffer(octets));
        return frames();
    }

    private List<SipFrame> frames() {
        List<SipFrame> frames = new ArrayList<>();
        for (SipFrame frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
            frames.add(frame);
        }
        return frames;
    }

    /** Lets time pass and returns what the codec says then. */
    List<SipFrame> pass(long seconds) {
        ticker.advance(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        channel.runPendingTasks();
        return frames();
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /** Shows that the next message is found where it starts. */
    void assertInSync() {
        assertThat(read(Wire.octets("\n\n"))).containsExactly(KeepAlive.PING);
        assertThat(channel.isOpen()).isTrue();
    }

    static SipRequest acceptedRequest(byte[] octets) {
        return accepted(octets, SipRequest.class);
    }

    static SipResponse acceptedResponse(byte[] octets) {
        return accepted(octets, SipResponse.class);
    }

    private static <T extends SipMessage> T accepted(byte[] octets, Class<T> type) {
        try (CodecStream stream = new CodecStream()) {
            SipFrame frame = stream.only(octets);
            assertThat(frame).isInstanceOf(type);
            assertThat(type.cast(frame).raw().toBytes()).isEqualTo(octets);
            stream.assertInSync();
            return type.cast(frame);
        }
    }

    /** Shows that a request is answered with this status and the stream goes on. */
    static void assertRefused(byte[] octets, int status) {
        try (CodecStream stream = new CodecStream()) {
            MalformedRequest request = assertMalformed(stream.only(octets), status);
            assertThat(request.last()).isFalse();
            stream.assertInSync();
        }
    }

    /** Shows that a request is answered with this status and the stream ends. */
    static void assertEnded(byte[] octets, int status) {
        try (CodecStream stream = new CodecStream()) {
            MalformedRequest request = assertMalformed(stream.only(octets), status);
            assertThat(request.last()).isTrue();
            assertThat(stream.isOpen()).isFalse();
        }
    }

    private static MalformedRequest assertMalformed(SipFrame frame, int status) {
        assertThat(frame).isInstanceOf(MalformedRequest.class);
        MalformedRequest request = (MalformedRequest) frame;
        assertThat(request.problem().status()).isEqualTo(status);
        assertThat(request.isAnswerable()).isTrue();
        return request;
    }

    /** Shows that a response goes no further and the stream goes on. */
    static void assertDropped(byte[] octets) {
        try (CodecStream stream = new CodecStream()) {
            assertThat(stream.only(octets)).isInstanceOf(MalformedResponse.class);
            stream.assertInSync();
        }
    }

    private SipFrame only(byte[] octets) {
        List<SipFrame> frames = read(octets);
        assertThat(frames).hasSize(1);
        return frames.get(0);
    }

    @Override
    public void close() {
        channel.finishAndReleaseAll();
    }
}
