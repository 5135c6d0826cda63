// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.conformance;

import static io.drawbridge.conformance.CodecStream.acceptedRequest;
import static io.drawbridge.conformance.CodecStream.assertRefused;
import static io.drawbridge.conformance.Wire.octets;
import static io.drawbridge.conformance.Wire.withLength;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.sip.internal.codec.HeaderName;
import io.drawbridge.sip.internal.codec.NameAddr;
import io.drawbridge.sip.internal.codec.Octets;
import io.drawbridge.sip.internal.codec.SipProblem;
import io.drawbridge.sip.internal.codec.SipRequest;
import io.drawbridge.sip.internal.codec.SipSyntaxException;
import io.drawbridge.sip.internal.codec.SipUri;
import io.drawbridge.testbed.Specified;
import org.junit.jupiter.api.Test;

/** The torture tests for IPv6, after the messages of RFC 5118. */
class Ipv6MessagesTest {
    private static final String REGISTER =
            """
            REGISTER %s SIP/2.0
            To: sip:user@example.com
            From: sip:user@example.com;tag=81x2
            Via: SIP/2.0/UDP [2001:db8::9:1];branch=z9hG4bKas3-111
            Call-ID: SSG9559905523997077@hlau_4100
            Max-Forwards: 70
            Contact: "Caller" <sip:caller@[2001:db8::1]>
            CSeq: 98176 REGISTER
            Content-Length: 0

            """;

    private static final String INVITE =
            """
            INVITE sip:user@[2001:db8::10] SIP/2.0
            To: sip:user@[2001:db8::10]
            From: sip:user@example.com;tag=81x2
            Via: SIP/2.0/UDP [2001:db8::9:1];branch=z9hG4bKas3-111
            Call-ID: SSG9559905523997077@hlau_4100
            Contact: "Caller" <sip:caller@[2001:db8::9:1]>
            CSeq: 8612 INVITE
            Max-Forwards: 70
            Content-Type: application/sdp
            """;

    private static SipUri requestUri(String uri) {
        return acceptedRequest(octets(String.format(REGISTER, uri))).requestUri();
    }

    private static String invite(String via) {
        return INVITE.replace("Via: SIP/2.0/UDP [2001:db8::9:1]", via);
    }

    @Test
    @Specified(document = "RFC 5118", section = "4.1", requirement = "Valid SIP message with an IPv6 reference")
    void bracketedReferencesAreTaken() throws SipSyntaxException {
        SipRequest request = acceptedRequest(octets(String.format(REGISTER, "sip:[2001:db8::10]")));
        assertThat(request.requestUri().host()).isEqualTo("2001:db8::10");
        assertThat(request.requestUri().port()).isZero();
        assertThat(request.topVia().host()).isEqualTo("2001:db8::9:1");
        Octets contact = request.headers().first(HeaderName.CONTACT).orElseThrow();
        assertThat(NameAddr.parse(contact, SipProblem.CONTACT).uri().host()).isEqualTo("2001:db8::1");
    }

    @Test
    @Specified(document = "RFC 5118", section = "4.2", requirement = "Invalid SIP message with an IPv6 reference")
    void anAddressWithoutBracketsIsRefused() {
        assertRefused(octets(String.format(REGISTER, "sip:2001:db8::10")), 400);
    }

    @Test
    @Specified(document = "RFC 5118", section = "4.3", requirement = "Port ambiguous in a SIP URI")
    void whatLooksLikeAPortWithinTheBracketsIsPartOfTheAddress() {
        SipUri uri = requestUri("sip:[2001:db8::10:5070]");
        assertThat(uri.host()).isEqualTo("2001:db8::10:5070");
        assertThat(uri.port()).isZero();
    }

    @Test
    @Specified(document = "RFC 5118", section = "4.4", requirement = "Port unambiguous in a SIP URI")
    void aPortBehindTheBracketsIsAPort() {
        SipUri uri = requestUri("sip:[2001:db8::10]:5070");
        assertThat(uri.host()).isEqualTo("2001:db8::10");
        assertThat(uri.port()).isEqualTo(5070);
    }

    @Test
    @Specified(
            document = "RFC 5118",
            section = "4.5",
            requirement = "IPv6 reference delimiters in the Via header field")
    void receivedIsReadWithAndWithoutBrackets() {
        for (String received : new String[] {"[2001:db8::9:255]", "2001:db8::9:255"}) {
            String via = "Via: SIP/2.0/UDP [2001:db8::9:1];received=" + received;
            SipRequest request = acceptedRequest(withLength(invite(via), ""));
            assertThat(request.topVia().received()).isEqualTo("2001:db8::9:255");
            assertThat(request.topVia().branch()).isEqualTo("z9hG4bKas3-111");
        }
    }

    @Test
    @Specified(
            document = "RFC 5118",
            section = "4.6",
            requirement = "SIP request with IPv6 addresses in the Session Description Protocol (SDP) body")
    void ipv6InABodyPasses() {
        acceptedRequest(
                withLength(
                        INVITE,
                        """
                v=0
                o=assistant 971731711378798081 0 IN IP6 2001:db8::20
                s=Live video feed for today's meeting
                c=IN IP6 2001:db8::20
                t=3338481189 3370017201
                m=audio 6000 RTP/AVP 2
                a=rtpmap:2 G726-32/8000
                m=video 6024 RTP/AVP 107
                a=rtpmap:107 H263-1998/90000
                """));
    }

    @Test
    @Specified(document = "RFC 5118", section = "4.7", requirement = "Multiple IP addresses in SIP header fields")
    void addressesOfBothFamiliesMeetInOneMessage() throws SipSyntaxException {
        String vias =
                """
                Via: SIP/2.0/UDP [2001:db8::9:1]:6050;branch=z9hG4bKas3-111
                Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKjhja8781hjuaij65144
                Via: SIP/2.0/TCP [2001:db8::9:255];branch=z9hG4bK451jj;received=192.0.2.200
                """;
        SipRequest request = acceptedRequest(
                withLength(INVITE.replace("Via: SIP/2.0/UDP [2001:db8::9:1];branch=z9hG4bKas3-111\n", vias), ""));
        assertThat(request.headers().values(HeaderName.VIA)).hasSize(3);
        assertThat(request.topVia().sentBy()).hasToString("[2001:db8::9:1]:6050");
    }

    @Test
    @Specified(document = "RFC 5118", section = "4.8", requirement = "Multiple IP addresses in SDP")
    void addressesOfBothFamiliesMeetInABody() {
        acceptedRequest(
                withLength(
                        INVITE,
                        """
                v=0
                o=bob 280744730 28977631 IN IP4 host.example.com
                s=
                t=0 0
                m=audio 22334 RTP/AVP 0
                c=IN IP4 192.0.2.1
                m=video 6024 RTP/AVP 107
                c=IN IP6 2001:db8::1
                a=rtpmap:107 H263-1998/90000
                """));
    }

    @Test
    @Specified(document = "RFC 5118", section = "4.9", requirement = "IPv4-mapped IPv6 addresses")
    void mappedAddressesAreTaken() throws SipSyntaxException {
        String via = "Via: SIP/2.0/UDP [::ffff:192.0.2.10]:19823";
        SipRequest request = acceptedRequest(
                withLength(
                        invite(via).replace("caller@[2001:db8::9:1]", "alice@[::ffff:192.0.2.10]:19823"),
                        """
                v=0
                o=UserA 2890844526 2890844526 IN IP6 ::ffff:192.0.2.2
                s=Session SDP
                c=IN IP6 ::ffff:192.0.2.2
                t=0 0
                m=audio 49170 RTP/AVP 0
                """));
        assertThat(request.topVia().sentBy()).hasToString("[::ffff:192.0.2.10]:19823");
    }

    @Test
    @Specified(document = "RFC 5118", section = "4.10", requirement = "IPv6 reference bug in RFC 3261 ABNF")
    void theThreeColonsOfTheFaultyGrammarAreRefusedTheTwoOfTheRightOneTaken() {
        assertRefused(octets(String.format(REGISTER, "sip:user@[2001:db8:::192.0.2.1]")), 400);
        assertThat(requestUri("sip:user@[2001:db8::192.0.2.1]").host()).isEqualTo("2001:db8::192.0.2.1");
    }
}
