// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.conformance;

import io.drawbridge.testbed.Specified;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of what the tests of this module show, made from their annotations. */
final class Compliance {
    private static final String HEAD =
            """
            # Compliance

            Which rules of which documents are shown to be kept, and by which test: of `tests/conformance`, or of the
            bundle where they are kept. Made from the tests' `@Specified` annotations; the build fails while it differs from them. To make it anew:

                mvn -pl tests/conformance test -Dtest=ComplianceTest -Dcompliance.refresh

            """;

    /** One line of the table. */
    private record Row(String document, String section, String requirement, String test) {
        private static final Comparator<Row> ORDER = Comparator.comparing(Row::document)
                .thenComparing(row -> sortable(row.section))
                .thenComparing(Row::requirement)
                .thenComparing(Row::test);

        private static String sortable(String section) {
            return Arrays.stream(section.split("\\."))
                    .map(part ->
                            part.matches("\\d+") ? String.format(Locale.ROOT, "%05d", Integer.valueOf(part)) : part)
                    .collect(Collectors.joining("."));
        }

        private String text() {
            return "| " + section + " | " + requirement + " | " + test + " |\n";
        }
    }

    private Compliance() {}

    /**
     * Returns the document as it should be.
     *
     * @param testClasses the folders and jars the compiled tests are in
     */
    static String text(List<Path> testClasses) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (Path place : testClasses) {
            if (Files.isDirectory(place)) {
                rows.addAll(rows(place));
            } else {
                try (FileSystem jar = FileSystems.newFileSystem(place)) {
                    rows.addAll(rows(jar.getPath("/")));
                }
            }
        }
        rows.sort(Row.ORDER);
        StringBuilder text = new StringBuilder(HEAD);
        String document = "";
        for (Row row : rows) {
            if (!row.document.equals(document)) {
                document = row.document;
                text.append("\n## ").append(document).append("\n\n| Section | Rule | Test |\n|---|---|---|\n");
            }
            text.append(row.text());
        }
        return text.toString().replace("\n\n\n", "\n\n");
    }

    private static List<Row> rows(Path root) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (Class<?> type : testClasses(root)) {
            for (Method method : type.getDeclaredMethods()) {
                for (Specified rule : method.getAnnotationsByType(Specified.class)) {
                    String test = type.getSimpleName() + "." + method.getName();
                    rows.add(new Row(rule.document(), rule.section(), rule.requirement(), "`" + test + "`"));
                }
            }
        }
        return rows;
    }

    private static List<Class<?>> testClasses(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(name -> name.endsWith("Test.class"))
                    .map(name -> name.replace('/', '.').substring(0, name.length() - ".class".length()))
                    .sorted()
                    .<Class<?>>map(Compliance::load)
                    .toList();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, Compliance.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
