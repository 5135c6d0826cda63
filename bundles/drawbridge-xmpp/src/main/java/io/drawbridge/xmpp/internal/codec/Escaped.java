// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.codec;

/** Text as it may stand in XML, in content and in attributes alike. */
public final class Escaped {
    private static final char REPLACEMENT = 0xFFFD;

    private Escaped() {}

    /** Returns the text with markup escaped and every character XML 1.0 does not have replaced by U+FFFD. */
    public static String xml(String text) {
        int plain = plain(text);
        if (plain == text.length()) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16).append(text, 0, plain);
        for (int i = plain, c; i < text.length(); i += Character.charCount(c)) {
            c = text.codePointAt(i);
            append(escaped, c);
        }
        return escaped.toString();
    }

    /** Returns how many characters at the beginning stay as they are. */
    private static int plain(String text) {
        int i = 0;
        while (i < text.length() && isPlain(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean isPlain(char c) {
        return c >= 0x20 && c < 0x7F && c != '<' && c != '>' && c != '&' && c != '\'' && c != '"';
    }

    private static void append(StringBuilder escaped, int c) {
        switch (c) {
            case '<' -> escaped.append("&lt;");
            case '>' -> escaped.append("&gt;");
            case '&' -> escaped.append("&amp;");
            case '\'' -> escaped.append("&apos;");
            case '"' -> escaped.append("&quot;");
            // Written as they are, a parser would turn them into spaces in an attribute.
            case '\t', '\n', '\r' -> escaped.append("&#").append(c).append(';');
            default -> escaped.appendCodePoint(isAllowed(c) ? c : REPLACEMENT);
        }
    }

    private static boolean isAllowed(int c) {
        return c >= 0x20 && !(c >= 0xD800 && c <= 0xDFFF) && c != 0xFFFE && c != 0xFFFF;
    }
}
