// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.lib.jainsip;

/** Which characters XML can carry at all, and with it XMPP, and how (XML 1.0 section 2.2). */
public final class XmlCharacters {
    private XmlCharacters() {}

    /** Returns whether a document can hold the character at all. */
    public static boolean isAllowed(int c) {
        return (c >= ' ' || c == '\n' || c == '\t' || c == '\r')
                && c != 0xFFFE
                && c != 0xFFFF
                && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE);
    }

    /** Appends text as the content of an element or a value in double quotes. */
    public static StringBuilder escape(StringBuilder xml, String text) {
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> xml.append("&amp;");
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                case '"' -> xml.append("&quot;");
                default -> {
                    if (isAllowed(c) && c != '\r') {
                        xml.appendCodePoint(c);
                    }
                }
            }
        });
        return xml;
    }
}
