// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.presence;

import io.drawbridge.api.model.Address;
import io.drawbridge.lib.jainsip.XmlBody;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

/**
 * Presence documents (RFC 3863 with the data model of RFC 4479). What a client publishes is hostile XML until it is
 * parsed here.
 */
final class Pidf {
    static final String MEDIA_TYPE = "application/pidf+xml";
    private static final String PIDF = "urn:ietf:params:xml:ns:pidf";
    private static final String DATA_MODEL = "urn:ietf:params:xml:ns:pidf:data-model";
    private static final String GEOPRIV = "urn:ietf:params:xml:ns:pidf:geopriv10";
    private static final int MOST_CHILDREN = 50;

    private Pidf() {}

    /**
     * Reads a published document.
     *
     * @throws IOException if it is no sound PIDF document; the message quotes nothing
     */
    static Document parse(byte[] octets) throws IOException {
        Document document = XmlBody.parse(octets);
        Element root = document.getDocumentElement();
        if (!XmlBody.is(root, PIDF, "presence")) {
            throw new IOException("No Presence Document");
        }
        if (XmlBody.children(root).size() > MOST_CHILDREN) {
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
        Document document = XmlBody.empty();
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
            for (Element child : XmlBody.children(publication.getDocumentElement())) {
                if (isSoundTuple(child) || XmlBody.is(child, DATA_MODEL, "device")) {
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
        if (!XmlBody.is(element, PIDF, "tuple")) {
            return false;
        }
        NodeList basics = element.getElementsByTagNameNS(PIDF, "basic");
        return basics.getLength() == 0
                || Set.of("open", "closed")
                        .contains(basics.item(0).getTextContent().strip());
    }

    private static List<Element> newest(List<Document> published, String namespace, String name) {
        for (int i = published.size() - 1; i >= 0; i--) {
            List<Element> found = XmlBody.children(published.get(i).getDocumentElement()).stream()
                    .filter(child -> XmlBody.is(child, namespace, name))
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
}
