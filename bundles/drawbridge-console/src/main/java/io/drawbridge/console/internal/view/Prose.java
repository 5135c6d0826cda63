// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.view;

import java.util.ArrayList;
import java.util.List;

/** Sentences broken into lines of a width. */
final class Prose {
    private static final String INDENT = "  ";

    private Prose() {}

    /** Breaks text; lines after the first are indented. */
    static String wrapped(String text, int width) {
        return String.join("\n" + INDENT, lines(Table.printable(text), width - INDENT.length())) + "\n";
    }

    /** Breaks text between words, and within a word that is longer than a line; never empty. */
    static List<String> lines(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" +", -1)) {
            String rest = word;
            if (!line.isEmpty() && line.length() + 1 + rest.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            while (line.isEmpty() && rest.length() > width) {
                lines.add(rest.substring(0, width));
                rest = rest.substring(width);
            }
            line.append(line.isEmpty() ? "" : " ").append(rest);
        }
        lines.add(line.toString());
        return lines;
    }
}
