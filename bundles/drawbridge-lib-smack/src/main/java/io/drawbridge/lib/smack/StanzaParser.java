// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.lib.smack;

import java.io.StringReader;
import org.jivesoftware.smack.packet.StandardExtensionElement;
import org.jivesoftware.smack.parsing.StandardExtensionElementProvider;
import org.jivesoftware.smack.util.ParserUtils;
import org.jivesoftware.smack.xml.SmackXmlParser;
import org.jivesoftware.smack.xml.XmlPullParser;

/**
 * Reads stanzas into Smack's general elements. Smack's own messages, presences and extensions are for what this side
 * says: reading, they throw at an unknown type or a missing attribute, where the rest of the stanza still has a meaning.
 */
public final class StanzaParser {
    static {
        Smack.load();
    }

    private StanzaParser() {}

    /**
     * Reads a stanza that is a document of its own. Thread-safe.
     *
     * @throws MalformedStanza if it is not well-formed, or the library fails on it
     */
    public static StandardExtensionElement parse(String document) throws MalformedStanza {
        try {
            XmlPullParser parser = SmackXmlParser.newXmlParser(new StringReader(document));
            ParserUtils.forwardToStartElement(parser);
            return StandardExtensionElementProvider.INSTANCE.parse(parser);
        } catch (Exception e) {
            // Whatever it throws, checked or not, speaks of this stanza only.
            throw new MalformedStanza("the stanza cannot be read", e);
        }
    }
}
