// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal;

import io.drawbridge.providers.internal.host.Stage;
import io.drawbridge.providers.internal.host.Versions.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was decided about the versions of a plug-in, in a file with a line for each. What cannot be read is as if nothing had
 * been decided: then a new version is tried again, which its budget bounds.
 *
 * @param file where
 * @param scribe who writes it
 */
record VersionsFile(Path file, Scribe scribe) implements Store {
    private static final Logger LOG = LoggerFactory.getLogger(VersionsFile.class);

    @Override
    public Map<String, Stage> read() {
        Map<String, Stage> decided = new HashMap<>();
        try {
            for (String line :
                    scribe.read(file).map(text -> text.lines().toList()).orElseGet(List::of)) {
                String[] words = line.split(" ", -1);
                Version.parseVersion(words[0].substring(words[0].indexOf('/') + 1));
                decided.put(words[0], Stage.valueOf(words[1]));
            }
        } catch (IOException | IllegalArgumentException | ArrayIndexOutOfBoundsException broken) {
            LOG.warn("What was decided about versions in {} cannot be read", file, broken);
        }
        return decided;
    }

    @Override
    public void write(Map<String, Stage> decided) {
        scribe.write(
                file,
                decided.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue() + "\n")
                        .sorted()
                        .collect(Collectors.joining()));
    }
}
