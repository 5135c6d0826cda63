// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.map;

import io.drawbridge.api.model.Instance;
import io.drawbridge.xmpp.internal.codec.Stanza;
import javax.xml.stream.XMLStreamException;
import org.jivesoftware.smack.packet.StandardExtensionElement;

/**
 * A stanza whose addresses mean somebody.
 *
 * @param stanza the stanza
 * @param content what it holds
 * @param sender who sent it
 * @param recipient whom it is for
 */
record Received(Stanza stanza, StandardExtensionElement content, Instance sender, Instance recipient) {
    /** Reads a stanza. */
    static Received of(Stanza stanza) throws Unmappable, XMLStreamException {
        return new Received(
                stanza,
                StanzaContent.of(stanza.document()),
                Addresses.read(stanza.attributes().from()),
                Addresses.read(stanza.attributes().to()));
    }

    /** Returns its type; empty if it has none. */
    String type() {
        return stanza.attributes().type();
    }

    /** Returns the sender's identifier of it; empty if it has none. */
    String id() {
        return stanza.attributes().id();
    }

    /** Returns whether neither end is a domain itself. */
    boolean isBetweenPersons() {
        return !sender.principal().isDomain() && !recipient.principal().isDomain();
    }

    /** Returns the language of an element: its own, else the stanza's. */
    String languageOf(StandardExtensionElement element) {
        return Elements.attribute(element, "xml:lang")
                .orElse(stanza.attributes().language());
    }
}
