// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.codec;

import static io.drawbridge.sip.internal.codec.Messages.MESSAGE;
import static io.drawbridge.sip.internal.codec.Messages.OK;
import static io.drawbridge.sip.internal.codec.Messages.request;
import static io.drawbridge.sip.internal.codec.Messages.response;
import static io.drawbridge.sip.internal.codec.Messages.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbridge.api.model.HostPort;
import org.junit.jupiter.api.Test;

class SipRewriteTest {
    @Test
    void whatIsNotChangedIsWrittenAsItCame() {
        assertThat(written(SipRewrite.of(request(MESSAGE)))).isEqualTo(MESSAGE);
    }

    @Test
    void aForwardedRequestDiffersOnlyWhereAProxyChangesIt() {
        String forwarded = written(SipRewrite.of(request(MESSAGE))
                .markTopVia(new HostPort("192.0.2.7", 40000))
                .insert(HeaderName.VIA, "SIP/2.0/TLS edge.corp.example:5061;branch=z9hG4bKnew")
                .insert(HeaderName.RECORD_ROUTE, "<sip:edge.corp.example:5061;transport=tls;lr>")
                .setMaxForwards(69)
                .removeTop(HeaderName.ROUTE, 1)
                .setRequestUri("sip:bob@next.example"));

        assertThat(forwarded)
                .isEqualTo(MESSAGE.replace(
                                "sip:bob@partner.example SIP/2.0\n",
                                """
                                sip:bob@next.example SIP/2.0
                                Via: SIP/2.0/TLS edge.corp.example:5061;branch=z9hG4bKnew
                                Record-Route: <sip:edge.corp.example:5061;transport=tls;lr>
                                """)
                        .replace(";rport\n", ";rport=40000;received=192.0.2.7\n")
                        .replace("Forwards: 70", "Forwards: 69")
                        .replace("<sip:edge-int.corp.example:5061;transport=tls;lr>, ", ""));
    }

    @Test
    void ownViaIsRemovedAlsoWhereSeveralShareALine() {
        assertThat(written(SipRewrite.of(response(OK)).removeTop(HeaderName.VIA, 1)))
                .isEqualTo(OK.replace("SIP/2.0/TLS edge.corp.example;branch=z9hG4bKedge, ", ""));
    }

    @Test
    void valuesAreRemovedOverTheEndOfALine() {
        assertThat(written(SipRewrite.of(response(OK)).removeTop(HeaderName.VIA, 2)))
                .isEqualTo(OK.replaceFirst("Via: [^\n]*\n", ""));
        assertThat(written(SipRewrite.of(response(OK)).removeTop(HeaderName.VIA, 9)))
                .isEqualTo(OK.replaceAll("Via: [^\n]*\n", ""));
    }

    @Test
    void theLastValueIsRemovedWithItsComma() {
        assertThat(written(SipRewrite.of(request(MESSAGE)).removeLast(HeaderName.ROUTE)))
                .isEqualTo(MESSAGE.replace(", <sip:next.corp.example;lr>", ""));
        assertThat(written(SipRewrite.of(response(OK)).removeLast(HeaderName.VIA)))
                .isEqualTo(OK.replace("Via: SIP/2.0/TLS client.corp.example;branch=z9hG4bKclient\n", ""));
    }

    @Test
    void allLinesOfANameAreRemovedWhereverTheyStand() {
        assertThat(written(SipRewrite.of(request(MESSAGE)).remove(HeaderName.SUPPORTED)))
                .isEqualTo(MESSAGE.replaceAll("(?i)supported: [^\n]*\n", ""));
        assertThat(written(SipRewrite.of(request(MESSAGE)).remove("max-forwards")))
                .isEqualTo(MESSAGE.replace("Max-Forwards: 70\n", ""));
    }

    @Test
    void missingMaxForwardsIsInserted() {
        String without = MESSAGE.replace("Max-Forwards: 70\n", "");
        assertThat(written(SipRewrite.of(request(without)).setMaxForwards(70)))
                .isEqualTo(without.replace("SIP/2.0\nVia", "SIP/2.0\nMax-Forwards: 70\nVia"));
    }

    @Test
    void anInsertedLineStandsAboveARemovedOne() {
        String rewritten = written(SipRewrite.of(response(OK))
                .removeTop(HeaderName.VIA, 2)
                .insert(HeaderName.SERVER, "edge")
                .setStatus(500, "Server Internal Error"));
        assertThat(rewritten).startsWith("SIP/2.0 500 Server Internal Error\nServer: edge\nVia: SIP/2.0/TLS client");
    }

    @Test
    void aValueCannotForgeAnotherHeaderField() {
        SipRewrite rewrite = SipRewrite.of(request(MESSAGE));
        assertThatThrownBy(() -> rewrite.append("X-Note", "a\r\nRoute: <sip:evil.example>"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void twoChangesOfOnePlaceAreRefused() {
        SipRewrite rewrite =
                SipRewrite.of(request(MESSAGE)).remove(HeaderName.ROUTE).removeTop(HeaderName.ROUTE, 1);
        assertThatThrownBy(() -> written(rewrite)).isInstanceOf(IllegalStateException.class);
    }
}
