// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.apache.felix.utils.properties.TypedProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigurationFileTest {
    @TempDir
    private Path etc;

    @Test
    void whatIsWrittenIsReadTheSameByTheClassThatFileInstallReadsWith() throws IOException {
        Map<String, Object> values = Map.of(
                "domain",
                "my-partner.example",
                "comment",
                "a=b: c\\d é # \"x\" \n, end",
                ".ha1Md5",
                "00ff",
                "empty",
                "");
        String known = ConfigurationFile.write(etc, "io.drawbridge.factory", "my-partner.example", values);
        Path file = etc.resolve("io.drawbridge.factory-my-partner.example.cfg");
        assertThat(known).isEqualTo(file.toUri().toString());
        TypedProperties read = new TypedProperties();
        read.load(file.toFile());
        assertThat(read).containsAllEntriesOf(values).hasSameSizeAs(values);
    }

    @Test
    void onlyItsOwnerMayReadIt() throws IOException {
        ConfigurationFile.write(etc, "io.drawbridge.home.user", "a@b.example", Map.of(".ha1Md5", "00ff"));
        Path file = etc.resolve("io.drawbridge.home.user-a@b.example.cfg");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(etc)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void whatAFileWouldReplaceIsRefused() {
        assertThatThrownBy(() -> ConfigurationFile.write(etc, "f", "n", Map.of("comment", "${user.home}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("comment cannot hold ${");
    }
}
