// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.map;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jivesoftware.smack.util.StringUtils;

/**
 * Formatted text with nothing in it but what formats text (XEP-0071 section 8, with fewer styles): no scripts, images or
 * classes, links to the web and to mailboxes only.
 */
final class XhtmlContent {
    private static final Set<String> ELEMENTS = Set.of(
            "a",
            "blockquote",
            "br",
            "cite",
            "code",
            "em",
            "li",
            "ol",
            "p",
            "pre",
            "span",
            "strong",
            "ul",
            "b",
            "i",
            "u");
    private static final Set<String> WITHOUT_CONTENT = Set.of("script", "style", "head", "title", "object", "iframe");
    private static final Pattern LINK = Pattern.compile("(?i)(https?://|mailto:)\\S{1,2000}");
    private static final Pattern STYLE = Pattern.compile(
            "(?i)\\s*(color\\s*:\\s*(#[0-9a-f]{3,6}|[a-z]{3,20})|font-weight\\s*:\\s*(bold|normal|[1-9]00))\\s*");
    private static final int DEEPEST = 32;

    private final XMLStreamReader reader;
    private final StringBuilder markup = new StringBuilder();
    private final StringBuilder text = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();
    private int silent;

    private XhtmlContent(XMLStreamReader reader) {
        this.reader = reader;
    }

    /** Returns the content of the first XHTML body of a stanza; empty if there is none or it says nothing. */
    static Optional<XhtmlContent> ofStanza(String document) {
        try {
            XMLStreamReader reader = StanzaContent.reader(document);
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT
                        && reader.getLocalName().equals("body")
                        && Elements.XHTML.equals(reader.getNamespaceURI())) {
                    return new XhtmlContent(reader).read();
                }
            }
            return Optional.empty();
        } catch (XMLStreamException e) {
            return Optional.empty();
        }
    }

    /** Returns the content of HTML that is well-formed; empty if it is not, or says nothing. */
    static Optional<XhtmlContent> ofHtml(String html) {
        String body = html.replaceFirst("(?is)^.*?<body[^>]*>", "").replaceFirst("(?is)</body>.*$", "");
        return ofStanza("<body xmlns='" + Elements.XHTML + "'>" + body.replace("&nbsp;", "&#160;") + "</body>");
    }

    /** Returns what is left of HTML without its tags, for the plain form of what only has that. */
    static String textOf(String html) {
        return ofHtml(html).map(XhtmlContent::text).orElseGet(() -> html.replaceAll(
                        "(?is)<(script|style)\\b.*?</\\1>", "")
                .replaceAll("<[^<>]{0,2000}>", "")
                .replace("&nbsp;", " ")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&amp;", "&")
                .strip());
    }

    /** Returns the markup, well-formed, to stand inside an XHTML body. */
    String markup() {
        return markup.toString();
    }

    /** Returns the text without the markup. */
    String text() {
        return text.toString().strip();
    }

    private Optional<XhtmlContent> read() throws XMLStreamException {
        int depth = 0;
        while (true) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                start();
                depth++;
            } else if (event == XMLStreamConstants.END_ELEMENT && depth == 0) {
                return text.toString().isBlank() ? Optional.empty() : Optional.of(this);
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                end();
                depth--;
            } else if (reader.isCharacters()) {
                characters(reader.getText());
            }
        }
    }

    private void start() {
        String name = reader.getLocalName();
        boolean shown = silent == 0
                && open.size() < DEEPEST
                && Elements.XHTML.equals(reader.getNamespaceURI())
                && ELEMENTS.contains(name);
        if (silent > 0 || WITHOUT_CONTENT.contains(name)) {
            silent++;
        }
        open.push(shown ? name : "");
        if (!shown) {
            return;
        }
        if (name.equals("br")) {
            text.append('\n');
        }
        markup.append('<').append(name);
        attribute(name.equals("a") ? "href" : "", LINK);
        attribute("style", STYLE);
        markup.append('>');
    }

    private void attribute(String name, Pattern allowed) {
        String value = name.isEmpty() ? null : reader.getAttributeValue(null, name);
        if (value != null && name.equals("style")) {
            value = onlyAllowed(value, allowed);
        }
        if (value != null
                && (name.equals("style")
                        ? !value.isEmpty()
                        : allowed.matcher(value).matches())) {
            markup.append(' ')
                    .append(name)
                    .append("='")
                    .append(StringUtils.escapeForXmlAttributeApos(value))
                    .append('\'');
        }
    }

    private static String onlyAllowed(String style, Pattern allowed) {
        StringBuilder kept = new StringBuilder();
        for (String property : PlainText.cut(style, 1_000).split(";", -1)) {
            if (allowed.matcher(property).matches()) {
                kept.append(kept.isEmpty() ? "" : "; ").append(property.strip());
            }
        }
        return kept.toString();
    }

    private void end() {
        String name = open.pop();
        if (silent > 0) {
            silent--;
        }
        if (!name.isEmpty()) {
            markup.append("</").append(name).append('>');
            if (name.equals("p") || name.equals("li") || name.equals("blockquote")) {
                text.append('\n');
            }
        }
    }

    private void characters(String characters) {
        if (silent == 0) {
            text.append(characters);
            markup.append(StringUtils.escapeForXmlText(characters));
        }
    }
}
