// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.drawbridge.testbed.Specified;
import io.drawbridge.xmpp.internal.codec.Element;
import io.drawbridge.xmpp.internal.codec.Stanza;
import io.drawbridge.xmpp.internal.codec.StreamEvents;
import io.drawbridge.xmpp.internal.codec.StreamHeader;
import io.drawbridge.xmpp.internal.codec.StreamReader;
import io.drawbridge.xmpp.internal.codec.StreamViolation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Whatever a stream of XMPP holds, reading it ends it by the rules or tells what another XML parser agrees with, and
 * nothing depends on where the octets are split. The seeds are played in every build, with a few thousand mutations of
 * them; to look further with coverage feedback:
 *
 * <pre>JAZZER_FUZZ=1 mvn -pl tests/conformance test -Dtest=StreamFuzzTest#streams</pre>
 */
class StreamFuzzTest {
    private static final int MUTATIONS = 4_000;

    @FuzzTest(maxDuration = "5m")
    void streams(byte[] input) {
        Told whole = read(input, input.length);
        Told pieces = read(input, 1 + input.length / 40);

        // What is wrong in one piece may be seen before its beginning was dealt with, and in pieces only at their end.
        assertThat(pieces.violated && !whole.violated).isFalse();
        assertThat(whole.violated ? pieces.events.subList(0, whole.events.size()) : pieces.events)
                .isEqualTo(whole.events);
        pieces.stanzas.forEach(StreamFuzzTest::requireWellFormed);
    }

    @Test
    @Specified(
            document = "RFC 6120",
            section = "11.3",
            requirement =
                    "Whatever is not well-formed or not namespace-well-formed ends the stream and goes no further")
    void mutatedSeedsAreReadOrRefusedButNeverThrow() {
        new FuzzSeeds(StreamFuzzTest.class, "streams", "", "<>/='\"&;: !?#x")
                .mutations(MUTATIONS)
                .forEach(this::streams);
    }

    private static Told read(byte[] input, int size) {
        Told told = new Told();
        StreamReader reader = new StreamReader(told);
        try {
            for (int from = 0; from < input.length && !told.closed; from += size) {
                byte[] piece = Arrays.copyOfRange(input, from, Math.min(input.length, from + size));
                reader.feed(piece, piece.length);
            }
        } catch (StreamViolation violation) {
            told.violated = !told.closed;
        }
        return told;
    }

    private static void requireWellFormed(Stanza stanza) {
        try {
            DocumentBuilder builder =
                    DocumentBuilderFactory.newDefaultNSInstance().newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            org.w3c.dom.Element root = builder.parse(stanza.document()).getDocumentElement();
            assertThat(root.getLocalName()).isEqualTo(stanza.kind().element());
            assertThat(root.getNamespaceURI()).isEqualTo("jabber:client");
            assertThat(List.of(
                            root.getAttribute("from"),
                            root.getAttribute("to"),
                            root.getAttribute("id"),
                            root.getAttribute("type")))
                    .isEqualTo(List.of(
                            stanza.attributes().from(),
                            stanza.attributes().to(),
                            stanza.attributes().id(),
                            stanza.attributes().type()));
        } catch (SAXException broken) {
            throw new AssertionError(stanza.text(), broken);
        } catch (IOException | ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes down what it is told. */
    private static final class Told implements StreamEvents {
        private final List<String> events = new ArrayList<>();
        private final List<Stanza> stanzas = new ArrayList<>();
        private boolean closed;
        private boolean violated;

        @Override
        public void opened(StreamHeader header) {
            events.add(header.toString());
        }

        @Override
        public void element(Element element) {
            events.add(element.toString());
        }

        @Override
        public void stanza(Stanza stanza) {
            if (!closed) {
                stanzas.add(stanza);
                events.add(stanza.text());
            }
        }

        @Override
        public void closed() {
            closed = true;
        }
    }
}
