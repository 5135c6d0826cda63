// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbridge.api.model.HostPort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SipUriTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sip:ann@corp.example               | sip  | ann      | corp.example | 0",
                "SIP:ann@CORP.example:5061          | sip  | ann      | corp.example | 5061",
                "sips:corp.example;lr               | sips |          | corp.example | 0",
                "sip:ann:secret@corp.example        | sip  | ann      | corp.example | 0",
                "sip:a%40b;x=1/2?3@corp.example?a=b | sip  | a%40b;x=1/2?3 | corp.example | 0",
                "sip:+1555@[2001:db8::1]:5060;a=b   | sip  | +1555    | 2001:db8::1  | 5060",
                "im:ann@corp.example                | im   | ann      | corp.example | 0",
                "tel:+1555;phone-context=corp.example | tel |         |              | 0",
                "urn:service:sos                    | urn  |          |              | 0"
            })
    void partsAreFoundWhereTheyStand(String text, String scheme, String user, String host, int port)
            throws SipSyntaxException {
        SipUri uri = SipUri.parse(text);
        assertThat(uri.scheme()).isEqualTo(scheme);
        assertThat(uri.user()).isEqualTo(user == null ? "" : user);
        assertThat(uri.host()).isEqualTo(host == null ? "" : host);
        assertThat(uri.port()).isEqualTo(port);
        assertThat(uri).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sip",
                "sip:",
                ":ann@a",
                "1sip:a@b",
                "sip:@a.example",
                "sip:a@",
                "sip:a@b@c",
                "sip:a b@c",
                "<sip:a@b>",
                "sip:a@b:",
                "sip:a@b:0",
                "sip:a@b:65536",
                "sip:a@b:50x",
                "sip:a@2001:db8::1",
                "sip:a@[2001:db8::1",
                "sip:a@[b]",
                "sip:a@b/c",
                "sip:a@b\"",
                "sip:a@b\r\nX: y",
                "sip:a@[::1]5060"
            })
    void whatIsNoUriIsRefused(String text) {
        assertThatThrownBy(() -> SipUri.parse(text)).isInstanceOf(SipSyntaxException.class);
    }

    @Test
    void ofRepeatedParametersTheFirstCounts() throws SipSyntaxException {
        Parameters parameters = SipUri.parse("sip:a.example;lr;Transport=tls;ms-opaque=a=;ms-opaque=b;lr?lr2=x")
                .parameters();
        assertThat(parameters.has("LR")).isTrue();
        assertThat(parameters.first("lr")).hasValue(Octets.of(""));
        assertThat(parameters.first("transport")).hasValue(Octets.of("tls"));
        assertThat(parameters.first("ms-opaque")).hasValue(Octets.of("a="));
        assertThat(parameters.has("lr2")).isFalse();
        assertThat(parameters.first("maddr")).isEmpty();
    }

    @Test
    void hostAndPortAreWhatOwnNamesAreComparedWith() throws SipSyntaxException {
        assertThat(SipUri.parse("sip:Edge.Corp.example:5061;lr").hostPort())
                .isEqualTo(new HostPort("edge.corp.example", 5061));
    }
}
