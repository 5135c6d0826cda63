// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ConfigurationReferenceTest {
    private static final Path REFERENCE = Path.of("../../docs/configuration.md");

    @Test
    void theReferenceSaysWhatTheBundlesDeclare() throws IOException {
        String now = ConfigurationReference.write();
        if ("write".equals(System.getProperty("reference"))) {
            Files.writeString(REFERENCE, now);
        }
        assertThat(Files.readString(REFERENCE))
                .as("docs/configuration.md is stale: mvn test -pl tools/reference -Dreference=write")
                .isEqualTo(now);
    }

    @Test
    void everySettingIsDescribed() throws IOException {
        assertThat(ConfigurationReference.write().lines().filter(line -> line.startsWith("| `")))
                .allSatisfy(row -> assertThat(row.split(" \\| ")).hasSizeGreaterThanOrEqualTo(4))
                .noneSatisfy(row -> assertThat(row).endsWith("|  |"));
    }
}
