// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbridge.api.model.Address;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

/** RFC 3863, RFC 4479 and RFC 4480. */
final class PidfTest {
    private static final Address USER = Address.of("alice@contoso.example");

    @Test
    void withoutPublicationsRegistrationSpeaks() {
        assertThat(Pidf.compose(USER, List.of(), true))
                .contains("entity=\"sip:alice@contoso.example\"", "<basic>open</basic>", "<contact>sip:alice@contoso");
        assertThat(Pidf.compose(USER, List.of(), false))
                .contains("<basic>closed</basic>")
                .doesNotContain("<contact>");
    }

    @Test
    void allTuplesAreKeptButThereIsOnePersonTheNewest() throws Exception {
        String composed =
                Pidf.compose(USER, List.of(published("desk", "away"), published("mobile", "on-the-phone")), true);
        assertThat(composed)
                .contains(
                        "id=\"tuple-desk\"",
                        "id=\"tuple-mobile\"",
                        "on-the-phone",
                        "<note xml:lang=\"en\">mobile</note>")
                .doesNotContain("away", ">desk<", "entity=\"sip:mallory", "registration");
        assertThat(Pidf.parse(composed.getBytes(StandardCharsets.UTF_8))).isNotNull();
    }

    @Test
    void whoIsNotRegisteredIsOfflineWhateverWasPublished() throws Exception {
        assertThat(Pidf.compose(USER, List.of(published("desk", "away")), false))
                .contains("<basic>closed</basic>")
                .doesNotContain("desk", "away");
    }

    @Test
    void aPartThatIsPublishedAgainReplacesTheOlderOne() throws Exception {
        Document newer = parse("<tuple id='t'><status><basic>closed</basic></status></tuple>");
        Document older = parse("<tuple id='t'><status><basic>open</basic></status></tuple>");
        assertThat(Pidf.compose(USER, List.of(older, newer), true))
                .containsOnlyOnce("<tuple")
                .contains("closed");
    }

    @Test
    void aTupleIsOpenOrClosedAndNothingElse() throws Exception {
        Document odd = parse("<tuple id='t'><status><basic>unknown</basic></status></tuple>");
        assertThat(Pidf.compose(USER, List.of(odd), true)).doesNotContain("<tuple");
    }

    @Test
    void aPlaceIsNobodysBusiness() throws Exception {
        Document document = Pidf.parse(
                """
                <presence xmlns="urn:ietf:params:xml:ns:pidf" entity="sip:a@b">
                <tuple id="t"><status><basic>open</basic>
                <g:geopriv xmlns:g="urn:ietf:params:xml:ns:pidf:geopriv10"><g:x>here</g:x></g:geopriv></status></tuple>
                </presence>"""
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(Pidf.compose(USER, List.of(document), true)).contains("open").doesNotContain("here", "geopriv");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE presence [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><presence"
                        + " xmlns=\"urn:ietf:params:xml:ns:pidf\">&e;</presence>",
                "<presence xmlns=\"urn:ietf:params:xml:ns:pidf\">&undefined;</presence>",
                "<presence xmlns=\"urn:ietf:params:xml:ns:pidf\">",
                "<presence/>",
                "not xml",
                "",
            })
    void whatIsNotASoundPresenceDocumentIsRefused(String text) {
        assertThatThrownBy(() -> Pidf.parse(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void nestingAndAttributesAreBounded() {
        String deep = "<a>".repeat(10_000) + "</a>".repeat(10_000);
        assertThatThrownBy(() -> Pidf.parse(("<presence xmlns=\"urn:ietf:params:xml:ns:pidf\">" + deep + "</presence>")
                        .getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
        StringBuilder attributes = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            attributes.append(" a").append(i).append("=''");
        }
        assertThatThrownBy(() -> Pidf.parse(("<presence xmlns=\"urn:ietf:params:xml:ns:pidf\"" + attributes + "/>")
                        .getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
    }

    private static Document parse(String content) throws IOException {
        return Pidf.parse(("<presence xmlns='urn:ietf:params:xml:ns:pidf'>" + content + "</presence>")
                .getBytes(StandardCharsets.UTF_8));
    }

    private static Document published(String id, String activity) throws IOException {
        return Pidf.parse(
                """
                <?xml version="1.0"?>
                <presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model"
                  xmlns:rp="urn:ietf:params:xml:ns:pidf:rpid" entity="sip:mallory@evil.example">
                <tuple id="%1$s"><status><basic>open</basic></status></tuple>
                <note xml:lang="en">%1$s</note>
                <dm:person id="p"><rp:activities><rp:%2$s/></rp:activities></dm:person>
                </presence>"""
                        .formatted(id, activity)
                        .getBytes(StandardCharsets.UTF_8));
    }
}
