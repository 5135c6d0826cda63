// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Tables of figures: shown as they are made, kept as Markdown and JSON. */
final class Report {
    private final PrintStream screen;
    private final List<Table> tables = new ArrayList<>();

    /** One table; a row is a map from column to figure, the first of them its name. */
    private record Table(String title, List<Map<String, Object>> rows) {}

    Report(PrintStream screen) {
        this.screen = screen;
    }

    /** A row being filled in. */
    static final class Row {
        private final Map<String, Object> cells = new LinkedHashMap<>();

        Row with(String column, Object value) {
            cells.put(column, value);
            return this;
        }
    }

    void say(String progress) {
        screen.println(progress);
    }

    void table(String title, List<Row> rows) {
        Table table = new Table(title, rows.stream().map(row -> row.cells).toList());
        tables.add(table);
        screen.println();
        screen.println(markdown(table));
    }

    /** Writes the report as {@code NAME.md} and {@code NAME.json}. */
    void save(Path directory, String name) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(
                directory.resolve(name + ".md"),
                tables.stream().map(Report::markdown).collect(Collectors.joining("\n")));
        Files.writeString(
                directory.resolve(name + ".json"),
                tables.stream().map(Report::json).collect(Collectors.joining(",\n", "[\n", "\n]\n")));
        screen.println("Saved in " + directory.toAbsolutePath());
    }

    private static String markdown(Table table) {
        List<String> columns = List.copyOf(table.rows().get(0).keySet());
        StringBuilder text = new StringBuilder("## " + table.title() + "\n\n");
        text.append("| ").append(String.join(" | ", columns)).append(" |\n");
        text.append("|").append("---|".repeat(columns.size())).append("\n");
        for (Map<String, Object> row : table.rows()) {
            text.append(columns.stream()
                    .map(column -> figure(row.get(column)))
                    .collect(Collectors.joining(" | ", "| ", " |\n")));
        }
        return text.toString();
    }

    private static String figure(Object value) {
        if (value instanceof Double number) {
            return String.format(Locale.ROOT, Math.abs(number) >= 100 ? "%.0f" : "%.2f", number);
        }
        return String.valueOf(value);
    }

    private static String json(Table table) {
        return table.rows().stream()
                .map(row -> row.entrySet().stream()
                        .map(cell -> quoted(cell.getKey()) + ": " + jsonValue(cell.getValue()))
                        .collect(Collectors.joining(", ", "    {", "}")))
                .collect(Collectors.joining(
                        ",\n", "  {\"title\": " + quoted(table.title()) + ", \"rows\": [\n", "\n  ]}"));
    }

    private static String jsonValue(Object value) {
        if (value instanceof Double number && !Double.isFinite(number)) {
            return "null";
        }
        return value instanceof Number ? value.toString() : quoted(String.valueOf(value));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
