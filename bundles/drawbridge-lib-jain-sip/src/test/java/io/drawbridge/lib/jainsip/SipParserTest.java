// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.lib.jainsip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SipParserTest {
    private static final String MESSAGE =
            """
            MESSAGE sip:bob@contoso.example SIP/2.0
            Via: SIP/2.0/TLS 192.0.2.7:49152;branch=z9hG4bK1;rport
            Max-Forwards: 70
            From: <sip:alice@contoso.example>;tag=a
            To: <sip:bob@contoso.example>
            Call-ID: 1@192.0.2.7
            CSeq: 1 MESSAGE
            X-Odd: first
            X-Odd: second;lr;lr
            Content-Type: text/plain
            Content-Length: 2

            hi"""
                    .replace("\n", "\r\n");

    @Test
    void aSoundMessageIsReadAndKeepsItsText() throws Exception {
        SIPMessage message = SipParser.parse(octets(MESSAGE));
        assertThat(((SIPRequest) message).getMethod()).isEqualTo("MESSAGE");
        assertThat(message.getRawContent()).isEqualTo(octets("hi"));
        assertThat(new String(SipParser.wire(message), StandardCharsets.UTF_8)).isEqualTo(MESSAGE);
    }

    @ParameterizedTest(name = "{0} -> {1} is refused: {2}")
    @CsvSource({
        "'Via: SIP/2.0/TLS 192.0.2.7:49152;branch=z9hG4bK1;rport\r\n', '', Missing Via",
        "'CSeq: 1 MESSAGE', 'CSeq: 1 INVITE', CSeq Method Mismatch",
        "'SIP/2.0\r\nVia', 'SIP/7.0\r\nVia', Malformed Start Line",
        "';tag=a', '', From Without Tag",
        "'Content-Length: 2', 'Content-Length: 3', Content-Length Does Not Fit",
        "'Content-Length: 2', 'Content-Length: 1', Content-Length Does Not Fit",
        "'Call-ID: 1@192.0.2.7', 'Call-ID: 1\r\ni: 2', Repeated Call-ID",
        "'CSeq: 1 MESSAGE', 'CSeq: 99999999999 MESSAGE', Malformed Header",
        "'Max-Forwards: 70', 'Max-Forwards: 300', Malformed Header",
        "'To: <sip:bob@contoso.example>', 'To: <<<', Malformed Header",
        "'X-Odd: first', 'no colon here', Header Without Colon",
    })
    void whatTheLibraryWouldLetPassIsRefused(String from, String to, String reason) {
        String broken = MESSAGE.replace(from, to);
        assertThat(broken).isNotEqualTo(MESSAGE);
        assertThatThrownBy(() -> SipParser.parse(octets(broken)))
                .isInstanceOf(MalformedMessage.class)
                .hasMessage(reason);
    }

    @Test
    void anUnreadBrokenHeaderBothersNobodyAndStaysInTheText() throws Exception {
        String odd = MESSAGE.replace("X-Odd: first", "Date: not a date");
        SIPMessage message = SipParser.parse(octets(odd));
        assertThat(new String(SipParser.wire(message), StandardCharsets.UTF_8)).isEqualTo(odd);
    }

    @Test
    void editsTouchOnlyWhatTheyName() throws Exception {
        SipText text = SipText.of(
                octets(MESSAGE.replace("CSeq", "Route: <sip:a;lr>;x=\"1,2\", <sip:b,c;lr>\r\nroute: <sip:d;lr>\r\nCSeq")
                        .replace("X-Odd: first", "Subject: folded\r\n over lines")));
        text.removeFirstValue("Route");
        text.prepend("Via", "SIP/2.0/TLS home.example;branch=z9hG4bK2");
        text.set("Max-Forwards", "69");
        assertThat(new String(text.bytes(), StandardCharsets.UTF_8))
                .startsWith(
                        """
                        MESSAGE sip:bob@contoso.example SIP/2.0
                        Via: SIP/2.0/TLS home.example;branch=z9hG4bK2
                        Via: SIP/2.0/TLS 192.0.2.7:49152;branch=z9hG4bK1;rport
                        Max-Forwards: 69
                        """
                                .replace("\n", "\r\n"))
                .contains("\r\nRoute: <sip:b,c;lr>\r\nroute: <sip:d;lr>\r\n", "\r\nSubject: folded\r\n over lines\r\n")
                .endsWith("\r\n\r\nhi");
    }

    @Test
    void aReplyNeedsNothingButLines() {
        String reply = new String(
                RawReply.to(octets(MESSAGE), 503, "Service Unavailable", "Retry-After: 5")
                        .orElseThrow(),
                StandardCharsets.UTF_8);
        assertThat(reply)
                .startsWith("SIP/2.0 503 Service Unavailable\r\nVia: SIP/2.0/TLS 192.0.2.7:49152")
                .contains("Call-ID: 1@192.0.2.7\r\n", "To: <sip:bob@contoso.example>;tag=", "Retry-After: 5\r\n")
                .endsWith("Content-Length: 0\r\n\r\n");
        assertThat(RawReply.to(octets(MESSAGE.replace("MESSAGE", "ACK")), 400, "Bad Request"))
                .isEmpty();
        assertThat(RawReply.to(octets("SIP/2.0 200 OK\r\n\r\n"), 400, "Bad Request"))
                .isEmpty();
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
