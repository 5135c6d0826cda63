// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.conformance;

import static io.drawbridge.conformance.CodecStream.acceptedRequest;
import static io.drawbridge.conformance.CodecStream.acceptedResponse;
import static io.drawbridge.conformance.Wire.withLength;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.sip.internal.codec.HeaderName;
import io.drawbridge.sip.internal.codec.NameAddr;
import io.drawbridge.sip.internal.codec.Octets;
import io.drawbridge.sip.internal.codec.SipProblem;
import io.drawbridge.sip.internal.codec.SipReply;
import io.drawbridge.sip.internal.codec.SipRequest;
import io.drawbridge.sip.internal.codec.SipResponse;
import io.drawbridge.sip.internal.codec.SipRewrite;
import io.drawbridge.sip.internal.codec.SipSyntaxException;
import io.drawbridge.sip.internal.codec.Via;
import io.drawbridge.testbed.Specified;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

/** What deployed Lync servers send that breaks parsers: each must be read where needed and pass octet for octet. */
class LyncDialectTest {
    private static final String OBSERVED = "Lync dialect, observed";

    private static final String INVITE =
            """
            INVITE sip:bob@partner.example SIP/2.0
            Via: SIP/2.0/TLS pool.corp.example:5061;branch=z9hG4bK19
            Max-Forwards: 70
            From: "Ann" <sip:ann@corp.example>;tag=f1;epid=0a1b2c3d4e
            To: <sip:bob@partner.example>
            Call-ID: 9d2e0f
            CSeq: 1 INVITE
            """;

    private static final String OK =
            """
            SIP/2.0 200 OK
            Via: SIP/2.0/TLS edge.corp.example:5061;branch=z9hG4bKedge
            Via: SIP/2.0/TLS pool.corp.example:5061;branch=z9hG4bK19
            From: <sip:ann@corp.example>;tag=f1
            To: <sip:bob@partner.example>;tag=t1
            Call-ID: 9d2e0f
            CSeq: 1 INVITE
            """;

    private static final String OWN_LINES =
            """
            Via: SIP/2.0/TLS edge.corp.example:5061;branch=z9hG4bKnew
            Record-Route: <sip:edge.corp.example:5061;transport=tls;lr>
            """;

    private static byte[] invite(String more, String body) {
        return withLength(INVITE + more, body);
    }

    private static byte[] invite(String from, String to, String more) {
        return withLength(INVITE.replace(from, to) + more, "");
    }

    /** Relays a request as the edge does and shows that only what a proxy writes has changed. */
    private static SipRequest passes(byte[] octets) {
        SipRequest request = acceptedRequest(octets);
        byte[] relayed = SipRewrite.of(request)
                .insert(HeaderName.VIA, "SIP/2.0/TLS edge.corp.example:5061;branch=z9hG4bKnew")
                .insert(HeaderName.RECORD_ROUTE, "<sip:edge.corp.example:5061;transport=tls;lr>")
                .setMaxForwards(69)
                .toBytes();
        String expected = new String(octets, ISO_8859_1)
                .replaceFirst("SIP/2.0\r\n", "SIP/2.0\r\n" + OWN_LINES.replace("\n", "\r\n"))
                .replace("Max-Forwards: 70", "Max-Forwards: 69");
        assertThat(new String(relayed, ISO_8859_1)).isEqualTo(expected);
        return request;
    }

    /** Relays a response as the edge does and shows that only its own Via is gone. */
    private static SipResponse passesBack(byte[] octets) {
        SipResponse response = acceptedResponse(octets);
        byte[] relayed = SipRewrite.of(response).removeTop(HeaderName.VIA, 1).toBytes();
        String expected = new String(octets, ISO_8859_1)
                .replace("Via: SIP/2.0/TLS edge.corp.example:5061;branch=z9hG4bKedge\r\n", "");
        assertThat(new String(relayed, ISO_8859_1)).isEqualTo(expected);
        return response;
    }

    @Test
    @Specified(document = OBSERVED, section = "L1", requirement = "Vias below the top one may lack a branch")
    void aViaWithoutBranchBelowTheTopPasses() throws SipSyntaxException {
        String via = "SIP/2.0/TLS 192.0.2.5:65529;ms-received-port=65529;ms-received-cid=1A";
        SipRequest request = passes(invite("Via: " + via + "\n", ""));
        Via second = Via.parse(request.headers().values(HeaderName.VIA).get(1));
        assertThat(second.branch()).isEmpty();
        assertThat(second.parameters().first("ms-received-cid")).hasValue(Octets.of("1A"));
    }

    @Test
    @Specified(
            document = OBSERVED,
            section = "L2",
            requirement = "Vias interleaved with other header fields are one list")
    void viasBetweenOtherHeaderFieldsAreFound() {
        String more =
                """
                Authentication-Info: TLS-DSK qop="auth", snum="1"
                Via: SIP/2.0/TLS a.corp.example;branch=z9hG4bK2
                P-Asserted-Identity: <sip:bob@partner.example>
                Via: SIP/2.0/TLS b.corp.example;branch=z9hG4bK3
                """;
        SipResponse response = passesBack(withLength(OK + more, ""));
        assertThat(response.headers().values(HeaderName.VIA)).hasSize(4);
    }

    @Test
    @Specified(
            document = OBSERVED,
            section = "L3",
            requirement = "Record-Route with repeated parameters and header parameters passes verbatim")
    void recordRoutesPassWithTheirDuplicates() {
        String route = "<sip:pool.corp.example:5061;transport=tls;lr;ms-opaque=a+/=;ms-opaque=b;lr;"
                + "ms-route-sig=aa8X+=/>;ms-rrsig=xx==;tag=1";
        String more = "Record-Route: " + route + ",<sip:fe.corp.example;ms-fe=fe1;opaque=x;lr>\n";
        SipRequest request = passes(invite(more, ""));
        assertThat(request.headers().values(HeaderName.RECORD_ROUTE))
                .extracting(Octets::toString)
                .containsExactly(route, "<sip:fe.corp.example;ms-fe=fe1;opaque=x;lr>");
        ByteBuf reply = Unpooled.buffer();
        SipReply.to(request, 200, "OK").copy(HeaderName.RECORD_ROUTE).writeTo(reply);
        assertThat(reply.toString(UTF_8)).contains(more.replace("\n", "\r\n"));
    }

    @Test
    @Specified(document = OBSERVED, section = "L4", requirement = "Raw UTF-8 display names, no space before <")
    void utf8DisplayNamesPass() throws SipSyntaxException {
        SipRequest quoted = passes(invite("\"Ann\" <", "\"Имя\"<", ""));
        assertThat(quoted.from().uri().user()).isEqualTo("ann");
        assertThat(quoted.from().raw().toString()).startsWith("\"Имя\"<");
        assertThat(passes(invite("\"Ann\" <", "Имя <", "")).from().tag()).isEqualTo("f1");
    }

    @Test
    @Specified(
            document = OBSERVED,
            section = "L5",
            requirement = "epid without tag is echoed together with the new tag")
    void epidIsEchoedWithTheNewTag() {
        SipRequest request = passes(invite("<sip:bob@partner.example>\n", "<sip:bob@partner.example>;epid=99aa\n", ""));
        assertThat(request.to().hasTag()).isFalse();
        ByteBuf reply = Unpooled.buffer();
        SipReply.to(request, 480, "Temporarily Unavailable").toTag("e7").writeTo(reply);
        assertThat(reply.toString(UTF_8)).contains("\r\nTo: <sip:bob@partner.example>;epid=99aa;tag=e7\r\n");
    }

    @Test
    @Specified(
            document = OBSERVED,
            section = "L6",
            requirement = "Single-token lines are merged, names come in any case")
    void tokensOnManyLinesAreOneList() {
        String more =
                """
                Supported: ms-sender
                SUPPORTED: timer
                k: ms-benotify, ms-dialog-route-set-update
                history-info: <sip:bob@partner.example>;index=1
                """;
        SipRequest request = passes(invite(more, ""));
        assertThat(request.headers().values(HeaderName.SUPPORTED)).hasSize(4);
        assertThat(request.headers().values(HeaderName.SUPPORTED)).contains(Octets.of("ms-benotify"));
        assertThat(request.headers().has(HeaderName.HISTORY_INFO)).isTrue();
    }

    @Test
    @Specified(document = OBSERVED, section = "L7", requirement = "opaque and gruu of a Contact stay as they are")
    void aGruuIsUsedUnmodified() throws SipSyntaxException {
        String contact = "<sip:ann@corp.example;opaque=user:epid:AbC-_xYz9Q;gruu>";
        SipRequest request = passes(invite("Contact: " + contact + "\n", ""));
        Octets value = request.headers().first(HeaderName.CONTACT).orElseThrow();
        NameAddr address = NameAddr.parse(value, SipProblem.CONTACT);
        assertThat(address.uri().parameters().has("gruu")).isTrue();
        assertThat(address.uri().parameters().first("opaque")).hasValue(Octets.of("user:epid:AbC-_xYz9Q"));
    }

    @Test
    @Specified(document = OBSERVED, section = "L8", requirement = "Parameter values may hold = and need no quotes")
    void unquotedParameterValuesPass() {
        passes(invite("Content-Type: text/plain; charset=UTF-8;msgr=WAAtAE0ATQBTAC0A==\n", "Hi"));
    }

    @Test
    @Specified(document = OBSERVED, section = "L9", requirement = "An XML body may declare an encoding it is not in")
    void anXmlDeclarationThatIsWrongPasses() {
        passes(invite(
                "Content-Type: application/pidf+xml\n", "<?xml version=\"1.0\" encoding=\"utf-16\"?><presence/>"));
    }

    @Test
    @Specified(document = OBSERVED, section = "L10", requirement = "SDP with the same version in re-offers")
    void anSdpThatDoesNotCountItsVersionsPasses() {
        passes(invite("Content-Type: application/sdp\n", "v=0\no=- 0 0 IN IP4 192.0.2.10\ns=session\nt=0 0\n"));
    }

    @Test
    @Specified(document = OBSERVED, section = "L11", requirement = "SDP with backslashes in a URI")
    void anSdpWithBackslashesPasses() {
        passes(invite("Content-Type: application/sdp\n", "v=0\na=extmap:1 http:\\\\www.webrtc.org\\time\n"));
    }

    @Test
    @Specified(
            document = OBSERVED,
            section = "L12",
            requirement = "MESSAGE and INFO of a dialog share one CSeq counter")
    void severalRequestsOfADialogMayBeUnderWay() {
        try (CodecStream stream = new CodecStream()) {
            String dialog = INVITE.replace("partner.example>\n", "partner.example>;tag=t1\n");
            byte[] first = withLength(dialog.replace("INVITE", "MESSAGE").replace("CSeq: 1", "CSeq: 2"), "Hi");
            byte[] second = withLength(dialog.replace("INVITE", "INFO").replace("CSeq: 1", "CSeq: 3"), "<x/>");
            assertThat(stream.read(first)).singleElement().isInstanceOf(SipRequest.class);
            assertThat(stream.read(second)).singleElement().isInstanceOf(SipRequest.class);
        }
    }

    @Test
    @Specified(document = OBSERVED, section = "L13", requirement = "A Contact without transport passes as it is")
    void aContactWithoutTransportPasses() {
        passesBack(withLength(OK + "Contact: <sip:192.0.2.10:49152;maddr=192.0.2.10>\n", ""));
    }

    @Test
    @Specified(document = OBSERVED, section = "L14", requirement = "A body is exactly Content-Length octets")
    void bodiesPassWithBareLineFeedsAndWithoutALastLineEnd() {
        byte[] head = withLength(INVITE, "12345");
        byte[] octets = new String(head, ISO_8859_1).replace("12345", "a\nb\rc").getBytes(ISO_8859_1);
        assertThat(passes(octets).body().toBytes()).isEqualTo("a\nb\rc".getBytes(ISO_8859_1));
    }

    @Test
    @Specified(document = OBSERVED, section = "L15", requirement = "maddr in a Contact and proxy=replace behind it")
    void proxyReplaceBehindAContactPasses() {
        passes(invite(
                "Contact: <sip:ann@192.0.2.9:5061;maddr=192.0.2.9;transport=tls>;proxy=replace;"
                        + "+sip.instance=\"<urn:uuid:0a1b2c3d-0000-5000-8000-0123456789ab>\"\n",
                ""));
    }

    @Test
    @Specified(document = OBSERVED, section = "L16", requirement = "Ms-Conversation-ID is an opaque token")
    void aConversationIdPasses() {
        SipRequest request = passes(invite("Ms-Conversation-ID: AdX0b+/9Yw==\n", ""));
        assertThat(request.headers().first(HeaderName.MS_CONVERSATION_ID)).hasValue(Octets.of("AdX0b+/9Yw=="));
    }
}
