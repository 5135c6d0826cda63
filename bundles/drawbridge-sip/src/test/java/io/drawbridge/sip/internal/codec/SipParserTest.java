// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.codec;

import static io.drawbridge.sip.internal.codec.Messages.MESSAGE;
import static io.drawbridge.sip.internal.codec.Messages.OK;
import static io.drawbridge.sip.internal.codec.Messages.parse;
import static io.drawbridge.sip.internal.codec.Messages.request;
import static io.drawbridge.sip.internal.codec.Messages.response;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SipParserTest {
    @Test
    void aRequestTellsWhatRoutingNeeds() throws SipSyntaxException {
        SipRequest request = request(MESSAGE);
        assertThat(request.method()).isEqualTo(SipMethod.MESSAGE);
        assertThat(request.requestUri()).hasToString("sip:bob@partner.example");
        assertThat(request.maxForwards()).isEqualTo(70);
        assertThat(request.from().uri()).hasToString("sip:ann@corp.example");
        assertThat(request.to().hasTag()).isFalse();
        assertThat(request.callId()).isEqualTo("a84b4c76e66710");
        assertThat(request.cSeq()).isEqualTo(new CSeq(4711, "MESSAGE"));
        assertThat(request.topRoute().orElseThrow().uri().host()).isEqualTo("edge-int.corp.example");
        assertThat(request.body()).hasToString("Hello, world!");
        assertThat(request).hasToString("MESSAGE sip:bob@partner.example SIP/2.0");
    }

    @Test
    void aResponseTellsWhatRoutingNeeds() {
        SipResponse response = response(OK);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.reasonPhrase()).isEqualTo("OK");
        assertThat(response.isProvisional()).isFalse();
        assertThat(response.headers().values(HeaderName.VIA)).hasSize(3);
        assertThat(response(OK.replace("200 OK", "180")).isProvisional()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MESSAGE sip: | MESSAGE  sip: | REQUEST_URI",
                "MESSAGE sip: | sip: | START_LINE",
                "SIP/2.0 | SIP/2.1 | VERSION",
                "SIP/2.0 | HTTP/1.1 | START_LINE",
                "sip:bob@partner.example SIP | SIP | START_LINE",
                "bob@partner.example SIP | bob@partner.example?X=y SIP | REQUEST_URI_HEADERS",
                "Supported: | Supported | HEADER_LINE",
                "Supported: | : | HEADER_LINE",
                "From: | X-From: | MISSING_FROM",
                "To: | X-To: | MISSING_TO",
                "Call-ID: | X-Call-ID: | MISSING_CALL_ID",
                "CSeq: | X-CSeq: | MISSING_CSEQ",
                "Via: | X-Via: | MISSING_VIA",
                "Supported: ms-sender | To: <sip:x@y> | REPEATED_HEADER",
                "Supported: ms-sender | f: <sip:x@y>;tag=1 | REPEATED_HEADER",
                "Supported: ms-sender | c: text/html | REPEATED_HEADER",
                "pool.corp.example:5061 | pool corp | VIA",
                "z9hG4bK776asdhds | z9hG4bK | VIA_BRANCH",
                "\"Ann\" | \"Ann | FROM",
                "ann@corp.example | ann@corp..example: | FROM",
                "<sip:bob@partner.example> | bob | TO",
                "a84b4c76e66710 | a 1 | CALL_ID",
                "4711 MESSAGE | 4711 INVITE | CSEQ_METHOD",
                "4711 MESSAGE | 4711 | CSEQ",
                "4711 MESSAGE | -1 MESSAGE | CSEQ",
                "4711 MESSAGE | 4294967296 MESSAGE | CSEQ",
                "4711 MESSAGE | 4711 MESSAGE x | CSEQ",
                "Max-Forwards: 70 | Max-Forwards: 256 | MAX_FORWARDS",
                "Supported: ms-sender | m: sip:a@b?x=y | CONTACT"
            })
    void eachProblemIsNamed(String part, String replacement, SipProblem problem) {
        assertThat(parse(MESSAGE.replace(part, replacement)))
                .isInstanceOfSatisfying(MalformedRequest.class, malformed -> assertThat(malformed.problem())
                        .isEqualTo(problem));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 OK | 99 Low | STATUS",
                "200 OK | 700 High | STATUS",
                "200 OK | 2000 OK | STATUS",
                "SIP/2.0 200 | SIP/3.0 200 | START_LINE",
                "CSeq: | X: | MISSING_CSEQ"
            })
    void aMalformedResponseIsNamedToo(String part, String replacement, SipProblem problem) {
        assertThat(parse(OK.replace(part, replacement)))
                .isInstanceOfSatisfying(MalformedResponse.class, malformed -> assertThat(malformed.problem())
                        .isEqualTo(problem));
    }

    /** RFC 3261 section 17: an ACK is not answered; [MS-SIP]: neither is a BENOTIFY. */
    @ParameterizedTest
    @EnumSource(SipMethod.class)
    void whatIsNeverAnsweredIsNotAnsweredWhenMalformed(SipMethod method) {
        String malformed = MESSAGE.replace("MESSAGE", method.name()).replace("Max-Forwards: 70", "Max-Forwards: x");
        assertThat(parse(malformed))
                .isInstanceOfSatisfying(MalformedRequest.class, request -> assertThat(request.isAnswerable())
                        .isEqualTo(method != SipMethod.ACK && method != SipMethod.BENOTIFY));
    }

    @ParameterizedTest
    @EnumSource(HeaderName.class)
    void everyKnownNameIsFoundInAnyCase(HeaderName name) {
        for (String written : new String[] {
            name.text(), name.text().toUpperCase(Locale.ROOT), name.text().toLowerCase(Locale.ROOT)
        }) {
            byte[] octets = Octets.of(written).toBytes();
            assertThat(HeaderName.of(octets, 0, octets.length)).isEqualTo(name);
        }
    }

    @Test
    void compactFormsAreKnown() {
        String forms = "aAbBcCdDeEfFiIjJkKlLmMnNoOrRsStTuUvVxXyY";
        for (byte form : Octets.of(forms).toBytes()) {
            assertThat(HeaderName.of(new byte[] {form}, 0, 1)).isNotNull();
        }
        assertThat(HeaderName.of(Octets.of("q").toBytes(), 0, 1)).isNull();
    }

    @Test
    void listsAreDividedAtCommasOutsideQuotesAndBrackets() {
        String contacts =
                "Contact: \"A, B\" <sip:a,b@c.example>;x=\",\" , ,sip:d@e.example,\nContact: <sip:f@g.example>";
        SipRequest request = request(MESSAGE.replace("Supported: ms-sender", contacts));
        assertThat(request.headers().values(HeaderName.CONTACT))
                .extracting(Octets::toString)
                .containsExactly("\"A, B\" <sip:a,b@c.example>;x=\",\"", "sip:d@e.example", "<sip:f@g.example>");
    }

    @Test
    void whatIsNoListIsNotDivided() {
        SipRequest request = request(MESSAGE.replace("Supported: ms-sender", "Subject: a, b\nDate: Sat, 01 Jan"));
        assertThat(request.headers().values(HeaderName.SUBJECT)).containsExactly(Octets.of("a, b"));
        assertThat(request.headers().first(HeaderName.DATE)).hasValue(Octets.of("Sat, 01 Jan"));
    }

    @Test
    void foldsAreOneSpaceWhereTheTextIsRead() {
        SipRequest request = request(MESSAGE.replace("Supported: ms-sender", "Subject: a\n  b\n\tc"));
        assertThat(request.headers().first(HeaderName.SUBJECT).orElseThrow().unfolded())
                .isEqualTo("a b c");
    }
}
