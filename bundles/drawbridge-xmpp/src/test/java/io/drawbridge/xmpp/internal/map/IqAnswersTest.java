// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.testbed.Specified;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Interworking 4.12 and 4.15: what an own domain answers by itself. */
final class IqAnswersTest {
    private final Scene scene = new Scene();

    private String asks(String to, String attributes, String payload) {
        scene.receives(
                "<iq from='juliet@chat.example/balcony' to='" + to + "' " + attributes + ">" + payload + "</iq>");
        assertThat(scene.brought).isEmpty();
        return scene.stanza();
    }

    private String asksDomain(String payload) {
        return asks("corp.example", "id='i1' type='get'", payload);
    }

    private static String result(String content) {
        return "<iq from='corp.example' to='juliet@chat.example/balcony' id='i1' type='result'>" + content + "</iq>";
    }

    @Test
    void xep0199APingIsAnswered() {
        assertThat(asksDomain("<ping xmlns='urn:xmpp:ping'/>")).isEqualTo(result(""));
    }

    @Test
    void xep0030TheDomainTellsWhatItIsAndCan() {
        assertThat(asksDomain("<query xmlns='http://jabber.org/protocol/disco#info'/>"))
                .contains("<query xmlns='http://jabber.org/protocol/disco#info'>")
                .contains("<identity category='gateway' name='Drawbridge' type='sip'/>")
                .contains("var='http://jabber.org/protocol/disco#info'")
                .contains("var='http://jabber.org/protocol/disco#items'")
                .contains("var='urn:xmpp:ping'", "var='jabber:iq:version'", "var='urn:xmpp:time'")
                .contains("var='jid\\20escaping'");
    }

    @Test
    void xep0030TheDomainHasNoItems() {
        assertThat(asksDomain("<query xmlns='http://jabber.org/protocol/disco#items'/>"))
                .startsWith("<iq from='corp.example'")
                .contains("type='result'")
                .doesNotContain("<item ");
    }

    @Test
    void xep0092TheVersionIsTold() {
        assertThat(asksDomain("<query xmlns='jabber:iq:version'/>"))
                .isEqualTo(result(
                        "<query xmlns='jabber:iq:version'><name>Drawbridge</name><version>1.2.3</version></query>"));
    }

    @Test
    void xep0202TheTimeIsToldInUtc() {
        assertThat(asksDomain("<time xmlns='urn:xmpp:time'/>"))
                .contains("<time xmlns='urn:xmpp:time'>", "<utc>2026-03-01T12:00:00.000+00:00</utc>", "<tzo>Z</tzo>");
    }

    @ParameterizedTest(name = "{1} to {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "corp.example|<query xmlns='jabber:iq:register'/>",
                "corp.example|<query xmlns='http://jabber.org/protocol/disco#info' node='n'/>",
                "romeo@corp.example|<query xmlns='http://jabber.org/protocol/disco#info'/>",
                "romeo@corp.example/desk|<ping xmlns='urn:xmpp:ping'/>",
                "nobody@corp.example|<vCard xmlns='vcard-temp'/>"
            })
    @Specified(
            document = "RFC 6121",
            section = "8.5.1",
            requirement = "service-unavailable at a user who does not exist")
    void whatIsNotOfferedIsUnavailableAlsoAtUsersWhoDoNotExist(String to, String payload) {
        assertThat(asks(to, "id='i1' type='get'", payload))
                .startsWith("<iq from='" + to + "' to='juliet@chat.example/balcony' id='i1' type='error'>")
                .contains("<error type='cancel'><service-unavailable ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id='i1' type='get'|",
                "type='get'|<ping xmlns='urn:xmpp:ping'/>",
                "id='i1' type='get'|<ping xmlns='urn:xmpp:ping'/><ping xmlns='urn:xmpp:ping'/>",
                "id='i1'|<ping xmlns='urn:xmpp:ping'/>",
                "id='i1' type='fetch'|<ping xmlns='urn:xmpp:ping'/>"
            })
    @Specified(
            document = "RFC 6120",
            section = "8.2.3",
            requirement = "An IQ has an id, a known type and one child; else bad-request")
    void rfc6120Section8_2_3AMalformedIqIsABadRequest(String attributes, String payload) {
        assertThat(asks("corp.example", attributes, payload == null ? "" : payload))
                .contains("<bad-request ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"result", "error"})
    @Specified(document = "RFC 6120", section = "8.2.3", requirement = "A result or an error is not answered")
    void anAnswerIsNotAnswered(String type) {
        scene.receives("<iq from='chat.example' to='corp.example' id='i1' type='" + type + "'/>");
        assertThat(scene.sent).isEmpty();
    }
}
