// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows under titles, made to fit a width: the widest columns give way first, and what is cut ends in an ellipsis. The
 * last column is not padded. Control characters, which peers could send to confuse a terminal, are shown as question
 * marks.
 */
final class Table {
    private static final int GAP = 2;
    private static final int NARROWEST = 6;

    private final List<String> titles;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... titles) {
        this.titles = List.of(titles);
    }

    /** Adds a row with a cell for each title. */
    Table row(Object... cells) {
        if (cells.length != titles.size()) {
            throw new IllegalArgumentException(cells.length + " cells under " + titles.size() + " titles");
        }
        rows.add(Arrays.stream(cells).map(cell -> printable(cell.toString())).toList());
        return this;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    String text(int width) {
        int[] widths = widths(width);
        StringBuilder text = new StringBuilder(line(titles, widths));
        rows.forEach(row -> text.append(line(row, widths)));
        return text.toString();
    }

    private int[] widths(int available) {
        int[] widths = new int[titles.size()];
        measure(titles, widths);
        rows.forEach(row -> measure(row, widths));
        int excess = Arrays.stream(widths).sum() + GAP * (widths.length - 1) - available;
        while (excess > 0) {
            int widest = 0;
            for (int i = 1; i < widths.length; i++) {
                widest = widths[i] > widths[widest] ? i : widest;
            }
            if (widths[widest] <= NARROWEST) {
                return widths;
            }
            widths[widest]--;
            excess--;
        }
        return widths;
    }

    private static void measure(List<String> cells, int[] widths) {
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], length(cells.get(i)));
        }
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = cut(cells.get(i), widths[i]);
            line.append(cell).append(" ".repeat(widths[i] - length(cell) + GAP));
        }
        return line.toString().stripTrailing() + "\n";
    }

    private static String cut(String text, int width) {
        return length(text) <= width ? text : text.substring(0, text.offsetByCodePoints(0, width - 1)) + "…";
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Makes text harmless for a terminal. */
    static String printable(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }
}
