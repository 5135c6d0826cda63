// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.reference;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The configuration reference: every PID of the bundles on the class path, with every setting. */
final class ConfigurationReference {
    private static final String FOLDER = "OSGI-INF/metatype/";
    private static final String HEAD =
            """
            # Configuration reference

            Written from the metatype of the bundles; what stands here is what is enforced. A setting goes into
            `etc/PID.cfg`, an instance of a factory (`~NAME`) into `etc/PID-NAME.cfg`, one `key = value` a line; lists are
            separated by commas, and words such as `ALWAYS_VERIFIABLE` may be written `AlwaysVerifiable` too. A change acts
            without a restart. A value that breaks its rule is refused: the last good configuration stays until the appliance ends,
            and log, `drawbridge:status` and health name PID, key, value and rule.

            """;

    private ConfigurationReference() {}

    static String write() throws IOException {
        List<Configuration> configurations = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(java.io.File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            if (path.toString().contains("drawbridge")) {
                configurations.addAll(Files.isDirectory(path) ? folder(path) : jar(path));
            }
        }
        configurations.sort(Comparator.comparing(Configuration::pid));
        StringBuilder text = new StringBuilder(HEAD);
        configurations.forEach(configuration -> text.append("- [`")
                .append(configuration.pid())
                .append("`](#")
                .append(configuration.pid().replaceAll("[^a-zA-Z]", "").toLowerCase(java.util.Locale.ROOT))
                .append(")\n"));
        configurations.forEach(configuration -> append(text, configuration));
        return text.toString();
    }

    private static void append(StringBuilder text, Configuration configuration) {
        text.append("\n## ").append(configuration.pid()).append("\n\n").append(configuration.description());
        text.append("\n\n| Key | Type | Default | Meaning |\n|---|---|---|---|\n");
        for (Setting setting : configuration.settings()) {
            text.append("| `")
                    .append(setting.key())
                    .append("` | ")
                    .append(cell(setting.type()))
                    .append(" | ");
            text.append(setting.fallback().isEmpty() ? "" : "`" + cell(setting.fallback()) + "`")
                    .append(" | ");
            text.append(cell(setting.description())).append(" |\n");
        }
    }

    private static String cell(String text) {
        return text.replace("|", "\\|")
                .replace("<", "&lt;")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static List<Configuration> folder(Path classes) throws IOException {
        Path folder = classes.resolve(FOLDER);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Configuration> configurations = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                try (InputStream stream = Files.newInputStream(file)) {
                    configurations.addAll(MetatypeReader.read(stream));
                }
            }
        }
        return configurations;
    }

    private static List<Configuration> jar(Path path) throws IOException {
        List<Configuration> configurations = new ArrayList<>();
        try (JarFile jar = new JarFile(path.toFile())) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                if (entry.getName().startsWith(FOLDER) && entry.getName().endsWith(".xml")) {
                    configurations.addAll(MetatypeReader.read(jar.getInputStream(entry)));
                }
            }
        }
        return configurations;
    }
}
