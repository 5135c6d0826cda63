// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbridge.testbed.Specified;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read off a stream, and what ends it: RFC 6120 sections 4.7, 8 and 11, interworking 4.2, 4.13 and 9.4. */
final class StreamReaderTest {
    private static final String HEADER = "<?xml version='1.0'?><stream:stream xmlns='jabber:server'"
            + " xmlns:stream='http://etherx.jabber.org/streams' xmlns:db='jabber:server:dialback'"
            + " from='chat.example' to='corp.example' id='s1' version='1.0' xml:lang='de'>";

    private final Told told = new Told();
    private final StreamReader reader = new StreamReader(told);

    /** Writes down what it is told. */
    private static class Told implements StreamEvents {
        private final List<StreamHeader> headers = new ArrayList<>();
        private final List<Element> elements = new ArrayList<>();
        private final List<Stanza> stanzas = new ArrayList<>();
        private boolean closed;

        @Override
        public void opened(StreamHeader header) {
            headers.add(header);
        }

        @Override
        public void element(Element element) {
            elements.add(element);
        }

        @Override
        public void stanza(Stanza stanza) {
            stanzas.add(stanza);
        }

        @Override
        public void closed() {
            closed = true;
        }
    }

    private void feed(String text) throws StreamViolation {
        feed(text.getBytes(StandardCharsets.UTF_8));
    }

    private void feed(byte[] octets) throws StreamViolation {
        reader.feed(octets, octets.length);
    }

    private void violates(StreamCondition condition, String text) {
        violates(condition, text.getBytes(StandardCharsets.UTF_8));
    }

    private void violates(StreamCondition condition, byte[] octets) {
        assertThatThrownBy(() -> feed(octets))
                .isInstanceOfSatisfying(StreamViolation.class, violation -> assertThat(violation.condition())
                        .isEqualTo(condition));
    }

    @Test
    void theHeaderIsRead() throws StreamViolation {
        feed(HEADER);
        assertThat(told.headers).singleElement().satisfies(header -> {
            assertThat(header.from()).isEqualTo("chat.example");
            assertThat(header.to()).isEqualTo("corp.example");
            assertThat(header.id()).isEqualTo("s1");
            assertThat(header.hasFeatures()).isTrue();
            assertThat(header.language()).isEqualTo("de");
            assertThat(header.prefixes()).containsKeys("stream", "db");
        });
    }

    @Test
    @Specified(
            document = "RFC 6120",
            section = "8.4",
            requirement = "Extended content that is not understood passes as it is")
    void aStanzaIsADocumentOfItsOwnWithItsPayloadUntouched() throws StreamViolation {
        feed(
                HEADER + "<message to='a@corp.example' from='b@chat.example/x' id='1' type='chat'>"
                        + "<body>1 &lt; 2 &amp; &#x20AC; \u00fc</body><x xmlns='urn:odd'><![CDATA[<raw>]]></x><db:y/></message>");
        assertThat(told.stanzas).singleElement().satisfies(stanza -> {
            assertThat(stanza.kind()).isEqualTo(Stanza.Kind.MESSAGE);
            assertThat(stanza.attributes())
                    .isEqualTo(new Stanza.Attributes("b@chat.example/x", "a@corp.example", "1", "chat", "de"));
            assertThat(stanza.text())
                    .startsWith("<message xmlns='jabber:client' ")
                    .contains("xmlns:db='jabber:server:dialback'")
                    .doesNotContain("xmlns:stream")
                    .endsWith(
                            "><body>1 &lt; 2 &amp; &#x20AC; \u00fc</body><x xmlns='urn:odd'><![CDATA[<raw>]]></x><db:y/></message>");
        });
    }

    @Test
    void emptyAndPrefixedStanzasAreWrittenAlike() throws StreamViolation {
        feed(HEADER + "<presence from='b@chat.example'/><s:iq xmlns:s='jabber:server' id='2'></s:iq>");
        assertThat(told.stanzas)
                .extracting(Stanza::text)
                .containsExactly(
                        "<presence xmlns='jabber:client' from='b@chat.example'></presence>",
                        "<iq xmlns='jabber:client' xmlns:s='jabber:server' id='2'></iq>");
    }

    @Test
    void nothingDependsOnWhereTheOctetsAreSplit() throws StreamViolation {
        byte[] octets = (HEADER + " \n<db:result from='a' to='b' type='valid'/>"
                        + "<message to='a' from='b'><body>\u20ac&amp;</body></message> <presence/></stream:stream>")
                .getBytes(StandardCharsets.UTF_8);
        for (byte octet : octets) {
            feed(new byte[] {octet});
        }
        assertThat(told.elements).singleElement().satisfies(element -> {
            assertThat(element.is(Namespaces.DIALBACK, "result")).isTrue();
            assertThat(element.attribute("type")).isEqualTo("valid");
        });
        assertThat(told.stanzas)
                .extracting(Stanza::text)
                .containsExactly(
                        "<message xmlns='jabber:client' to='a' from='b'><body>\u20ac&amp;</body></message>",
                        "<presence xmlns='jabber:client'></presence>");
        assertThat(told.closed).isTrue();
    }

    @Test
    void elementsAreReadWithWhatIsWithin() throws StreamViolation {
        feed(HEADER + "<stream:features><mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>"
                + "<mechanism>EXTERNAL</mechanism></mechanisms></stream:features>");
        assertThat(told.elements
                        .get(0)
                        .child(Namespaces.SASL, "mechanisms")
                        .orElseThrow()
                        .children())
                .extracting(Element::text)
                .containsExactly("EXTERNAL");
    }

    @Test
    void aStreamOfManyStanzasKeepsItsPlaceWhenTheTokenizerIsReplaced() throws StreamViolation {
        feed(HEADER);
        String body = "x".repeat(5_000);
        for (int i = 0; i < 1_000; i++) {
            feed("<message id='" + i + "'><body>" + body + "</body></message>");
        }
        assertThat(told.stanzas).hasSize(1_000);
        assertThat(told.stanzas.get(999).text())
                .isEqualTo("<message xmlns='jabber:client' id='999'><body>" + body + "</body></message>");
    }

    static Stream<Arguments> whatEndsAStream() {
        return Stream.of(
                Arguments.of(StreamCondition.RESTRICTED_XML, "<!-- comment -->"),
                Arguments.of(StreamCondition.RESTRICTED_XML, "<message><!-- comment --></message>"),
                Arguments.of(StreamCondition.RESTRICTED_XML, "<?target data?>"),
                Arguments.of(StreamCondition.RESTRICTED_XML, "<!DOCTYPE a [<!ENTITY b 'c'>]>"),
                Arguments.of(StreamCondition.RESTRICTED_XML, "<message>&lol;</message>"),
                Arguments.of(StreamCondition.RESTRICTED_XML, "<message>text &amp; &lol; text</message>"),
                Arguments.of(StreamCondition.NOT_WELL_FORMED, "<message>text &amp; &#1e; text</message>"),
                Arguments.of(StreamCondition.NOT_WELL_FORMED, "<a>text &amp; &#1e; text</a>"),
                Arguments.of(StreamCondition.NOT_WELL_FORMED, "<message>&#0;</message>"),
                Arguments.of(StreamCondition.NOT_WELL_FORMED, "<message>&#xD800;</message>"),
                Arguments.of(StreamCondition.NOT_WELL_FORMED, "<message a='1' a='2'/>"),
                Arguments.of(StreamCondition.NOT_WELL_FORMED, "<x:message/>"),
                Arguments.of(StreamCondition.NOT_WELL_FORMED, "<message></presence>"),
                Arguments.of(StreamCondition.NOT_WELL_FORMED, "<message xmlns:xml='urn:x'/>"),
                Arguments.of(StreamCondition.NOT_WELL_FORMED, "<xmlns:a/>"),
                Arguments.of(StreamCondition.NOT_WELL_FORMED, "<message>\u0008</message>"),
                Arguments.of(StreamCondition.NOT_WELL_FORMED, "<message>\uFFFE</message>"),
                Arguments.of(StreamCondition.BAD_FORMAT, "text"),
                Arguments.of(StreamCondition.BAD_FORMAT, "\uFEFF<message/>"),
                Arguments.of(StreamCondition.INVALID_NAMESPACE, "<message xmlns='jabber:client'/>"),
                Arguments.of(StreamCondition.POLICY_VIOLATION, "<message>" + "<a>".repeat(70)),
                Arguments.of(StreamCondition.POLICY_VIOLATION, "<message a='" + "x".repeat(9_000) + "'/>"),
                Arguments.of(StreamCondition.POLICY_VIOLATION, "<" + "x".repeat(2_000) + "/>"),
                Arguments.of(StreamCondition.POLICY_VIOLATION, "<message>" + "x".repeat(10_000)),
                Arguments.of(StreamCondition.POLICY_VIOLATION, "<message>" + "x".repeat(10_000) + "</message>"),
                Arguments.of(StreamCondition.POLICY_VIOLATION, "<message a='" + "x".repeat(10_000)),
                Arguments.of(StreamCondition.POLICY_VIOLATION, "<a " + attributes(300) + "/>"));
    }

    private static String attributes(int count) {
        StringBuilder attributes = new StringBuilder();
        for (int i = 0; i < count; i++) {
            attributes.append(" a").append(i).append("=''");
        }
        return attributes.toString();
    }

    @ParameterizedTest
    @MethodSource("whatEndsAStream")
    @Specified(
            document = "RFC 6120",
            section = "11.1",
            requirement = "Comments, processing instructions, document types and undeclared entities end the stream")
    void whatXmppForbidsEndsTheStream(StreamCondition condition, String text) throws StreamViolation {
        feed(HEADER);
        violates(condition, text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"C080", "E08080", "EDA080", "F8888080", "80", "FF", "C3"})
    @Specified(document = "RFC 6120", section = "11.6", requirement = "Streams are in UTF-8")
    void octetsThatAreNotUtf8EndTheStream(String octets) throws Exception {
        feed(HEADER);
        ByteArrayOutputStream stanza = new ByteArrayOutputStream();
        stanza.writeBytes("<message>".getBytes(StandardCharsets.UTF_8));
        stanza.writeBytes(java.util.HexFormat.of().parseHex(octets));
        stanza.writeBytes("</message>".getBytes(StandardCharsets.UTF_8));
        violates(StreamCondition.NOT_WELL_FORMED, stanza.toByteArray());
    }

    @Test
    @Specified(
            document = "RFC 6120",
            section = "4.9.3.10",
            requirement = "invalid-namespace: the stream is in another namespace")
    void otherHeadersAreRefused() {
        violates(StreamCondition.INVALID_NAMESPACE, "<stream xmlns='jabber:server'>");
    }

    @Test
    @Specified(
            document = "RFC 6120",
            section = "4.8.2",
            requirement = "The content namespace between servers is jabber:server")
    void theContentNamespaceIsThatOfServers() {
        violates(
                StreamCondition.INVALID_NAMESPACE,
                "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>");
    }

    @Test
    @Specified(
            document = "RFC 6120",
            section = "4.9.3.22",
            requirement = "unsupported-encoding: another encoding was declared")
    void otherEncodingsAreRefused() {
        violates(
                StreamCondition.UNSUPPORTED_ENCODING,
                "<?xml version='1.0' encoding='ISO-8859-1'?>" + HEADER.substring(21));
    }

    @Test
    void aHeaderWithoutEndIsBounded() {
        violates(StreamCondition.POLICY_VIOLATION, "<stream:stream a='" + "x".repeat(11_000));
    }

    /** RFC 6120 section 5.4.3.3: what was said before TLS is forgotten; what was slipped in ahead of it, refused. */
    @Test
    @Specified(document = "RFC 6120", section = "5.4.3.3", requirement = "What came before TLS is forgotten")
    void whatComesAheadOfTheNewStreamIsRefused() throws StreamViolation {
        StreamReader[] itself = new StreamReader[1];
        StreamEvents restarting = new Told() {
            @Override
            public void element(Element element) {
                throw new IllegalStateException("not reached");
            }
        };
        itself[0] = new StreamReader(restarting);
        byte[] early = (HEADER + "<pro").getBytes(StandardCharsets.UTF_8);
        itself[0].feed(early, early.length);
        assertThatThrownBy(itself[0]::restart).isInstanceOf(StreamViolation.class);
    }

    @Test
    void afterARestartANewHeaderIsExpected() throws StreamViolation {
        feed(HEADER + "\n");
        reader.restart();
        feed(HEADER);
        assertThat(told.headers).hasSize(2);
    }

    @Test
    @Specified(
            document = "RFC 6120",
            section = "13.12",
            requirement = "A stanza may be limited, but not below 10,000 octets")
    void stanzasGrowOnlyAsFarAsTheyMay() throws StreamViolation {
        feed(HEADER);
        reader.limit(Limits.of(20_000));
        feed("<message>" + "x".repeat(15_000) + "</message>");
        assertThat(told.stanzas).hasSize(1);
        violates(StreamCondition.POLICY_VIOLATION, "<message>" + "x".repeat(20_000));
    }

    /** XML 1.0 section 2.4: the end of a CDATA section must not stand in character data. */
    @Test
    void theEndOfASectionThatDidNotBeginIsNotWellFormedHoweverItArrives() throws StreamViolation {
        feed(HEADER + "<message from='a]]>b'><body><![CDATA[x]]]]></body></message>");
        assertThat(told.stanzas).hasSize(1);
        feed("<message><body>a]");
        feed("]");
        assertThatThrownBy(() -> feed("></body></message>"))
                .isInstanceOfSatisfying(StreamViolation.class, violation -> assertThat(violation.condition())
                        .isEqualTo(StreamCondition.NOT_WELL_FORMED));
    }
}
