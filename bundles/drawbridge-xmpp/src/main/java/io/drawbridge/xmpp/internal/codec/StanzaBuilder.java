// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.codec;

import com.fasterxml.aalto.AsyncByteArrayFeeder;
import com.fasterxml.aalto.AsyncXMLStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * A stanza whose start tag was read. Its tags are written anew, with every namespace that was declared outside; what is
 * between them is kept as it came.
 */
final class StanzaBuilder {
    private final Stanza.Kind kind;
    private final Stanza.Attributes attributes;
    private final Map<String, String> prefixes;
    private final StringBuilder start;
    private final long startTagEnd;

    /**
     * Reads the start tag the tokenizer is at.
     *
     * @param startTagEnd the place after it
     */
    StanzaBuilder(
            Stanza.Kind kind, AsyncXMLStreamReader<AsyncByteArrayFeeder> tag, StreamHeader header, long startTagEnd) {
        this.kind = kind;
        this.startTagEnd = startTagEnd;
        prefixes = new HashMap<>(header.prefixes());
        start = new StringBuilder("<").append(kind.element()).append(" xmlns='" + Namespaces.CLIENT + "'");
        for (int i = 0; i < tag.getNamespaceCount(); i++) {
            String prefix = tag.getNamespacePrefix(i);
            if (prefix != null && !prefix.isEmpty()) {
                prefixes.remove(prefix);
                append("xmlns:" + prefix, tag.getNamespaceURI(i));
            }
        }
        String language = header.language();
        Map<String, String> plain = new HashMap<>();
        for (int i = 0; i < tag.getAttributeCount(); i++) {
            String prefix = tag.getAttributePrefix(i);
            String name = tag.getAttributeLocalName(i);
            String value = tag.getAttributeValue(i);
            if (prefix == null || prefix.isEmpty()) {
                plain.put(name, value);
                append(name, value);
            } else {
                append(prefix + ":" + name, value);
                if (prefix.equals("xml") && name.equals("lang")) {
                    language = value;
                }
            }
        }
        attributes = new Stanza.Attributes(
                plain.getOrDefault("from", ""),
                plain.getOrDefault("to", ""),
                plain.getOrDefault("id", ""),
                plain.getOrDefault("type", ""),
                language);
    }

    private void append(String name, String value) {
        start.append(' ').append(name).append("='").append(Escaped.xml(value)).append('\'');
    }

    /** Finishes it at its end. */
    Stanza build(Window window, long end) {
        String content = end == startTagEnd
                ? ""
                : new String(window.between(startTagEnd, window.lastBefore(end, '<')), StandardCharsets.UTF_8);
        prefixes.forEach((prefix, namespace) -> {
            if (content.contains(prefix + ":") || start.indexOf(prefix + ":") >= 0) {
                append("xmlns:" + prefix, namespace);
            }
        });
        String document = start.append('>')
                .append(content)
                .append("</")
                .append(kind.element())
                .append('>')
                .toString();
        return new Stanza(kind, attributes, document.getBytes(StandardCharsets.UTF_8));
    }
}
