// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.drawbridge.api.model.Composing;
import io.drawbridge.api.model.Receipt;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of messages: interworking 2.2 to 2.4, 3.5, 3.6, 6.8. */
class ContentTest {
    private static Content read(String type, String body) throws Unmappable {
        return Content.read(type, "", body.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String text(String type, String body) throws Unmappable {
        return ((Content.Text) read(type, body)).body().text();
    }

    @Test
    void textIsDecodedByItsCharacterSet() throws Unmappable {
        Content content = Content.read(
                "text/plain; charset=\"iso-8859-1\"; msgr=WAAt", "de", "Grüße".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(((Content.Text) content).body().text()).isEqualTo("Grüße");
        assertThat(((Content.Text) content).body().language()).isEqualTo("de");
        assertThat(text("text/plain", "a\u0007b\nc"))
                .as("no other protocol can carry a bell")
                .isEqualTo("ab\nc");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            <DIV>Hello, <b>world</b></DIV>                         | Hello, world
            <p>a &lt;b&gt; &amp;amp; &#65;&#x42; &quot;c&quot;</p> | a <b> &amp; AB "c"
            a<script>alert(1)</script>b                            | ab
            <FONT face="x">unclosed                                | unclosed
            1 &lt 2 & 3                                            | 1 &lt 2 & 3
            """)
    void ofHtmlTheTextIsKept(String html, String text) throws Unmappable {
        assertThat(text("text/html; charset=UTF-8", html)).isEqualTo(text);
    }

    @Test
    void linesOfHtmlStayLines() throws Unmappable {
        assertThat(text("text/html", "<div>a</div><div>b<br>c</div>")).isEqualTo("a\nb\nc");
    }

    @Test
    void ofAlternativesThePlainOneIsTaken() throws Unmappable {
        String both =
                """
                --b
                Content-Type: text/html

                <b>rich</b>
                --b
                Content-Type: text/plain; charset=UTF-8

                plain
                --b--
                """;
        assertThat(text("multipart/alternative; boundary=b", both)).isEqualTo("plain");
        assertThat(text("multipart/alternative; boundary=\"b\"", both.replace("text/plain", "text/rtf")))
                .isEqualTo("rich");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/rtf", "application/octet-stream", "text/plain;charset=klingon", "multipart/mixed", ""})
    void whatIsNotReadIsRefused(String type) {
        assertThat(catchThrowableOfType(Unmappable.class, () -> read(type, "x")).status())
                .isEqualTo(415);
    }

    /** "Unknown states = idle" (2.4); "idle - paused after recent composing" (6.8). */
    @ParameterizedTest
    @CsvSource({"active, COMPOSING", "idle, PAUSED", "thinking, PAUSED"})
    void isComposingIsAChatState(String state, Composing composing) throws Unmappable {
        assertThat(read(
                        "application/im-iscomposing+xml",
                        "<isComposing xmlns='urn:ietf:params:xml:ns:im-iscomposing'><state>" + state
                                + "</state><refresh>60</refresh></isComposing>"))
                .isEqualTo(new Content.Typing(composing));
    }

    /** "composing - active; paused, active, inactive - idle" (6.8). */
    @ParameterizedTest
    @CsvSource({"COMPOSING, active, type", "PAUSED, idle, idle", "ACTIVE, idle, idle", "INACTIVE, idle, idle"})
    void aChatStateIsWrittenForBothDialects(Composing state, String composing, String keyboard) throws Unmappable {
        assertThat(ComposingBody.write(state)).contains("<state>" + composing + "</state>");
        assertThat(ComposingBody.writeKeyboard(state))
                .isEqualTo("<KeyboardActivity><status status=\"" + keyboard + "\"/></KeyboardActivity>");
        assertThat(ComposingBody.readKeyboard(ComposingBody.writeKeyboard(state).getBytes(StandardCharsets.UTF_8)))
                .contains(keyboard.equals("type") ? Composing.COMPOSING : Composing.PAUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<x", "<!DOCTYPE a [<!ENTITY b 'c'>]><isComposing/>", "<other/>"})
    void hostileXmlIsRefused(String document) {
        assertThat(catchThrowableOfType(Unmappable.class, () -> read("application/im-iscomposing+xml", document))
                        .status())
                .isEqualTo(400);
        assertThat(ComposingBody.readKeyboard(document.getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    @Test
    void whatAsksForReceiptsIsReadAsItWasWritten() throws Unmappable {
        Instant now = Instant.parse("2026-03-01T09:00:00Z");
        String wrapped =
                Imdn.wrap("Hi", "id-77", Set.of(Receipt.Kind.DISPLAYED), "sip:a@b.example", "sip:c@d.example", now);
        Content.Text text = (Content.Text) Content.read("message/cpim", "", wrapped.getBytes(StandardCharsets.UTF_8));

        assertThat(text.id()).contains("id-77");
        assertThat(text.wanted()).containsExactly(Receipt.Kind.DISPLAYED);
        assertThat(text.body().text()).isEqualTo("Hi");
        assertThat(wrapped).as("RFC 5438: DateTime is mandatory").contains("DateTime: 2026-03-01T09:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({"DELIVERED", "DISPLAYED", "FAILED"})
    void aReceiptIsReadAsItWasWritten(Receipt.Kind kind) throws Unmappable {
        Receipt receipt = new Receipt("a<b&c", kind);
        String written = Imdn.write(receipt, "im:a@b.example", "im:c@d.example", "own", Instant.EPOCH);

        assertThat(Content.read("message/cpim", "", written.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new Content.Report(Optional.of(receipt)));
    }

    @Test
    void aNotificationThatConcernsNobodyIsNone() throws Unmappable {
        assertThat(read(
                        "message/imdn+xml",
                        "<imdn xmlns='urn:ietf:params:xml:ns:imdn'><message-id>m</message-id><processing-notification>"
                                + "<status><stored/></status></processing-notification></imdn>"))
                .isEqualTo(new Content.Report(Optional.empty()));
    }

    @Test
    void anEnvelopeWithoutEndIsRefused() {
        assertThat(catchThrowableOfType(Unmappable.class, () -> read("message/cpim", "From: x\n"))
                        .status())
                .isEqualTo(400);
    }
}
