// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.map;

import io.drawbridge.api.model.Composing;
import io.drawbridge.lib.jainsip.XmlBody;
import java.io.IOException;
import java.util.Optional;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Who is writing: RFC 3994 documents, and the keyboard activity of Lync (interworking 3.6, 6.8). Both know two states;
 * of the five of the model, three become {@code idle}, and leaving is said by ending the session.
 */
public final class ComposingBody {
    /** The media type of RFC 3994. */
    public static final String MEDIA_TYPE = "application/im-iscomposing+xml";

    /** The media type of keyboard activity, the body of an INFO. */
    public static final String KEYBOARD_TYPE = "application/xml";

    private static final String NAMESPACE = "urn:ietf:params:xml:ns:im-iscomposing";

    private ComposingBody() {}

    /**
     * Reads a document of RFC 3994. What is not {@code active} counts as {@code idle} (section 3.3).
     *
     * @throws Unmappable 400 if it is none
     */
    public static Composing read(byte[] octets) throws Unmappable {
        Element root = root(octets);
        if (!XmlBody.is(root, NAMESPACE, "isComposing")) {
            throw new Unmappable(400, "No isComposing Document");
        }
        String state = XmlBody.child(root, "state").map(Element::getTextContent).orElse("idle");
        return state.strip().equals("active") ? Composing.COMPOSING : Composing.PAUSED;
    }

    /** Reads keyboard activity; empty if the INFO says something else. */
    public static Optional<Composing> readKeyboard(byte[] octets) {
        try {
            Element root = root(octets);
            if (!"KeyboardActivity".equals(root.getLocalName())) {
                return Optional.empty();
            }
            return XmlBody.child(root, "status")
                    .map(status ->
                            status.getAttribute("status").equals("type") ? Composing.COMPOSING : Composing.PAUSED);
        } catch (Unmappable somethingElse) {
            return Optional.empty();
        }
    }

    private static Element root(byte[] octets) throws Unmappable {
        try {
            Document document = XmlBody.parse(octets);
            return document.getDocumentElement();
        } catch (IOException malformed) {
            throw new Unmappable(400, "Malformed XML");
        }
    }

    /** Writes a document of RFC 3994. */
    public static String write(Composing state) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<isComposing xmlns=\"" + NAMESPACE + "\"><state>"
                + (state == Composing.COMPOSING ? "active" : "idle") + "</state><contenttype>text/plain</contenttype>"
                + "</isComposing>";
    }

    /** Writes keyboard activity. */
    public static String writeKeyboard(Composing state) {
        return "<KeyboardActivity><status status=\"" + (state == Composing.COMPOSING ? "type" : "idle")
                + "\"/></KeyboardActivity>";
    }
}
