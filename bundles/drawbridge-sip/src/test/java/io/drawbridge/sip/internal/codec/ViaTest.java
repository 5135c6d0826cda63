// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbridge.api.model.HostPort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViaTest {
    private static Via parse(String text) throws SipSyntaxException {
        return Via.parse(Octets.of(text));
    }

    @Test
    void thePartsAreFound() throws SipSyntaxException {
        Via via = parse(
                "SIP/2.0/tls Pool.Corp.example:5061;branch=z9hG4bKx;received=192.0.2.1;rport=4000;ms-received-cid=1");
        assertThat(via.transport()).isEqualTo("TLS");
        assertThat(via.sentBy()).isEqualTo(new HostPort("pool.corp.example", 5061));
        assertThat(via.branch()).isEqualTo("z9hG4bKx");
        assertThat(via.hasMagicCookie()).isTrue();
        assertThat(via.received()).isEqualTo("192.0.2.1");
        assertThat(via.rport()).isEqualTo(4000);
        assertThat(via.parameters().first("ms-received-cid")).hasValue(Octets.of("1"));
    }

    @Test
    void whiteSpaceAndFoldsMayStandBetweenAllParts() throws SipSyntaxException {
        Via via = parse("SIP  /\t2.0 /\r\n UDP   192.0.2.2 : 5060 ; branch\r\n = 390skdjuw ; rport");
        assertThat(via.sentBy()).hasToString("192.0.2.2:5060");
        assertThat(via.branch()).isEqualTo("390skdjuw");
        assertThat(via.hasMagicCookie()).isFalse();
        assertThat(via.hasRport()).isTrue();
        assertThat(via.rport()).isZero();
    }

    @Test
    void whatIsNotThereIsEmpty() throws SipSyntaxException {
        Via via = parse("SIP/2.0/TCP a.example");
        assertThat(via.port()).isZero();
        assertThat(via.branch()).isEmpty();
        assertThat(via.received()).isEmpty();
        assertThat(via.hasRport()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SIP/2.0/TLS",
                "SIP/2.0 a.example",
                "SIP/7.0/TLS a.example",
                "HTTP/2.0/TLS a.example",
                "SIP/2.0/TLS ;x",
                "SIP/2.0/TLS a.example:",
                "SIP/2.0/TLS a.example:0",
                "SIP/2.0/TLS a.example:65536",
                "SIP/2.0/TLS a.example;;",
                "SIP/2.0/TLS a.example x",
                "SIP/2.0/TLS 2001:db8::1",
                "SIP/2.0/TLS [2001:db8::1",
                "SIP/2.0/TLS [x]",
                "SIP/2.0/TLS a.example;branch=\"x",
                "SIP/2.0/TLS a.example, SIP/2.0/TLS b.example"
            })
    void whatIsMalformedIsRefused(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(SipSyntaxException.class);
    }
}
