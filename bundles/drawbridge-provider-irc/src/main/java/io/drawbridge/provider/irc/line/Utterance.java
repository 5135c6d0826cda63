// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc.line;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a person writes, between plain text of any length and lines of the network. */
public final class Utterance {
    private static final Pattern FORMATTING = Pattern.compile("\\u0003(?:\\d{1,2}(?:,\\d{1,2})?)?"
            + "|\\u0004(?:[0-9A-Fa-f]{6}(?:,[0-9A-Fa-f]{6})?)?"
            + "|[\\p{Cc}&&[^\\t]]");
    private static final Pattern ENDS = Pattern.compile("\\R");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\\t]]");
    private static final Pattern LONE_SURROGATE =
            Pattern.compile("[\\uD800-\\uDBFF](?![\\uDC00-\\uDFFF])|(?<![\\uD800-\\uDBFF])[\\uDC00-\\uDFFF]");

    private Utterance() {}

    /** Returns the text without colours, bold and the like, and without any control character but tabs. */
    public static String plain(String text) {
        return FORMATTING.matcher(text).replaceAll("");
    }

    /**
     * Splits a text into lines that fit: where it has ends of lines, else between words, else between characters. Control
     * characters are left out, so that it holds no formatting, no CTCP and no second line.
     *
     * @param most how many octets a line may have, at least four
     */
    public static List<String> split(String text, int most) {
        List<String> lines = new ArrayList<>();
        for (String line : ENDS.split(text, -1)) {
            String clean =
                    LONE_SURROGATE.matcher(CONTROL.matcher(line).replaceAll("")).replaceAll("\uFFFD");
            if (!clean.isBlank()) {
                fill(lines, clean, most);
            }
        }
        return lines;
    }

    private static void fill(List<String> lines, String line, int most) {
        String rest = line;
        while (!rest.isEmpty()) {
            String head = Octets.head(rest, most);
            int space = head.lastIndexOf(' ');
            // A word that fills half a line is better broken than a line left so short.
            boolean betweenWords = head.length() < rest.length() && space > head.length() / 2;
            if (betweenWords) {
                head = head.substring(0, space);
            }
            lines.add(head);
            rest = rest.substring(head.length() + (betweenWords ? 1 : 0));
        }
    }
}
