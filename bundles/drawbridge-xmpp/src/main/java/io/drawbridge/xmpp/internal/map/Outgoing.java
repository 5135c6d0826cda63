// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.map;

import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.Instance;
import io.drawbridge.xmpp.internal.codec.Stanza;
import io.drawbridge.xmpp.internal.stream.OutgoingStanza;
import io.drawbridge.xmpp.internal.stream.StreamPeer;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smack.util.XmlStringBuilder;

/** Stanzas as text for the streams. */
final class Outgoing {
    private Outgoing() {}

    /** Returns a stanza of Smack's from an own user to a partner's. */
    static OutgoingStanza of(
            Stanza.Kind kind, Instance from, Instance to, org.jivesoftware.smack.packet.Stanza stanza) {
        // Smack holds every stanza for one of a client's stream; without a namespace it is one of the stream's.
        String xml = stanza.toXML(Elements.CONTENT).toString();
        return new OutgoingStanza(
                kind, from.principal().domain(), to.principal().domain(), xml);
    }

    /**
     * Returns the answer that says what is wrong with a stanza (RFC 6120 section 8.3.1). Its addresses are those of the
     * stanza, swapped and not judged.
     */
    static OutgoingStanza error(Stanza stanza, StreamPeer origin, StanzaError error) {
        return answer(stanza, origin, "error", error.toXML(Elements.CONTENT).toString());
    }

    /** Returns an answer to a stanza with the content given. */
    static OutgoingStanza answer(Stanza stanza, StreamPeer origin, String type, String content) {
        Stanza.Attributes attributes = stanza.attributes();
        XmlStringBuilder xml = new XmlStringBuilder();
        xml.halfOpenElement(stanza.kind().element());
        xml.attribute("from", attributes.to());
        xml.attribute("to", attributes.from());
        if (!attributes.id().isEmpty()) {
            xml.attribute("id", attributes.id());
        }
        xml.attribute("type", type);
        xml.rightAngleBracket();
        xml.append(content);
        xml.closeElement(stanza.kind().element());
        return new OutgoingStanza(stanza.kind(), origin.own(), origin.partner(), xml.toString());
    }

    /** Returns an error for a stanza that an own user got earlier; its identifier is empty if nobody knows it any longer. */
    static OutgoingStanza lateError(Stanza.Kind kind, Instance from, Instance to, String id, Condition condition)
            throws Unmappable {
        StanzaError error = Conditions.error(condition, "");
        XmlStringBuilder xml = new XmlStringBuilder();
        xml.halfOpenElement(kind.element());
        xml.attribute("from", Addresses.write(from).toString());
        xml.attribute("to", Addresses.write(to).toString());
        if (!id.isEmpty()) {
            xml.attribute("id", id);
        }
        xml.attribute("type", "error");
        xml.rightAngleBracket();
        xml.append(error.toXML(Elements.CONTENT));
        xml.closeElement(kind.element());
        return new OutgoingStanza(
                kind, from.principal().domain(), to.principal().domain(), xml.toString());
    }
}
