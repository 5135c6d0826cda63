// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.lib.smack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jivesoftware.smack.packet.StandardExtensionElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StanzaParserTest {
    @Test
    void whatIsUnknownIsReadLikeTheRest() throws MalformedStanza {
        StandardExtensionElement stanza = StanzaParser.parse("<message xmlns='jabber:client' type='shout'>"
                + "<body>a &amp; b <![CDATA[<c>]]></body><x xmlns='urn:example:new' y='1'><z/></x></message>");
        assertThat(stanza.getAttributeValue("type")).isEqualTo("shout");
        assertThat(stanza.getFirstElement("body", "jabber:client").getText()).isEqualTo("a & b <c>");
        assertThat(stanza.getFirstElement("x", "urn:example:new").getAttributeValue("y"))
                .isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<message>",
                "<message a='1' a='2'/>",
                "<message><x:y/></message>",
                "<message>&#0;</message>",
                "<!DOCTYPE m [<!ENTITY a 'b'>]><message>&a;</message>"
            })
    void whatIsNotWellFormedIsRefusedByOneException(String document) {
        assertThatThrownBy(() -> StanzaParser.parse(document)).isInstanceOf(MalformedStanza.class);
    }
}
