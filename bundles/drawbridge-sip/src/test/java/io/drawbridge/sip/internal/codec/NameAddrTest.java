// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameAddrTest {
    private static NameAddr parse(String text) throws SipSyntaxException {
        return NameAddr.parse(Octets.of(text), SipProblem.FROM);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "sip:a@b.example;tag=1                   | sip:a@b.example    | 1",
                "<sip:a@b.example;lr>;tag=1              | sip:a@b.example;lr | 1",
                "Ann <sip:a@b.example> ; Tag = x         | sip:a@b.example    | x",
                "\"A \\\" <x>, y\"<sip:a@b.example>;tag=1;tag=2 | sip:a@b.example | 1",
                "A. B Имя <sip:a@b.example>              | sip:a@b.example    | ``",
                "<sip:a@b.example>;x=\";tag=9\";tag=1    | sip:a@b.example    | 1",
                "<sip:a@b.example;tag=9>                 | sip:a@b.example;tag=9 | ``"
            })
    void uriAndTagAreFound(String text, String uri, String tag) throws SipSyntaxException {
        NameAddr address = parse(text);
        assertThat(address.uri()).hasToString(uri);
        assertThat(address.tag()).isEqualTo(tag);
        assertThat(address.raw()).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ann",
                "\"Ann",
                "\"Ann\"",
                "\"Ann\" sip:a@b",
                "<sip:a@b",
                "<>",
                "< sip:a@b>",
                "<sip:a@b >",
                "Bell, Ann <sip:a@b>",
                "Ann: <sip:a@b>",
                "<sip:a@b>;;tag=1",
                "<sip:a@b>;",
                "<sip:a@b> x",
                "<sip:a@b>;=1",
                "sip:a@b?Route=x",
                "sip:a,b@c",
                "<sip:a@b>;tag=\"x",
                "<sip:a@b>,<sip:c@d>"
            })
    void whatIsMalformedIsRefused(String text) {
        assertThatThrownBy(() -> parse(text).uri())
                .isInstanceOfSatisfying(
                        SipSyntaxException.class, e -> assertThat(e.problem()).isEqualTo(SipProblem.FROM));
    }

    @Test
    void headerParametersAreNotThoseOfTheUri() throws SipSyntaxException {
        NameAddr address = parse("<sip:a@b.example;gruu;opaque=user:epid:x>;epid=0a;+sip.instance=\"<urn:uuid:1>\"");
        assertThat(address.parameters().first("epid")).hasValue(Octets.of("0a"));
        assertThat(address.parameters().first("+sip.instance")).hasValue(Octets.of("\"<urn:uuid:1>\""));
        assertThat(address.parameters().has("gruu")).isFalse();
        assertThat(address.uri().parameters().has("gruu")).isTrue();
    }
}
