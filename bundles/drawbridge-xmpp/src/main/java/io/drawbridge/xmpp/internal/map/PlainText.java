// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.map;

/** Text of one side in a form that the other side can carry. */
final class PlainText {
    private static final int REPLACEMENT = 0xFFFD;

    private PlainText() {}

    /** Replaces what XML 1.0 cannot carry (section 2.2). */
    static String xml(String text) {
        int sound = 0;
        while (sound < text.length() && isPlain(text.charAt(sound))) {
            sound++;
        }
        if (sound == text.length() || text.codePoints().skip(sound).allMatch(PlainText::isXml)) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> clean.appendCodePoint(isXml(c) ? c : REPLACEMENT));
        return clean.toString();
    }

    /** Returns text of people as one line of limited length: a subject, a nick, a reason. */
    static String line(String text, int longest) {
        String line = xml(text).replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
        return cut(line, longest);
    }

    /** Returns text with an end at a limit, between two characters. */
    static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end);
    }

    private static boolean isPlain(char c) {
        return (c >= 0x20 && c <= 0x7F) || c == '\n' || c == '\r' || c == '\t';
    }

    private static boolean isXml(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD)
                || c >= 0x10000;
    }
}
