// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.codec;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamReader;

/** Builds an element from its tags and text. */
final class ElementBuilder {
    private final Deque<Open> open = new ArrayDeque<>();
    private Element built;

    /** An element whose end has not come. */
    private record Open(
            String namespace, String name, Map<String, String> attributes, List<Element> children, StringBuilder text) {
        Element close() {
            return new Element(namespace, name, attributes, children, text.toString());
        }
    }

    void start(XMLStreamReader tag) {
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < tag.getAttributeCount(); i++) {
            String prefix = tag.getAttributePrefix(i);
            if (prefix == null || prefix.isEmpty()) {
                attributes.put(tag.getAttributeLocalName(i), tag.getAttributeValue(i));
            }
        }
        open.push(new Open(
                StreamReader.namespace(tag), tag.getLocalName(), attributes, new ArrayList<>(), new StringBuilder()));
    }

    void text(String text) {
        open.element().text().append(text);
    }

    void end() {
        Element closed = open.pop().close();
        if (open.isEmpty()) {
            built = closed;
        } else {
            open.element().children().add(closed);
        }
    }

    /** Returns the outermost element once its end has come. */
    Element built() {
        return built;
    }
}
