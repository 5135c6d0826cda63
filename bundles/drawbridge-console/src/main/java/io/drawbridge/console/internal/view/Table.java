// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows under titles, made to fit a width: long columns give way first, then columns that are not essential are left out.
 * What is cut shows an ellipsis. Control characters, which peers could send to confuse a terminal, are shown as question
 * marks.
 */
final class Table {
    private static final int GAP = 2;

    private final List<Column> columns = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    /** Adds a column that is always shown whole; for short values. */
    Table kept(String title) {
        return column(title, Fit.KEPT);
    }

    /** Adds a column that may be cut at its end. */
    Table cut(String title) {
        return column(title, Fit.CUT);
    }

    /** Adds a column that may be cut at its front; for names whose end tells them apart. */
    Table tail(String title) {
        return column(title, Fit.TAIL);
    }

    /** Adds a column that is left out where room is short, the last one first. */
    Table extra(String title) {
        return column(title, Fit.EXTRA);
    }

    /** Adds a column that goes on in the next line; the last one only. */
    Table wrapped(String title) {
        return column(title, Fit.WRAPPED);
    }

    /** Adds a row with a cell for each column. */
    Table row(Object... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells in " + columns.size() + " columns");
        }
        rows.add(Arrays.stream(cells).map(cell -> printable(cell.toString())).toList());
        return this;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    String text(int width) {
        List<Column> shown = shown(width);
        List<Integer> widths = widths(shown, width);
        StringBuilder text = new StringBuilder();
        text.append(lines(columns.stream().map(Column::title).toList(), shown, widths));
        rows.forEach(row -> text.append(lines(row, shown, widths)));
        return text.toString();
    }

    private Table column(String title, Fit fit) {
        columns.add(new Column(columns.size(), title, fit));
        return this;
    }

    private List<Column> shown(int width) {
        List<Column> shown = new ArrayList<>(columns);
        for (int i = columns.size() - 1; i >= 0 && needed(shown) > width; i--) {
            if (columns.get(i).fit == Fit.EXTRA) {
                shown.remove(columns.get(i));
            }
        }
        return shown;
    }

    private List<Integer> widths(List<Column> shown, int width) {
        int[] widths = shown.stream().mapToInt(this::natural).toArray();
        shrink(widths, shown.stream().mapToInt(this::least).toArray(), width);
        shrink(widths, new int[widths.length], width);
        return Arrays.stream(widths).boxed().toList();
    }

    /** Takes from the widest column that is wider than its least, until all fit or none is left to take from. */
    private static void shrink(int[] widths, int[] least, int width) {
        int excess = Arrays.stream(widths).sum() + GAP * (widths.length - 1) - width;
        for (; excess > 0; excess--) {
            int widest = -1;
            for (int i = 0; i < widths.length; i++) {
                if (widths[i] > least[i] && (widest < 0 || widths[i] > widths[widest])) {
                    widest = i;
                }
            }
            if (widest < 0) {
                return;
            }
            widths[widest]--;
        }
    }

    private int needed(List<Column> shown) {
        return shown.stream().mapToInt(this::least).sum() + GAP * (shown.size() - 1);
    }

    private int natural(Column column) {
        return rows.stream().mapToInt(row -> length(row.get(column.index))).reduce(length(column.title), Math::max);
    }

    private int least(Column column) {
        return Math.min(natural(column), column.fit.least);
    }

    private static String lines(List<String> cells, List<Column> shown, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < shown.size(); i++) {
            Column column = shown.get(i);
            int width = widths.get(i);
            String cell = cells.get(column.index);
            if (column.fit == Fit.WRAPPED) {
                String indent = "\n" + " ".repeat(line.length());
                line.append(String.join(indent, Prose.lines(cell, width)));
            } else {
                String fitting = column.fit.apply(cell, width);
                line.append(fitting).append(" ".repeat(width - length(fitting) + GAP));
            }
        }
        return line.toString().stripTrailing() + "\n";
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

    /** A column by its place in the rows. */
    private record Column(int index, String title, Fit fit) {}

    /** How a column gives way. */
    private enum Fit {
        KEPT(Integer.MAX_VALUE),
        EXTRA(Integer.MAX_VALUE),
        CUT(16),
        TAIL(16),
        WRAPPED(30);

        private final int least;

        Fit(int least) {
            this.least = least;
        }

        String apply(String text, int width) {
            int length = length(text);
            if (length <= width) {
                return text;
            }
            return this == TAIL
                    ? "…" + text.substring(text.offsetByCodePoints(0, length - width + 1))
                    : text.substring(0, text.offsetByCodePoints(0, width - 1)) + "…";
        }
    }
}
