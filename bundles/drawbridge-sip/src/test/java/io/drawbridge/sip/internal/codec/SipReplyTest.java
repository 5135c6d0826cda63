// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.codec;

import static io.drawbridge.sip.internal.codec.Messages.MESSAGE;
import static io.drawbridge.sip.internal.codec.Messages.request;
import static io.drawbridge.sip.internal.codec.Messages.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbridge.api.model.HostPort;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SipReplyTest {
    private static final HostPort SOURCE = new HostPort("192.0.2.7", 40_000);

    private static String via(String top) {
        String message = MESSAGE.replace("Via: SIP/2.0/TLS pool.corp.example:5061;branch=z9hG4bK776asdhds;rport", top);
        String reply = written(SipReply.to(request(message), 404, "Not Found").markTopVia(SOURCE));
        return reply.lines().skip(1).findFirst().orElseThrow();
    }

    @Test
    void theTopViaSaysWhereTheRequestCameFrom() {
        assertThat(via("Via: SIP/2.0/TLS a.example;rport;branch=z9hG4bK1"))
                .isEqualTo("Via: SIP/2.0/TLS a.example;rport=40000;branch=z9hG4bK1;received=192.0.2.7");
        assertThat(via("Via: SIP/2.0/TLS a.example;received=10.0.0.1;rport=1"))
                .isEqualTo("Via: SIP/2.0/TLS a.example;received=192.0.2.7;rport=40000");
        assertThat(via("Via: SIP/2.0/TLS a.example;rport=;received=10.0.0.1"))
                .isEqualTo("Via: SIP/2.0/TLS a.example;rport=40000;received=192.0.2.7");
        assertThat(via("Via: SIP/2.0/TLS 192.0.2.7")).isEqualTo("Via: SIP/2.0/TLS 192.0.2.7");
        assertThat(via("Via: SIP/2.0/TLS a.example, SIP/2.0/UDP b.example"))
                .isEqualTo("Via: SIP/2.0/TLS a.example;received=192.0.2.7, SIP/2.0/UDP b.example");
    }

    @Test
    void anEmptyViaLineAboveTheFirstValueDoesNotMatter() {
        assertThat(via("Via:\nVia: SIP/2.0/TLS a.example")).isEqualTo("Via: SIP/2.0/TLS a.example;received=192.0.2.7");
    }

    @Test
    void tryingCarriesTheTimestampAndNoTag() {
        String request = MESSAGE.replace("CSeq", "Timestamp: 54\nCSeq");
        assertThat(written(SipReply.to(request(request), 100, "Trying").toTag("x")))
                .contains("\nTimestamp: 54\n")
                .contains("\nTo: <sip:bob@partner.example>;epid=99aa88bb77\n");
    }

    @Test
    void aTagThatIsThereStays() {
        String request = MESSAGE.replace("epid=99aa88bb77", "tag=t1");
        assertThat(written(SipReply.to(request(request), 404, "Not Found").toTag("x")))
                .contains("\nTo: <sip:bob@partner.example>;tag=t1\n");
    }

    @Test
    void headersAndBodyAreAdded() {
        String reply = written(SipReply.to(request(MESSAGE), 420, "Bad Extension")
                .header(HeaderName.UNSUPPORTED, "foo")
                .header("X-Note", "ümlaut")
                .body("text/plain", "Sorry".getBytes(StandardCharsets.UTF_8)));
        assertThat(reply)
                .endsWith(
                        """
                        CSeq: 4711 MESSAGE
                        Unsupported: foo
                        X-Note: ümlaut
                        Content-Type: text/plain
                        Content-Length: 5

                        Sorry""");
    }

    @Test
    void whatCouldBeReadOfAMalformedRequestIsAnswered() {
        String message =
                MESSAGE.replace("To: <sip:bob@partner.example>;epid=99aa88bb77", "To: \"Bob <sip:b@b.example>");
        assertThat(Messages.parse(message)).isInstanceOfSatisfying(MalformedRequest.class, malformed -> assertThat(
                        written(SipReply.to(malformed).toTag("x").markTopVia(SOURCE)))
                .startsWith("SIP/2.0 400 Malformed To\nVia: SIP/2.0/TLS pool.corp.example")
                .contains("\nTo: \"Bob <sip:b@b.example>\n"));
    }

    @Test
    void anAddedValueCannotForgeAnotherHeaderField() {
        SipReply reply = SipReply.to(request(MESSAGE), 404, "Not Found");
        assertThatThrownBy(() -> reply.header(HeaderName.WARNING, "x\ny")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SipReply.to(request(MESSAGE), 404, "a\r\nb"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
