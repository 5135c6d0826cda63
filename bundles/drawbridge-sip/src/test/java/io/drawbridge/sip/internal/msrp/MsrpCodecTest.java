// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.msrp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbridge.testbed.Specified;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames of MSRP: RFC 4975 sections 6 to 9, and what arrives that is none. */
class MsrpCodecTest {
    private static final String PATHS =
            """
            To-Path: msrps://b.partner.example:2855/s2;tcp
            From-Path: msrps://edge.corp.example:2855/s1;tcp
            """;
    private static final String SEND =
            """
            MSRP a786hjs2 SEND
            %sMessage-ID: 87652491
            Byte-Range: 1-5/5
            Content-Type: text/plain

            Hello
            -------a786hjs2$
            """
                    .formatted(PATHS);
    private final EmbeddedChannel channel = new EmbeddedChannel(new MsrpDecoder(1000), new MsrpEncoder());

    private static ByteBuf wire(String text) {
        return Unpooled.copiedBuffer(text.replace("\n", "\r\n"), StandardCharsets.UTF_8);
    }

    private MsrpFrame reads(String text) {
        channel.writeInbound(wire(text));
        return channel.readInbound();
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.UTF_8);
    }

    @Test
    void aSendIsRead() {
        MsrpFrame.Request send = (MsrpFrame.Request) reads(SEND);

        assertThat(send.transaction()).isEqualTo("a786hjs2");
        assertThat(send.method()).isEqualTo("SEND");
        assertThat(send.toPath()).extracting(MsrpUri::session).containsExactly("s2");
        assertThat(send.fromPath()).extracting(uri -> uri.server().host()).containsExactly("edge.corp.example");
        assertThat(send.header("message-id")).contains("87652491");
        assertThat(send.content().toString()).isEqualTo("Hello");
        assertThat(send.continuation()).isEqualTo(Continuation.COMPLETE);
    }

    @Test
    @Specified(document = "RFC 4975", section = "7.2", requirement = "A response goes to the hop the request came from")
    void aResponseIsReadAndMade() {
        MsrpFrame.Response response =
                (MsrpFrame.Response) reads("MSRP a786hjs2 200 OK\n" + PATHS + "-------a786hjs2$\n");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.comment()).isEqualTo("OK");

        MsrpFrame.Request send = (MsrpFrame.Request) reads(SEND);
        assertThat(text(MsrpEncoder.bytes(send.response(413, "too\r\nmuch"))))
                .isEqualTo(
                        """
                        MSRP a786hjs2 413 too much
                        To-Path: msrps://edge.corp.example:2855/s1;tcp
                        From-Path: msrps://b.partner.example:2855/s2;tcp
                        -------a786hjs2$
                        """
                                .replace("\n", "\r\n"));
    }

    @Test
    @Specified(document = "RFC 4975", section = "9", requirement = "Content-Type is the last header field")
    void whatIsWrittenIsInOrderAndIsRead() throws MsrpSyntaxException {
        MsrpFrame.Request send = new MsrpFrame.Request(
                "d93kswow",
                "SEND",
                MsrpUri.path("msrps://relay.example:2855/r;tcp msrps://b.partner.example:2855/s2;tcp"),
                MsrpUri.path("msrps://edge.corp.example:2855/s1;tcp"),
                Map.of(
                        "Content-Language",
                        "en",
                        "Content-Type",
                        "text/plain",
                        "Message-ID",
                        "1234",
                        "Success-Report",
                        "yes"),
                new MsrpContent("a\r\n-------other$\r\nb".getBytes(StandardCharsets.UTF_8)),
                Continuation.MORE);
        String written = text(MsrpEncoder.bytes(send));
        assertThat(written)
                .containsSubsequence(
                        "Message-ID: 1234", "Content-Language: en", "Content-Type: text/plain\r\n\r\na\r\n")
                .endsWith("\r\n-------d93kswow+\r\n");
        channel.writeInbound(Unpooled.copiedBuffer(written, StandardCharsets.UTF_8));
        MsrpFrame.Request read = channel.readInbound();

        assertThat(read.toPath()).hasSize(2).isEqualTo(send.toPath());
        assertThat(read.content().toString()).isEqualTo(send.content().toString());
        assertThat(read.continuation()).isEqualTo(Continuation.MORE);
    }

    @Test
    void aRequestWithoutContentIsWhatOpensASession() {
        MsrpFrame.Request send =
                (MsrpFrame.Request) reads("MSRP d93kswow SEND\n" + PATHS + "Message-ID: 1\n-------d93kswow$\n");

        assertThat(send.content().length()).isZero();
        assertThat(text(MsrpEncoder.bytes(send))).doesNotContain("\r\n\r\n").endsWith("-------d93kswow$\r\n");
    }

    @Test
    @Specified(
            document = "RFC 4975",
            section = "7.1",
            requirement = "A frame ends with its end-line, however it is cut")
    void framesAreReadHoweverTheyAreCut() {
        byte[] octets = (SEND + SEND.replace("a786hjs2", "b786hjs2") + "MSRP c786hjs2 200\n" + PATHS
                        + "-------c786hjs2$\n")
                .replace("\n", "\r\n")
                .getBytes(StandardCharsets.UTF_8);
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            EmbeddedChannel fresh = new EmbeddedChannel(new MsrpDecoder(1000));
            int at = 0;
            while (at < octets.length) {
                int length = Math.min(octets.length - at, 1 + random.nextInt(40));
                fresh.writeInbound(Unpooled.copiedBuffer(octets, at, length));
                at += length;
            }
            List<String> transactions = new ArrayList<>();
            for (MsrpFrame frame = fresh.readInbound(); frame != null; frame = fresh.readInbound()) {
                transactions.add(frame.transaction());
            }
            assertThat(transactions).containsExactly("a786hjs2", "b786hjs2", "c786hjs2");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\n\n",
                "MSRP a SEND\n",
                "MSRP a786hjs2\n",
                "MSRP a786 hjs2 SEND X\n-------a786$\n",
                "MSRP ..78 SEND\n",
                "MSRP a786hjs2 send\nTo-Path: msrps://b.example:1/s;tcp\nFrom-Path: msrps://a.example:1/s;tcp\n-------a786hjs2$\n",
                "MSRP a786hjs2 SEND\n-------a786hjs2$\n",
                "MSRP a786hjs2 SEND\nFrom-Path: msrps://a.example:1/s;tcp\nTo-Path: msrps://b.example:1/s;tcp\n-------a786hjs2$\n",
                "MSRP a786hjs2 SEND\nTo-Path: http://b.example\nFrom-Path: msrps://a.example:1/s;tcp\n-------a786hjs2$\n",
                "MSRP a786hjs2 SEND\nTo-Path: msrps://b.example:99999/s;tcp\nFrom-Path: msrps://a.example:1/s;tcp\n-------a786hjs2$\n",
                "MSRP a786hjs2 SEND\nTo-Path: msrps://b.example:1/s;tcp\nFrom-Path: msrps://a.example:1/s;tcp\nno header\n-------a786hjs2$\n",
                "MSRP a786hjs2 SEND\nTo-Path: msrps://b.example:1/s;tcp\nFrom-Path: msrps://a.example:1/s;tcp\n-------a786hjs2!\n",
                "MSRP a786hjs2 SEND\nTo-Path: msrps://b.example:1/s;tcp\nFrom-Path: msrps://a.example:1/s;tcp\n-------a786hjs2$xx\n"
            })
    void whatIsNotMsrpEndsTheConnection(String text) {
        assertThat(reads(text + SEND)).isNull();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aFrameOfMoreThanTheLimitEndsTheConnection() {
        channel.writeInbound(wire("MSRP a786hjs2 SEND\n" + PATHS + "Content-Type: text/plain\n\n"));
        for (int i = 0; i < 10 && channel.isOpen(); i++) {
            channel.writeInbound(wire("x".repeat(1000)));
        }

        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aStartLineWithoutEndEndsTheConnection() {
        channel.writeInbound(wire("MSRP " + "a".repeat(300)));

        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void tooManyHeadersEndTheConnection() {
        reads("MSRP a786hjs2 SEND\n" + PATHS + "X: 1\n".repeat(60) + "-------a786hjs2$\n");

        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void whoeverTakesLongForAFrameIsDisconnected() {
        channel.writeInbound(wire("MSRP a786hjs2 SEND\n"));
        channel.advanceTimeBy(29, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isTrue();
        channel.advanceTimeBy(2, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();

        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void randomOctetsDoNoHarm() {
        Random random = new Random(11);
        byte[] sound = SEND.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 5000; round++) {
            byte[] octets = sound.clone();
            for (int change = random.nextInt(6); change >= 0; change--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            }
            EmbeddedChannel fresh = new EmbeddedChannel(new MsrpDecoder(1000));
            fresh.writeInbound(Unpooled.wrappedBuffer(octets));
            fresh.checkException();
            fresh.finishAndReleaseAll();
        }
    }

    @Test
    @Specified(document = "RFC 4975", section = "6.1", requirement = "Which parts of a URI tell two ends apart")
    void urisAreComparedByTheirRule() throws MsrpSyntaxException {
        MsrpUri uri = MsrpUri.parse("msrps://host.example:8493/asfd34;tcp");
        assertThat(MsrpUri.parse("MSRPS://bob@HOST.example:8493/asfd34;TCP;x=y"))
                .isEqualTo(uri);
        assertThat(MsrpUri.parse("msrps://host.example:8493/ASFD34;tcp")).isNotEqualTo(uri);
        assertThat(MsrpUri.parse("msrp://host.example:8493/asfd34;tcp")).isNotEqualTo(uri);
        assertThat(MsrpUri.parse("msrps://host.example/asfd34;tcp").server().port())
                .isEqualTo(2855);
        assertThat(MsrpUri.parse("msrps://[2001:db8::1]:5/s;tcp").server().port())
                .isEqualTo(5);
        assertThatThrownBy(() -> MsrpUri.parse("msrps://host.example:8493/asfd34;udp"))
                .isInstanceOf(MsrpSyntaxException.class);
        assertThatThrownBy(() -> MsrpUri.path("msrps://a.example;tcp ".repeat(9)))
                .isInstanceOf(MsrpSyntaxException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0-5/5", "a-b/c", "-1-5/5", "1-5", "1-99999999999999999999/5"})
    void whatIsNoRangeIsRefused(String text) {
        assertThatThrownBy(() -> ByteRange.parse(text)).isInstanceOf(MsrpSyntaxException.class);
    }
}
