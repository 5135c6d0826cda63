// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal;

import io.drawbridge.providers.internal.host.Stage;
import io.drawbridge.providers.internal.host.Versions.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was decided about the versions of a plug-in, in a file with a line for each. What cannot be read is as if nothing had
 * been decided: then a new version is tried again, which its budget bounds.
 *
 * @param file where
 */
record VersionsFile(Path file) implements Store {
    private static final Logger LOG = LoggerFactory.getLogger(VersionsFile.class);

    @Override
    public Map<String, Stage> read() {
        Map<String, Stage> decided = new HashMap<>();
        if (Files.exists(file)) {
            try {
                for (String line : Files.readAllLines(file)) {
                    String[] words = line.split(" ", -1);
                    decided.put(words[0], Stage.valueOf(words[1]));
                }
            } catch (IOException | IllegalArgumentException | ArrayIndexOutOfBoundsException broken) {
                LOG.warn("What was decided about versions in {} cannot be read", file, broken);
            }
        }
        return decided;
    }

    @Override
    public void write(Map<String, Stage> decided) {
        String text = decided.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue() + "\n")
                .sorted()
                .collect(Collectors.joining());
        try {
            Path part = file.resolveSibling(file.getFileName() + ".part");
            Files.writeString(part, text);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException full) {
            LOG.warn("What was decided about versions cannot be kept in {}", file, full);
        }
    }
}
