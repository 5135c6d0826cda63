// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.conformance;

import static io.drawbridge.conformance.CodecStream.assertEnded;
import static io.drawbridge.conformance.CodecStream.assertRefused;
import static io.drawbridge.conformance.Wire.octets;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.sip.internal.codec.HeaderName;
import io.drawbridge.sip.internal.codec.KeepAlive;
import io.drawbridge.sip.internal.codec.SipFrame;
import io.drawbridge.sip.internal.codec.SipReply;
import io.drawbridge.sip.internal.codec.SipRequest;
import io.drawbridge.sip.internal.codec.SipRewrite;
import io.drawbridge.sip.internal.codec.StreamFault;
import io.drawbridge.testbed.Specified;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FramingTest {
    private static final String OPTIONS =
            """
            OPTIONS sip:b@b.example SIP/2.0
            Via: SIP/2.0/TLS a.example;branch=z9hG4bK1
            From: <sip:a@a.example>;tag=1
            To: <sip:b@b.example>
            Call-ID: 1
            CSeq: 1 OPTIONS
            Max-Forwards: 70
            Content-Length: 0

            """;

    private static SipRequest request(String text) {
        return CodecStream.acceptedRequest(octets(text));
    }

    private static String written(SipReply reply) {
        ByteBuf target = Unpooled.buffer();
        reply.writeTo(target);
        return target.toString(StandardCharsets.UTF_8);
    }

    private static String written(SipRewrite rewrite) {
        return new String(rewrite.toBytes(), StandardCharsets.UTF_8);
    }

    @Test
    @Specified(
            document = "RFC 3261",
            section = "7.5",
            requirement =
                    "Implementations processing SIP messages over stream-oriented transports MUST ignore any CRLF "
                            + "appearing before the start-line")
    void lineEndsBeforeTheStartLineAreIgnored() {
        try (CodecStream stream = new CodecStream()) {
            assertThat(stream.read(octets("\n" + OPTIONS))).singleElement().isInstanceOf(SipRequest.class);
            List<SipFrame> frames = stream.read(octets("\n\n\n" + OPTIONS));
            assertThat(frames).last().isInstanceOf(SipRequest.class);
        }
    }

    @Test
    @Specified(document = "RFC 3261", section = "7.3.1", requirement = "Header field names are always case-insensitive")
    @Specified(
            document = "RFC 3261",
            section = "7.3.3",
            requirement = "Implementations MUST accept both the long and short forms")
    void namesAreFoundInAnyCaseAndForm() {
        SipRequest request = request(OPTIONS.replace("Via:", "v:")
                .replace("From:", "F:")
                .replace("To:", "tO:")
                .replace("Call-ID:", "i:")
                .replace("CSeq:", "cseq:")
                .replace("Content-Length:", "L:"));
        assertThat(request.callId()).isEqualTo("1");
    }

    @Test
    @Specified(document = "RFC 3261", section = "7.1", requirement = "Methods are case-sensitive")
    void aMethodInLowerCaseIsAnotherMethod() {
        SipRequest request = request(OPTIONS.replace("OPTIONS", "options"));
        assertThat(request.methodName()).isEqualTo("options");
        assertRefused(octets(OPTIONS.replace("1 OPTIONS", "1 options")), 400);
    }

    @Test
    @Specified(
            document = "RFC 3261",
            section = "8.1.1.5",
            requirement = "The sequence number value MUST be expressible as a 32-bit unsigned integer")
    void aSequenceNumberHas32Bits() {
        assertThat(request(OPTIONS.replace("CSeq: 1", "CSeq: 4294967295"))
                        .cSeq()
                        .number())
                .isEqualTo(4_294_967_295L);
        assertRefused(octets(OPTIONS.replace("CSeq: 1", "CSeq: 4294967296")), 400);
    }

    @Test
    @Specified(
            document = "RFC 3261",
            section = "20.22",
            requirement = "The Max-Forwards value is an integer in the range 0-255")
    void maxForwardsLiesBetween0And255() {
        assertThat(request(OPTIONS.replace("Forwards: 70", "Forwards: 255")).maxForwards())
                .isEqualTo(255);
        assertRefused(octets(OPTIONS.replace("Forwards: 70", "Forwards: 256")), 400);
        assertRefused(octets(OPTIONS.replace("Forwards: 70", "Forwards: -1")), 400);
    }

    @Test
    @Specified(
            document = "RFC 3261",
            section = "8.2.6.2",
            requirement =
                    "The response copies From, Call-ID, CSeq, all Via values in their order and To, to which it adds a "
                            + "tag if there was none")
    void aResponseIsMadeOfTheRequestsOwnLines() {
        String request = OPTIONS.replace("From", "Via: SIP/2.0/UDP c.example;branch=z9hG4bK0\nFrom");
        assertThat(written(SipReply.to(request(request), 404, "Not Found").toTag("x")))
                .isEqualTo(new String(
                        octets(
                                """
                                SIP/2.0 404 Not Found
                                Via: SIP/2.0/TLS a.example;branch=z9hG4bK1
                                Via: SIP/2.0/UDP c.example;branch=z9hG4bK0
                                From: <sip:a@a.example>;tag=1
                                To: <sip:b@b.example>;tag=x
                                Call-ID: 1
                                CSeq: 1 OPTIONS
                                Content-Length: 0

                                """),
                        StandardCharsets.UTF_8));
    }

    @Test
    @Specified(
            document = "RFC 3261",
            section = "18.2.1",
            requirement =
                    "The server transport MUST examine sent-by of the top Via: if it differs from the source address, it "
                            + "adds received")
    void receivedIsAddedWhereSentByIsNotTheSource() {
        HostPort source = new HostPort("192.0.2.4", 7000);
        assertThat(written(SipRewrite.of(request(OPTIONS)).markTopVia(source)))
                .contains("Via: SIP/2.0/TLS a.example;branch=z9hG4bK1;received=192.0.2.4\r\n");
        String numeric = OPTIONS.replace("TLS a.example", "TLS 192.0.2.4");
        assertThat(written(SipRewrite.of(request(numeric)).markTopVia(source))).doesNotContain("received");
    }

    @Test
    @Specified(
            document = "RFC 3581",
            section = "4",
            requirement =
                    "A Via with an rport without value gets the source port, and received even if sent-by is the source")
    void rportIsFilledTogetherWithReceived() {
        String request = OPTIONS.replace("TLS a.example;", "TLS 192.0.2.4;rport;");
        assertThat(written(SipRewrite.of(request(request)).markTopVia(new HostPort("192.0.2.4", 7000))))
                .contains("Via: SIP/2.0/TLS 192.0.2.4;rport=7000;branch=z9hG4bK1;received=192.0.2.4\r\n");
    }

    @Test
    @Specified(
            document = "RFC 3261",
            section = "16.6",
            requirement = "The proxy MUST NOT remove, reorder or change header fields other than those the steps name")
    void aForwardedMessageKeepsItsLinesAndTheirOrder() {
        String odd = OPTIONS.replace("Call-ID", "x-Odd :  \"a\" ;;,\nCall-ID").replace("Max-Forwards: 70\n", "");
        assertThat(written(SipRewrite.of(request(odd)).insert(HeaderName.MAX_FORWARDS, "70")))
                .isEqualTo(new String(
                        octets(odd.replace("SIP/2.0\nVia", "SIP/2.0\nMax-Forwards: 70\nVia")), StandardCharsets.UTF_8));
    }

    @Test
    @Specified(
            document = "RFC 5626",
            section = "3.5.1",
            requirement = "A double CRLF between messages is a ping, a single CRLF its pong")
    void pingsAndPongsAreToldApart() {
        try (CodecStream stream = new CodecStream()) {
            assertThat(stream.read(octets("\n\n"))).containsExactly(KeepAlive.PING);
            assertThat(stream.read(octets("\n"))).containsExactly(KeepAlive.PONG);
        }
    }

    @Test
    @Specified(
            document = "Hostile input",
            section = "framing",
            requirement = "Lengths that disagree or are no length end the stream")
    void aLengthThatCannotBeTrustedEndsTheStream() {
        for (String length : List.of("-1", "+0", "1e3", "0x0", "", "0\nContent-Length: 1", "0\nl:5")) {
            assertEnded(octets(OPTIONS.replace("Length: 0", "Length: " + length)), 400);
        }
    }

    @Test
    @Specified(
            document = "Hostile input",
            section = "framing",
            requirement = "A bare line feed or return is no line end")
    void noHeaderFieldIsSmuggledBehindABareLineFeed() {
        for (String smuggled : List.of("<hex>0A</hex>", "<hex>0D</hex>")) {
            assertRefused(
                    octets(OPTIONS.replace("Call-ID: 1", "Call-ID: 1" + smuggled + "Route: <sip:e.example>")), 400);
        }
    }

    @Test
    @Specified(
            document = "Hostile input",
            section = "framing",
            requirement = "A message takes 30 s at most from first to last octet")
    void aMessageThatDripsInIsCutOff() {
        try (CodecStream stream = new CodecStream()) {
            byte[] message = octets(OPTIONS);
            for (int i = 0; i < 30; i++) {
                assertThat(stream.read(new byte[] {message[i]})).isEmpty();
                assertThat(stream.pass(1)).isEqualTo(i < 29 ? List.of() : List.of(StreamFault.INCOMPLETE_TOO_LONG));
            }
        }
    }

    @Test
    @Specified(
            document = "Hostile input",
            section = "limits",
            requirement = "64 KiB of header fields, 256 of them, 70 Vias, 4 KiB of start line")
    void whatIsTooLargeIsAnsweredSo() {
        assertEnded(
                octets(OPTIONS.replace("Max-Forwards", ("X: " + "x".repeat(15_000) + "\n").repeat(5) + "Max-Forwards")),
                513);
        assertRefused(octets(OPTIONS.replace("Call-ID", "X: y\n".repeat(250) + "Call-ID")), 400);
        assertRefused(octets(OPTIONS.replace("From", "v: SIP/2.0/TLS c.example\n".repeat(70) + "From")), 483);
        assertRefused(octets(OPTIONS.replace("sip:b@", "sip:" + "b".repeat(4096) + "@")), 414);
        assertEnded(octets(OPTIONS.replace("Length: 0", "Length: 262145")), 413);
    }
}
