// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.sip.internal.codec.HeaderName;
import io.drawbridge.sip.internal.codec.MalformedRequest;
import io.drawbridge.sip.internal.codec.SipFrame;
import io.drawbridge.sip.internal.codec.SipFrameDecoder;
import io.drawbridge.sip.internal.codec.SipLimits;
import io.drawbridge.sip.internal.codec.SipMessage;
import io.drawbridge.sip.internal.codec.SipParser;
import io.drawbridge.sip.internal.codec.SipReply;
import io.drawbridge.sip.internal.codec.SipRequest;
import io.drawbridge.sip.internal.codec.SipResponse;
import io.drawbridge.sip.internal.codec.SipRewrite;
import io.drawbridge.sip.internal.codec.SipSyntaxException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Whatever arrives, the codec neither throws nor loses its place nor changes what it should keep. The seeds are played in
 * every build, with a few thousand mutations of them; to look further with coverage feedback, one target at a time:
 *
 * <pre>JAZZER_FUZZ=1 mvn -pl tests/conformance test -Dtest=CodecFuzzTest#streams</pre>
 *
 * (or {@code #messages}). What is found is kept beside the seeds, in {@code CodecFuzzTestInputs}.
 */
class CodecFuzzTest {
    private static final HostPort SOURCE = new HostPort("192.0.2.7", 40_000);
    private static final String OWN_VIA = "SIP/2.0/TLS edge.corp.example:5061;branch=z9hG4bKfuzz";
    private static final int MUTATIONS = 4_000;

    /** For what we wrote ourselves: a message at a limit is over it with our lines added. */
    private static final SipLimits ROOMY = new SipLimits(
            8 << 10,
            32 << 10,
            512,
            128 << 10,
            140,
            SipLimits.DEFAULT.body(),
            SipLimits.DEFAULT.messageBody(),
            SipLimits.DEFAULT.completion(),
            SipLimits.DEFAULT.keepAlives());

    private static final String HEAD =
            """
            OPTIONS sip:b@b.example SIP/2.0
            Via: SIP/2.0/TLS a.example;branch=z9hG4bK1
            From: <sip:a@a.example>;tag=1
            To: <sip:b@b.example>
            Call-ID: 1
            CSeq: 1 OPTIONS
            """;

    @FuzzTest(maxDuration = "5m")
    void streams(byte[] input) {
        List<String> whole = framesOf(input, input.length);
        assertThat(framesOf(input, 1 + input.length / 40)).isEqualTo(whole);
    }

    @FuzzTest(maxDuration = "5m")
    void messages(byte[] input) throws SipSyntaxException {
        SipFrame frame = SipParser.parse(input, SipLimits.DEFAULT);
        if (frame instanceof SipRequest request) {
            checkRequest(request, input);
        } else if (frame instanceof SipResponse response) {
            checkResponse(response, input);
        } else if (frame instanceof MalformedRequest malformed && malformed.isAnswerable()) {
            checkAnswer(SipReply.to(malformed).markTopVia(SOURCE).toTag("e1"));
        }
    }

    /** Divides a stream that arrives in pieces of this size; what is left of a keep-alive cut in two is not compared. */
    private static List<String> framesOf(byte[] input, int size) {
        EmbeddedChannel channel = new EmbeddedChannel(new SipFrameDecoder(SipLimits.DEFAULT));
        List<String> frames = new ArrayList<>();
        for (int from = 0; from < input.length && channel.isOpen(); from += size) {
            byte[] piece = Arrays.copyOfRange(input, from, Math.min(input.length, from + size));
            channel.writeInbound(Unpooled.wrappedBuffer(piece));
        }
        for (SipFrame frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
            if (frame instanceof SipMessage message) {
                frames.add(message.raw().toString());
            } else if (frame instanceof MalformedRequest request) {
                frames.add(request.problem().name());
            }
        }
        channel.finishAndReleaseAll();
        return frames;
    }

    private static void checkRequest(SipRequest request, byte[] input) throws SipSyntaxException {
        readAll(request);
        assertThat(SipRewrite.of(request).toBytes()).isEqualTo(input);
        byte[] forwarded = SipRewrite.of(request)
                .markTopVia(SOURCE)
                .insert(HeaderName.VIA, OWN_VIA)
                .setMaxForwards(7)
                .removeTop(HeaderName.ROUTE, 1)
                .removeTop(HeaderName.CONTACT, 1)
                .remove(HeaderName.P_ASSERTED_IDENTITY)
                .toBytes();
        SipFrame again = SipParser.parse(forwarded, ROOMY);
        assertThat(again).isInstanceOf(SipRequest.class);
        SipRequest copy = (SipRequest) again;
        assertThat(copy.topVia().raw()).hasToString(OWN_VIA);
        assertThat(copy.maxForwards()).isEqualTo(7);
        assertThat(copy.body()).isEqualTo(request.body());
        assertThat(copy.headers().values(HeaderName.VIA))
                .hasSize(request.headers().values(HeaderName.VIA).size() + 1);
        assertThat(copy.headers().values(HeaderName.ROUTE))
                .hasSize(Math.max(0, request.headers().values(HeaderName.ROUTE).size() - 1));
        assertThat(copy.headers().has(HeaderName.P_ASSERTED_IDENTITY)).isFalse();
        checkAnswer(SipReply.to(request, 404, "Not Found").markTopVia(SOURCE).toTag("e1"));
    }

    private static void checkResponse(SipResponse response, byte[] input) throws SipSyntaxException {
        readAll(response);
        assertThat(SipRewrite.of(response).toBytes()).isEqualTo(input);
        byte[] own = SipRewrite.of(response).insert(HeaderName.VIA, OWN_VIA).toBytes();
        SipFrame marked = SipParser.parse(own, ROOMY);
        assertThat(marked).isInstanceOf(SipResponse.class);
        byte[] back =
                SipRewrite.of((SipResponse) marked).removeTop(HeaderName.VIA, 1).toBytes();
        assertThat(back).isEqualTo(input);
    }

    private static void readAll(SipMessage message) throws SipSyntaxException {
        message.topVia().sentBy();
        message.topVia().received();
        message.from().uri().user();
        message.to().uri().host();
        for (HeaderName name : HeaderName.values()) {
            message.headers().values(name);
        }
    }

    private static void checkAnswer(SipReply reply) {
        ByteBuf answer = Unpooled.buffer();
        reply.writeTo(answer);
        EmbeddedChannel peer = new EmbeddedChannel(new SipFrameDecoder(ROOMY));
        peer.writeInbound(answer);
        assertThat(peer.<SipFrame>readInbound()).isNotNull();
        assertThat(peer.<SipFrame>readInbound()).isNull();
        peer.finishAndReleaseAll();
    }

    @Test
    void mutatedSeedsAreTakenOrRefusedButNeverThrow() throws SipSyntaxException {
        List<byte[]> mutations = new FuzzSeeds(CodecFuzzTest.class, "messages", "", ";,<>\"\\: \r\n=@[]?%")
                .mutations(MUTATIONS)
                .toList();
        for (int i = 0; i < mutations.size(); i++) {
            messages(mutations.get(i));
            if (i % 16 == 0) {
                streams(mutations.get(i));
            }
        }
    }

    /** The work of a head as large as allowed, in the shapes that hurt parsers most, stays in proportion to its size. */
    @Test
    void theWorkGrowsWithTheSizeOnly() throws SipSyntaxException {
        String[][] shapes = {
            {"v: SIP/2.0/TLS a", ",SIP/2.0/TLS a"},
            {"m: ", "<"},
            {"m: \"", "\\"},
            {"m: ", "\"a\","},
            {"m: <a:b>", ";a=\""},
            {"Route: ", "<a>,"},
            {"t: <a:b>", ";a"},
            {"k: ", "a,"},
            {"k: ", ","},
            {"x: ", "\n "},
        };
        for (String[] shape : shapes) {
            String line = shape[0] + shape[1].repeat(15_000 / shape[1].length());
            byte[] message = Wire.withLength(HEAD + (line + "\n").repeat(4), "");
            long start = System.nanoTime();
            messages(message);
            assertThat(System.nanoTime() - start).as(line.substring(0, 20)).isLessThan(1_000_000_000L);
        }
    }
}
