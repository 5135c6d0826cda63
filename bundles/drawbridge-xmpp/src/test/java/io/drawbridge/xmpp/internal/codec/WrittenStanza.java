// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.codec;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Stanzas for tests, from their text. */
public final class WrittenStanza {
    private WrittenStanza() {}

    /** Returns the stanza of a text in the content namespace. */
    public static Stanza of(String xml) {
        return ofDocument(xml.replaceFirst("^<(\\w+)", "<$1 xmlns='jabber:client'"));
    }

    /** Returns the stanza of a document that declares its namespaces. */
    public static Stanza ofDocument(String document) {
        try {
            XMLStreamReader reader = XMLInputFactory.newInstance().createXMLStreamReader(new StringReader(document));
            reader.nextTag();
            Stanza.Attributes attributes = new Stanza.Attributes(
                    attribute(reader, null, "from"),
                    attribute(reader, null, "to"),
                    attribute(reader, null, "id"),
                    attribute(reader, null, "type"),
                    attribute(reader, "http://www.w3.org/XML/1998/namespace", "lang"));
            Stanza.Kind kind = Stanza.Kind.of(reader.getLocalName()).orElseThrow();
            while (reader.hasNext()) {
                reader.next();
            }
            return of(kind, attributes, document);
        } catch (XMLStreamException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Returns a stanza of these attributes, whatever its document says. */
    public static Stanza of(Stanza.Kind kind, Stanza.Attributes attributes, String document) {
        return new Stanza(kind, attributes, document.getBytes(StandardCharsets.UTF_8));
    }

    private static String attribute(XMLStreamReader reader, String namespace, String name) {
        String value = reader.getAttributeValue(namespace, name);
        return value == null ? "" : value;
    }
}
