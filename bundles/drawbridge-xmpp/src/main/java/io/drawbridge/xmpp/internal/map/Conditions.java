// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.map;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.Principal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jivesoftware.smack.packet.StandardExtensionElement;
import org.jivesoftware.smack.packet.StanzaError;

/** The error elements of stanzas and the conditions of the model, which are named after each other. */
final class Conditions {
    private static final String NAMESPACE = "urn:ietf:params:xml:ns:xmpp-stanzas";
    private static final int LONGEST_TEXT = 200;
    private static final Set<Condition> MOVED = EnumSet.of(Condition.GONE, Condition.REDIRECT);
    private static final Map<String, Condition> BY_NAME =
            Stream.of(Condition.values()).collect(Collectors.toMap(Conditions::name, Function.identity()));

    private Conditions() {}

    /** Returns the name of the element that stands for a condition (RFC 6120 section 8.3.3). */
    static String name(Condition condition) {
        return condition.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Writes what became of a stanza, with the type of error that is usual for the condition. */
    static StanzaError error(DeliveryOutcome.Failed failed) {
        return error(failed.condition(), failed.text(), failed.newAddress().flatMap(Conditions::uri));
    }

    /** Writes an error with the type that is usual for its condition. */
    static StanzaError error(Condition condition, String text) {
        return error(condition, text, Optional.empty());
    }

    private static StanzaError error(Condition condition, String text, Optional<String> newAddress) {
        StanzaError.Builder error = StanzaError.getBuilder()
                .setCondition(StanzaError.Condition.fromString(name(condition)))
                .setType(StanzaError.Type.valueOf(condition.remedy().name()));
        if (!text.isEmpty()) {
            error.setDescriptiveEnText(PlainText.line(text, LONGEST_TEXT));
        }
        newAddress.filter(known -> MOVED.contains(condition)).ifPresent(error::setConditionText);
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

    /** Returns whether the stanza was too large for the other side (XEP-0205 names the element by use). */
    static boolean isTooBig(StandardExtensionElement stanza) {
        return errors(stanza).anyMatch(error -> Elements.has(error, "stanza-too-big", "urn:xmpp:errors"));
    }

    /** Reads where the recipient is instead (RFC 6120 sections 8.3.3.5 and 8.3.3.14), if it is a person of XMPP. */
    static Optional<Principal> newAddress(StandardExtensionElement stanza) {
        return children(stanza)
                .filter(child -> Optional.ofNullable(BY_NAME.get(child.getElementName()))
                        .filter(MOVED::contains)
                        .isPresent())
                .findFirst()
                .flatMap(child -> principal(Elements.text(child).strip()));
    }

    private static Optional<Principal> principal(String uri) {
        int query = uri.indexOf('?');
        try {
            URI address = new URI(query < 0 ? uri : uri.substring(0, query));
            return "xmpp".equalsIgnoreCase(address.getScheme())
                    ? Optional.of(Addresses.read(address.getSchemeSpecificPart())
                                    .principal())
                            .filter(principal -> !principal.isDomain())
                    : Optional.empty();
        } catch (URISyntaxException | Unmappable nobody) {
            return Optional.empty();
        }
    }

    /** Returns the URI of an address (RFC 5122 section 2.2), if XMPP has an address for it. */
    private static Optional<String> uri(Principal principal) {
        try {
            String address = Addresses.write(principal).toString();
            return Optional.of(new URI("xmpp", address, null).toASCIIString().replace("?", "%3F"));
        } catch (URISyntaxException | Unmappable nobody) {
            return Optional.empty();
        }
    }

    /** Reads what the error says to people; empty if it says nothing. */
    static String text(StandardExtensionElement stanza) {
        return children(stanza)
                .filter(child -> child.getElementName().equals("text") && child.getText() != null)
                .map(child -> PlainText.line(child.getText(), LONGEST_TEXT))
                .findFirst()
                .orElse("");
    }

    private static Stream<StandardExtensionElement> errors(StandardExtensionElement stanza) {
        return Elements.all(stanza, "error", Elements.CONTENT);
    }

    private static Stream<StandardExtensionElement> children(StandardExtensionElement stanza) {
        return errors(stanza).flatMap(error -> error.getElements().stream()).filter(child -> child.getNamespace()
                .equals(NAMESPACE));
    }
}
