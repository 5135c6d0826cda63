// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.codec;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An element that is no stanza: negotiation, acknowledgements, errors. Small, so it is read whole.
 *
 * @param namespace its namespace
 * @param name its local name
 * @param attributes those without a namespace
 * @param children the elements within, in their order
 * @param text the character data within, its parts joined
 */
public record Element(
        String namespace, String name, Map<String, String> attributes, List<Element> children, String text) {
    /** Copies the collections. */
    public Element {
        attributes = Map.copyOf(attributes);
        children = List.copyOf(children);
    }

    /** Returns whether it is this element. */
    public boolean is(String inNamespace, String localName) {
        return name.equals(localName) && namespace.equals(inNamespace);
    }

    /** Returns an attribute, empty if there is none. */
    public String attribute(String attribute) {
        return attributes.getOrDefault(attribute, "");
    }

    /** Returns the first such child. */
    public Optional<Element> child(String inNamespace, String localName) {
        return children.stream()
                .filter(child -> child.is(inNamespace, localName))
                .findFirst();
    }

    /** Returns the first child of a namespace. */
    public Optional<Element> child(String inNamespace) {
        return children.stream()
                .filter(child -> child.namespace().equals(inNamespace))
                .findFirst();
    }

    /** Says what it is, never what it says. */
    @Override
    public String toString() {
        return "{" + namespace + "}" + name;
    }
}
