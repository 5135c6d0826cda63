// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.map;

import java.util.Optional;
import java.util.stream.Stream;
import org.jivesoftware.smack.packet.StandardExtensionElement;

/** Finds what a stanza holds, where anything may be missing, repeated or of another kind than expected. */
final class Elements {
    /** The namespace of stanzas and of their own children. */
    static final String CONTENT = "jabber:client";

    static final String CHAT_STATES = "http://jabber.org/protocol/chatstates";
    static final String RECEIPTS = "urn:xmpp:receipts";
    static final String MARKERS = "urn:xmpp:chat-markers:0";
    static final String HINTS = "urn:xmpp:hints";
    static final String CORRECTION = "urn:xmpp:message-correct:0";
    static final String DELAY = "urn:xmpp:delay";
    static final String STANZA_IDS = "urn:xmpp:sid:0";
    static final String NICK = "http://jabber.org/protocol/nick";
    static final String IDLE = "urn:xmpp:idle:1";
    static final String LAST_ACTIVITY = "jabber:iq:last";
    static final String XHTML_IM = "http://jabber.org/protocol/xhtml-im";
    static final String XHTML = "http://www.w3.org/1999/xhtml";
    static final String MUC = "http://jabber.org/protocol/muc";
    static final String MUC_USER = "http://jabber.org/protocol/muc#user";
    static final String INVITATION = "jabber:x:conference";

    private Elements() {}

    /** Returns the children of a name. */
    static Stream<StandardExtensionElement> all(StandardExtensionElement parent, String name, String namespace) {
        return Optional.ofNullable(parent.getElements(name, namespace)).stream().flatMap(found -> found.stream());
    }

    /** Returns the first child of a name. */
    static Optional<StandardExtensionElement> first(StandardExtensionElement parent, String name, String namespace) {
        return all(parent, name, namespace).findFirst();
    }

    /** Returns whether there is a child of a name. */
    static boolean has(StandardExtensionElement parent, String name, String namespace) {
        return parent.getFirstElement(name, namespace) != null;
    }

    /** Returns the text of an element, empty if it has none. */
    static String text(StandardExtensionElement element) {
        return element.getText() == null ? "" : element.getText();
    }

    /** Returns an attribute that is there and not empty. */
    static Optional<String> attribute(StandardExtensionElement element, String name) {
        return Optional.ofNullable(element.getAttributeValue(name)).filter(value -> !value.isEmpty());
    }
}
