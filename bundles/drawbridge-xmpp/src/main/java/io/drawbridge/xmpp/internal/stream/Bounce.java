// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import io.drawbridge.xmpp.internal.codec.Escaped;
import io.drawbridge.xmpp.internal.codec.Namespaces;
import io.drawbridge.xmpp.internal.codec.Stanza;
import java.util.Optional;

/** The answer to stanzas that go nowhere. */
enum Bounce {
    /** Nobody takes them (RFC 6120 section 8.3.3.19). */
    UNAVAILABLE("cancel", "service-unavailable", ""),
    /** There are too many of them (RFC 6120 section 8.3.3.18, XEP-0205). */
    TOO_MANY("wait", "resource-constraint", Markup.TOO_MANY_STANZAS);

    private final String type;
    private final String condition;
    private final String detail;

    Bounce(String type, String condition, String detail) {
        this.type = type;
        this.condition = condition;
        this.detail = detail;
    }

    /** Returns what the sender is told. */
    String condition() {
        return condition;
    }

    /** Returns the error; empty for what is never answered with one (interworking 4.12). */
    Optional<OutgoingStanza> of(Stanza stanza, StreamPeer origin) {
        Stanza.Attributes attributes = stanza.attributes();
        boolean answered =
                switch (stanza.kind()) {
                    case MESSAGE -> !attributes.type().equals("error");
                    case PRESENCE -> attributes.type().equals("subscribe");
                    case IQ ->
                        attributes.type().equals("get") || attributes.type().equals("set");
                };
        String element = stanza.kind().element();
        return Optional.of(new OutgoingStanza(
                        stanza.kind(),
                        origin.own(),
                        origin.partner(),
                        "<" + element + " type='error' from='" + Escaped.xml(attributes.to()) + "' to='"
                                + Escaped.xml(attributes.from()) + "' id='" + Escaped.xml(attributes.id())
                                + "'><error type='" + type + "'><" + condition + " xmlns='"
                                + Namespaces.STANZA_ERRORS + "'/>" + detail + "</error></" + element + ">"))
                .filter(error -> answered);
    }
}
