// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.map;

import io.drawbridge.api.model.Condition;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jivesoftware.smack.packet.StandardExtensionElement;
import org.jivesoftware.smack.packet.StanzaError;

/** The error elements of stanzas and the conditions of the model, which are named after each other. */
final class Conditions {
    private static final String NAMESPACE = "urn:ietf:params:xml:ns:xmpp-stanzas";
    private static final int LONGEST_TEXT = 200;
    private static final Map<String, Condition> BY_NAME =
            Stream.of(Condition.values()).collect(Collectors.toMap(Conditions::name, Function.identity()));

    private Conditions() {}

    /** Returns the name of the element that stands for a condition (RFC 6120 section 8.3.3). */
    static String name(Condition condition) {
        return condition.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Writes an error with the type that is usual for its condition. */
    static StanzaError error(Condition condition, String text) {
        StanzaError.Builder error = StanzaError.getBuilder()
                .setCondition(StanzaError.Condition.fromString(name(condition)))
                .setType(StanzaError.Type.valueOf(condition.remedy().name()));
        if (!text.isEmpty()) {
            error.setDescriptiveEnText(PlainText.line(text, LONGEST_TEXT));
        }
        return error.build();
    }

    /** Reads the condition of a stanza of type {@code error}; what it does not say is an undefined one. */
    static Condition read(StandardExtensionElement stanza) {
        return children(stanza)
                .map(child -> BY_NAME.get(child.getElementName()))
                .filter(condition -> condition != null)
                .findFirst()
                .orElse(Condition.UNDEFINED_CONDITION);
    }

    /** Reads what the error says to people; empty if it says nothing. */
    static String text(StandardExtensionElement stanza) {
        return children(stanza)
                .filter(child -> child.getElementName().equals("text") && child.getText() != null)
                .map(child -> PlainText.line(child.getText(), LONGEST_TEXT))
                .findFirst()
                .orElse("");
    }

    private static Stream<StandardExtensionElement> children(StandardExtensionElement stanza) {
        return Elements.all(stanza, "error", Elements.CONTENT)
                .flatMap(error -> error.getElements().stream())
                .filter(child -> child.getNamespace().equals(NAMESPACE));
    }
}
