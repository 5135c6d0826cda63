// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.conformance;

import static io.drawbridge.conformance.CodecStream.acceptedRequest;
import static io.drawbridge.conformance.CodecStream.acceptedResponse;
import static io.drawbridge.conformance.Wire.rfc4475;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.sip.internal.codec.HeaderName;
import io.drawbridge.sip.internal.codec.NameAddr;
import io.drawbridge.sip.internal.codec.Octets;
import io.drawbridge.sip.internal.codec.SipFrame;
import io.drawbridge.sip.internal.codec.SipMethod;
import io.drawbridge.sip.internal.codec.SipRequest;
import io.drawbridge.sip.internal.codec.SipResponse;
import io.drawbridge.sip.internal.codec.SipSyntaxException;
import io.drawbridge.sip.internal.codec.SipUri;
import io.drawbridge.sip.internal.codec.Via;
import io.drawbridge.testbed.Specified;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValidMessagesTest {
    private static Via via(Octets value) {
        try {
            return Via.parse(value);
        } catch (SipSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static SipUri uri(NameAddr address) {
        try {
            return address.uri();
        } catch (SipSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @Specified(document = "RFC 4475", section = "3.1.1.1", requirement = "wsinv: a short tortuous INVITE")
    void aTortuousInviteIsReadDespiteItsFoldsCompactFormsAndOddCase() {

        SipRequest request = acceptedRequest(rfc4475("wsinv"));
        assertThat(request.method()).isEqualTo(SipMethod.INVITE);
        assertThat(request.to().tag()).isEqualTo("1918181833n");
        assertThat(request.from().tag()).isEqualTo("98asjd8");
        assertThat(request.maxForwards()).isEqualTo(68);
        assertThat(request.cSeq().number()).isEqualTo(9);
        assertThat(request.topVia().host()).isEqualTo("192.0.2.2");
        assertThat(request.topVia().branch()).isEqualTo("390skdjuw");
        List<Octets> vias = request.headers().values(HeaderName.VIA);
        assertThat(vias).hasSize(3);
        assertThat(via(vias.get(1)).branch()).isEqualTo("z9hG4bK9ikj8");
        assertThat(via(vias.get(2)).branch()).isEqualTo("z9hG4bK30239");
        assertThat(request.headers().first("UnknownHeaderWithUnusualValue")).hasValue(Octets.of(";;,,;;,;"));
    }

    @Test
    @Specified(document = "RFC 4475", section = "3.1.1.2", requirement = "intmeth: a wide range of valid characters")
    void allCharactersTheGrammarAllowsAreTaken() {

        SipRequest request = acceptedRequest(rfc4475("intmeth"));
        assertThat(request.method()).isEqualTo(SipMethod.EXTENSION);
        assertThat(request.methodName()).isEqualTo("!interesting-Method0123456789_*+`.%indeed'~");
        assertThat(request.requestUri().host()).isEqualTo("example.com");
        assertThat(request.from().tag()).isEqualTo("_token~1'+`*%!-.");
        assertThat(request.maxForwards()).isEqualTo(255);
        assertThat(uri(request.to()).host()).isEqualTo("example.com");
        assertThat(request.headers().first("extensionHeader-!.%*+_`'~").map(Octets::toString))
                .hasValue("\uFEFF\u5927\u505C\u96FB");
    }

    @Test
    @Specified(document = "RFC 4475", section = "3.1.1.3", requirement = "esc01: valid use of the % escaping mechanism")
    void escapesInUrisAreKeptAndSeparateNothing() {

        SipRequest request = acceptedRequest(rfc4475("esc01"));
        assertThat(request.requestUri().scheme()).isEqualTo("sip");
        assertThat(request.requestUri().user()).isEqualTo("sips%3Auser%40example.com");
        assertThat(request.requestUri().host()).isEqualTo("example.net");
        assertThat(uri(request.from()).user()).isEqualTo("I%20have%20spaces");
        assertThat(request.headers().first(HeaderName.CONTACT).map(Octets::toString))
                .hasValue("<sip:cal%6Cer@host5.example.net;%6C%72;n%61me=v%61lue%25%34%31>");
    }

    @Test
    @Specified(document = "RFC 4475", section = "3.1.1.4", requirement = "escnull: escaped nulls in URIs")
    void escapedNullsDoNotEndATextAndMakeDistinctContacts() {

        SipRequest request = acceptedRequest(rfc4475("escnull"));
        assertThat(uri(request.to()).user()).isEqualTo("null-%00-null");
        assertThat(request.headers().values(HeaderName.CONTACT)).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    @Specified(document = "RFC 4475", section = "3.1.1.5", requirement = "esc02: use of % when it is not an escape")
    void percentOutsideUrisIsAnOrdinaryCharacter() {

        SipRequest request = acceptedRequest(rfc4475("esc02"));
        assertThat(request.methodName()).isEqualTo("RE%47IST%45R");
        assertThat(request.method()).isEqualTo(SipMethod.EXTENSION);
        assertThat(request.headers().values(HeaderName.CONTACT)).hasSize(2);
        assertThat(request.headers().first("C%6Fntact")).isPresent();
    }

    @Test
    @Specified(
            document = "RFC 4475",
            section = "3.1.1.6",
            requirement = "lwsdisp: no white space between display name and <")
    void aDisplayNameMayTouchTheBracket() {

        SipRequest request = acceptedRequest(rfc4475("lwsdisp"));
        assertThat(uri(request.from()).user()).isEqualTo("caller");
        assertThat(request.from().tag()).isEqualTo("323");
    }

    @Test
    @Specified(document = "RFC 4475", section = "3.1.1.7", requirement = "longreq: long values in header fields")
    void longValuesAndManyViasAreTakenWithinTheLimits() {

        SipRequest request = acceptedRequest(rfc4475("longreq"));
        assertThat(request.headers().values(HeaderName.VIA)).hasSize(34);
        assertThat(request.callId()).startsWith("longreq.one").hasSize(141);
        assertThat(request.topVia().host()).isEqualTo("sip33.example.com");
    }

    @Test
    @Specified(document = "RFC 4475", section = "3.1.1.8", requirement = "dblreq: extra trailing octets")
    void whatFollowsOnAStreamIsTheNextMessage() {

        try (CodecStream stream = new CodecStream()) {
            List<SipFrame> frames = stream.read(rfc4475("dblreq"));
            assertThat(frames).hasSize(2).allMatch(SipRequest.class::isInstance);
            assertThat(((SipRequest) frames.get(0)).method()).isEqualTo(SipMethod.REGISTER);
            assertThat(((SipRequest) frames.get(1)).method()).isEqualTo(SipMethod.INVITE);
        }
    }

    @Test
    @Specified(
            document = "RFC 4475",
            section = "3.1.1.9",
            requirement = "semiuri: semicolon-separated parameters in the user part")
    void semicolonsBeforeTheAtSignBelongToTheUser() {

        SipUri uri = acceptedRequest(rfc4475("semiuri")).requestUri();
        assertThat(uri.user()).isEqualTo("user;par=u%40example.net");
        assertThat(uri.host()).isEqualTo("example.com");
        assertThat(uri.parameters().has("par")).isFalse();
    }

    @Test
    @Specified(
            document = "RFC 4475",
            section = "3.1.1.10",
            requirement = "transports: varied and unknown transport types")
    void unknownTransportsInViasAreTaken() {

        SipRequest request = acceptedRequest(rfc4475("transports"));
        assertThat(request.headers().values(HeaderName.VIA).stream().map(ValidMessagesTest::via))
                .extracting(Via::transport)
                .containsExactly("UDP", "SCTP", "TLS", "UNKNOWN", "TCP");
    }

    @Test
    @Specified(
            document = "RFC 4475",
            section = "3.1.1.11",
            requirement = "mpart01: multipart MIME message with binary content")
    void aBinaryBodyIsFramedByItsLength() {

        SipRequest request = acceptedRequest(rfc4475("mpart01"));
        assertThat(request.body().length()).isEqualTo(553);
        assertThat(request.body().toBytes()).contains(0);
    }

    @Test
    @Specified(document = "RFC 4475", section = "3.1.1.12", requirement = "unreason: unusual reason phrase")
    void aReasonPhraseMayHoldAnyText() {

        SipResponse response = acceptedResponse(rfc4475("unreason"));
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.reasonPhrase()).startsWith("= 2**3 * 5**2 ").endsWith("простое");
    }

    @Test
    @Specified(document = "RFC 4475", section = "3.1.1.13", requirement = "noreason: empty reason phrase")
    void aReasonPhraseMayBeEmpty() {

        SipResponse response = acceptedResponse(rfc4475("noreason"));
        assertThat(response.status()).isEqualTo(100);
        assertThat(response.reasonPhrase()).isEmpty();
    }
}
