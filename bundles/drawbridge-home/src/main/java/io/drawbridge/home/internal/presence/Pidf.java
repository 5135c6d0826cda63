// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.presence;

import io.drawbridge.api.model.Address;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * Presence documents (RFC 3863 with the data model of RFC 4479). What a client publishes is hostile XML until it is
 * parsed here: no DTD, no entities, bounded nesting and attributes.
 */
final class Pidf {
    static final String MEDIA_TYPE = "application/pidf+xml";
    private static final String PIDF = "urn:ietf:params:xml:ns:pidf";
    private static final String DATA_MODEL = "urn:ietf:params:xml:ns:pidf:data-model";
    private static final String GEOPRIV = "urn:ietf:params:xml:ns:pidf:geopriv10";
    private static final String XERCES_LIMIT = "http://www.oracle.com/xml/jaxp/properties/";
    private static final int MOST_CHILDREN = 50;

    private Pidf() {}

    /**
     * Reads a published document.
     *
     * @throws IOException if it is no sound PIDF document; the message quotes nothing
     */
    static Document parse(byte[] octets) throws IOException {
        Document document;
        try {
            document = builder().parse(new ByteArrayInputStream(octets));
        } catch (SAXException broken) {
            throw new IOException("Malformed Presence Document");
        }
        Element root = document.getDocumentElement();
        if (!is(root, PIDF, "presence")) {
            throw new IOException("No Presence Document");
        }
        if (children(root).size() > MOST_CHILDREN) {
            throw new IOException("Presence Document Too Large");
        }
        return document;
    }

    /**
     * Makes the document a watcher gets.
     *
     * <table>
     * <caption>What it holds</caption>
     * <tr><th>registered</th><th>publications</th><th>document</th></tr>
     * <tr><td>no</td><td>-</td><td>one closed tuple: nobody can be reached by what was published before</td></tr>
     * <tr><td>yes</td><td>none</td><td>one open tuple</td></tr>
     * <tr><td>yes</td><td>some</td><td>all their tuples and devices, of several with the same identifier the newest;
     *     person and notes of the newest that has any</td></tr>
     * </table>
     *
     * @param published the oldest first
     */
    static String compose(Address user, List<Document> published, boolean registered) {
        Document document = builder().newDocument();
        Element root = document.createElementNS(PIDF, "presence");
        root.setAttribute("entity", "sip:" + user);
        document.appendChild(root);
        if (published.isEmpty() || !registered) {
            root.appendChild(tuple(document, user, registered));
        } else {
            merge(document, published);
        }
        return serialize(document);
    }

    private static void merge(Document document, List<Document> published) {
        Element root = document.getDocumentElement();
        Map<String, Element> parts = new LinkedHashMap<>();
        for (Document publication : published) {
            for (Element child : children(publication.getDocumentElement())) {
                if (isSoundTuple(child) || is(child, DATA_MODEL, "device")) {
                    // A client that lost its entity tag publishes anew what still stands: the newer part replaces it.
                    parts.put(child.getLocalName() + "-" + child.getAttribute("id"), child);
                }
            }
        }
        newest(published, DATA_MODEL, "person").stream()
                .limit(1) // RFC 4479 section 3.1: a presentity is one person
                .forEach(person -> parts.put("person", person));
        parts.forEach((id, part) -> root.appendChild(imported(document, part, id)));
        newest(published, PIDF, "note").forEach(note -> root.appendChild(document.importNode(note, true)));
    }

    /** RFC 3863 section 4.1.4: a tuple is open or closed; some clients publish a word of their own at first. */
    private static boolean isSoundTuple(Element element) {
        if (!is(element, PIDF, "tuple")) {
            return false;
        }
        NodeList basics = element.getElementsByTagNameNS(PIDF, "basic");
        return basics.getLength() == 0
                || Set.of("open", "closed")
                        .contains(basics.item(0).getTextContent().strip());
    }

    private static List<Element> newest(List<Document> published, String namespace, String name) {
        for (int i = published.size() - 1; i >= 0; i--) {
            List<Element> found = children(published.get(i).getDocumentElement()).stream()
                    .filter(child -> is(child, namespace, name))
                    .toList();
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    /** Identifiers are unique within a document (RFC 3863 section 4.1.2), so each says what it identifies. */
    private static Element imported(Document document, Element element, String id) {
        Element copy = (Element) document.importNode(element, true);
        copy.setAttribute("id", id);
        removeLocation(copy);
        return copy;
    }

    /** Where somebody is goes to no watcher: nobody asked whether it may (RFC 4119). */
    private static void removeLocation(Element element) {
        NodeList locations = element.getElementsByTagNameNS(GEOPRIV, "geopriv");
        while (locations.getLength() > 0) {
            Node location = locations.item(0);
            location.getParentNode().removeChild(location);
        }
    }

    private static Element tuple(Document document, Address user, boolean open) {
        Element tuple = document.createElementNS(PIDF, "tuple");
        tuple.setAttribute("id", "registration");
        Element status = document.createElementNS(PIDF, "status");
        Element basic = document.createElementNS(PIDF, "basic");
        basic.setTextContent(open ? "open" : "closed");
        status.appendChild(basic);
        tuple.appendChild(status);
        if (open) {
            Element contact = document.createElementNS(PIDF, "contact");
            contact.setTextContent("sip:" + user);
            tuple.appendChild(contact);
        }
        return tuple;
    }

    private static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    private static boolean is(Element element, String namespace, String name) {
        return namespace.equals(element.getNamespaceURI()) && name.equals(element.getLocalName());
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

    private static String serialize(Document document) {
        StringWriter text = new StringWriter();
        try {
            Transformer transformer = TransformerFactory.newDefaultInstance().newTransformer();
            transformer.setOutputProperty(OutputKeys.ENCODING, StandardCharsets.UTF_8.name());
            transformer.setOutputProperty(OutputKeys.STANDALONE, "yes");
            document.setXmlStandalone(true);
            transformer.transform(new DOMSource(document), new StreamResult(text));
        } catch (TransformerException impossible) {
            throw new IllegalStateException(impossible);
        }
        return text.toString();
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
