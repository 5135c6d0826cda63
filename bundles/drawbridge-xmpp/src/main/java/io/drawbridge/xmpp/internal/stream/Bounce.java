// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import io.drawbridge.xmpp.internal.codec.Escaped;
import io.drawbridge.xmpp.internal.codec.Namespaces;
import io.drawbridge.xmpp.internal.codec.Stanza;
import java.util.Optional;

/** The answer to stanzas while nobody takes them: the service is not available (RFC 6120 section 8.3.3.19). */
final class Bounce {
    private Bounce() {}

    /** Returns the error; empty for what is never answered with one (interworking 4.12). */
    static Optional<OutgoingStanza> of(Stanza stanza, StreamPeer origin) {
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
                                + "'><error type='cancel'><service-unavailable xmlns='" + Namespaces.STANZA_ERRORS
                                + "'/></error></" + element + ">"))
                .filter(error -> answered);
    }
}
