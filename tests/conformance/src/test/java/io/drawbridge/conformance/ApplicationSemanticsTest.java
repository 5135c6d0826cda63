// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.conformance;

import static io.drawbridge.conformance.CodecStream.acceptedRequest;
import static io.drawbridge.conformance.CodecStream.acceptedResponse;
import static io.drawbridge.conformance.CodecStream.assertEnded;
import static io.drawbridge.conformance.Wire.rfc4475;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.sip.internal.codec.HeaderName;
import io.drawbridge.sip.internal.codec.NameAddr;
import io.drawbridge.sip.internal.codec.Octets;
import io.drawbridge.sip.internal.codec.SipProblem;
import io.drawbridge.sip.internal.codec.SipRequest;
import io.drawbridge.sip.internal.codec.SipSyntaxException;
import io.drawbridge.testbed.Specified;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Well-formed messages whose outcome is the relay's to decide: the codec keeps them and tells what it must know. */
class ApplicationSemanticsTest {
    private static NameAddr contact(SipRequest request) throws SipSyntaxException {
        Octets contact = request.headers().first(HeaderName.CONTACT).orElseThrow();
        return NameAddr.parse(contact, SipProblem.CONTACT);
    }

    @Test
    @Specified(document = "RFC 4475", section = "3.3.2", requirement = "unkscm: Request-URI with unknown scheme")
    void anUnknownSchemeIsKnownForWhatItIs() {
        SipRequest request = acceptedRequest(rfc4475("unkscm"));
        assertThat(request.requestUri().isSip()).isFalse();
        assertThat(request.requestUri().scheme()).isEqualTo("nobodyknowsthisscheme");
    }

    @Test
    @Specified(
            document = "RFC 4475",
            section = "3.3.3",
            requirement = "novelsc: Request-URI with known but atypical scheme")
    void anAtypicalSchemeIsKnownForWhatItIs() {
        SipRequest request = acceptedRequest(rfc4475("novelsc"));
        assertThat(request.requestUri().isSip()).isFalse();
        assertThat(request.requestUri().scheme()).isEqualTo("soap.beep");
    }

    @Test
    @Specified(document = "RFC 4475", section = "3.3.4", requirement = "unksm2: unknown URI schemes in header fields")
    void unknownSchemesInHeaderFieldsAreTaken() throws SipSyntaxException {
        SipRequest request = acceptedRequest(rfc4475("unksm2"));
        assertThat(request.to().uri().scheme()).isEqualTo("isbn");
        assertThat(request.from().uri().scheme()).isEqualTo("http");
        assertThat(contact(request).uri().scheme()).isEqualTo("name");
    }

    @Test
    @Specified(document = "RFC 4475", section = "3.3.5", requirement = "bext01: Proxy-Require and Require")
    void everyTokenOfProxyRequireIsFound() {
        SipRequest request = acceptedRequest(rfc4475("bext01"));
        assertThat(request.headers().values(HeaderName.PROXY_REQUIRE))
                .extracting(Octets::toString)
                .containsExactly("noProxiesSupportThis", "norDoAnyProxiesSupportThis");
        assertThat(request.headers().values(HeaderName.REQUIRE)).contains(Octets.of("nothingSupportsThisEither"));
    }

    @Test
    @Specified(document = "RFC 4475", section = "3.3.6", requirement = "invut: unknown Content-Type")
    void anUnknownContentTypePasses() {
        assertThat(acceptedRequest(rfc4475("invut")).body().length()).isEqualTo(40);
    }

    @Test
    @Specified(document = "RFC 4475", section = "3.3.7", requirement = "regaut01: unknown Authorization scheme")
    void anUnknownAuthorizationSchemePasses() {
        acceptedRequest(rfc4475("regaut01"));
    }

    @Test
    @Specified(
            document = "RFC 4475",
            section = "3.3.10",
            requirement = "bcast: 200 OK response with broadcast Via header field value")
    void theViaBelowTheTopIsNotObeyedByTheCodec() {
        assertThat(acceptedResponse(rfc4475("bcast")).topVia().host()).isEqualTo("192.0.2.198");
    }

    @Test
    @Specified(document = "RFC 4475", section = "3.3.11", requirement = "zeromf: Max-Forwards of zero")
    void spentHopsAreTold() {
        assertThat(acceptedRequest(rfc4475("zeromf")).maxForwards()).isZero();
    }

    @Test
    @Specified(
            document = "RFC 4475",
            section = "3.3.12",
            requirement = "cparam01: REGISTER with a Contact header parameter")
    void aParameterBehindABareUriBelongsToTheHeader() throws SipSyntaxException {
        NameAddr contact = contact(acceptedRequest(rfc4475("cparam01")));
        assertThat(contact.parameters().has("unknownparam")).isTrue();
        assertThat(contact.uri().parameters().has("unknownparam")).isFalse();
    }

    @Test
    @Specified(document = "RFC 4475", section = "3.3.13", requirement = "cparam02: REGISTER with a URL parameter")
    void aParameterWithinBracketsBelongsToTheUri() throws SipSyntaxException {
        NameAddr contact = contact(acceptedRequest(rfc4475("cparam02")));
        assertThat(contact.parameters().has("unknownparam")).isFalse();
        assertThat(contact.uri().parameters().has("unknownparam")).isTrue();
    }

    @Test
    @Specified(document = "RFC 4475", section = "3.3.14", requirement = "regescrt: REGISTER with a URL escaped header")
    void aHeaderEscapedInAContactStaysThere() throws SipSyntaxException {
        SipRequest request = acceptedRequest(rfc4475("regescrt"));
        assertThat(contact(request).uri().hasHeaders()).isTrue();
        assertThat(request.headers().has(HeaderName.ROUTE)).isFalse();
    }

    @Test
    @Specified(document = "RFC 4475", section = "3.3.15", requirement = "sdp01: unacceptable Accept offering")
    void whatIsAcceptedIsForTheEndpointsToSettle() {
        assertThat(acceptedRequest(rfc4475("sdp01")).headers().values(HeaderName.ACCEPT))
                .isEqualTo(List.of(Octets.of("text/nobodyKnowsThis")));
    }

    @Test
    @Specified(document = "RFC 4475", section = "3.4.1", requirement = "inv2543: INVITE with RFC 2543 syntax")
    @Specified(
            document = "RFC 3261",
            section = "18.3",
            requirement = "The Content-Length header field MUST be used with stream oriented transports")
    void anRfc2543InviteIsTakenIfItSaysWhereItEnds() {
        byte[] message = rfc4475("inv2543");
        assertEnded(message, 400);

        String text = new String(message, StandardCharsets.UTF_8);
        String framed = text.replace("\r\n\r\n", "\r\nContent-Length: 105\r\n\r\n");
        SipRequest request = acceptedRequest(framed.getBytes(StandardCharsets.UTF_8));
        assertThat(request.topVia().branch()).isEmpty();
        assertThat(request.from().hasTag()).isFalse();
        assertThat(request.maxForwards()).isEqualTo(70);
    }
}
