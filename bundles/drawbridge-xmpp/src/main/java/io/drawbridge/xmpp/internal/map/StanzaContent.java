// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.map;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import io.drawbridge.lib.smack.Smack;
import java.io.InputStream;
import java.io.StringReader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jivesoftware.smack.packet.StandardExtensionElement;

/**
 * Reads stanzas into Smack's general elements. Its messages, presences and extensions are for what this side says: reading,
 * they throw at an unknown type or a missing attribute, where the rest of the stanza still has a meaning.
 */
final class StanzaContent {
    /** Smack's elements have a namespace; nobody looks for this one. */
    private static final String NO_NAMESPACE = "about:blank";

    private static final XMLInputFactory READERS = new InputFactoryImpl();

    static {
        Smack.load();
        READERS.setProperty(XMLInputFactory.IS_COALESCING, true);
        READERS.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        READERS.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    }

    private StanzaContent() {}

    /** Returns a reader of a document without a type. Thread-safe; the reader is not. */
    static XMLStreamReader reader(String document) throws XMLStreamException {
        return READERS.createXMLStreamReader(new StringReader(document));
    }

    /**
     * Reads a stanza that is a document of its own.
     *
     * @throws XMLStreamException if it is not well-formed
     */
    static StandardExtensionElement of(InputStream document) throws XMLStreamException {
        XMLStreamReader reader = READERS.createXMLStreamReader(document, "UTF-8");
        reader.nextTag();
        return element(reader);
    }

    /** Reads an element; a stanza is nested no deeper than the codec lets pass. */
    private static StandardExtensionElement element(XMLStreamReader reader) throws XMLStreamException {
        String namespace = reader.getNamespaceURI();
        StandardExtensionElement.Builder element = StandardExtensionElement.builder(
                reader.getLocalName(), namespace == null || namespace.isEmpty() ? NO_NAMESPACE : namespace);
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String prefix = reader.getAttributePrefix(i);
            String name = reader.getAttributeLocalName(i);
            element.addAttribute(
                    prefix == null || prefix.isEmpty() ? name : prefix + ":" + name, reader.getAttributeValue(i));
        }
        String text = "";
        for (int event = reader.next(); event != XMLStreamConstants.END_ELEMENT; event = reader.next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                element.addElement(element(reader));
            } else if (reader.isCharacters()) {
                text = text.isEmpty() ? reader.getText() : text.concat(reader.getText());
            }
        }
        return element.setText(text).build();
    }
}
