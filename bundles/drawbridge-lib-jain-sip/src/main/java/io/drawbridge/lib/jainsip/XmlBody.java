// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.lib.jainsip;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** Reads the XML bodies of SIP messages, which are hostile: no DTD, no entities, bounded nesting and attributes. */
public final class XmlBody {
    private static final String XERCES_LIMIT = "http://www.oracle.com/xml/jaxp/properties/";

    private XmlBody() {}

    /**
     * Reads a document.
     *
     * @throws IOException if it is malformed or breaks a limit; the message quotes nothing
     */
    public static Document parse(byte[] octets) throws IOException {
        try {
            return builder().parse(new ByteArrayInputStream(octets));
        } catch (SAXException broken) {
            throw new IOException("Malformed XML");
        }
    }

    /** Returns an empty document to be filled. */
    public static Document empty() {
        return builder().newDocument();
    }

    /** Returns the child elements in their order. */
    public static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    /** Returns the first child of this local name, whatever its namespace. */
    public static Optional<Element> child(Element parent, String localName) {
        return children(parent).stream()
                .filter(child -> localName.equals(child.getLocalName()))
                .findFirst();
    }

    /** Returns whether an element has this name. */
    public static boolean is(Element element, String namespace, String localName) {
        return namespace.equals(element.getNamespaceURI()) && localName.equals(element.getLocalName());
    }

    private static DocumentBuilder builder() {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setNamespaceAware(true);
        factory.setXIncludeAware(false);
        factory.setExpandEntityReferences(false);
        try {
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setAttribute(XERCES_LIMIT + "maxElementDepth", "32");
            factory.setAttribute(XERCES_LIMIT + "elementAttributeLimit", "64");
            factory.setAttribute(XERCES_LIMIT + "maxXMLNameLimit", "256");
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new Strict());
            return builder;
        } catch (ParserConfigurationException missing) {
            throw new IllegalStateException("the Java platform's XML parser lacks a limit", missing);
        }
    }

    /** Refuses in silence; the default prints to the console. */
    private static final class Strict implements ErrorHandler {
        @Override
        public void warning(SAXParseException fault) {}

        @Override
        public void error(SAXParseException fault) throws SAXException {
            throw fault;
        }

        @Override
        public void fatalError(SAXParseException fault) throws SAXException {
            throw fault;
        }
    }
}
