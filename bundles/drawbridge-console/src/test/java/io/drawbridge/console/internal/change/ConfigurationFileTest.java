// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.apache.felix.utils.properties.ConfigurationHandler;
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
    void aChangeLeavesCommentsOrderAndRights() throws IOException {
        Path file = etc.resolve("io.drawbridge.edge.cfg");
        Files.writeString(file, "# ours\nsipDomains = contoso.example\n\n# gone soon\nnextHop = a.example\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        ConfigurationFile.change(
                file.toUri().toString(),
                Map.of("sipDomains", "contoso.example, fabrikam.example", "service.pid", "io.drawbridge.edge"));
        assertThat(file).content().startsWith("# ours\nsipDomains = contoso.example, fabrikam.example\n");
        assertThat(file).content().doesNotContain("nextHop", "service.pid");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
    }

    @Test
    void aTypedFileStaysOne() throws IOException {
        Path file = etc.resolve("io.drawbridge.edge.config");
        Files.writeString(file, "sipDomains=[\"a.example\",\"b.example\"]\nport=I\"5061\"\n");
        ConfigurationFile.change(
                file.toUri().toString(), Map.of("sipDomains", new String[] {"c.example"}, "port", 5062));
        try (InputStream input = Files.newInputStream(file)) {
            assertThat(ConfigurationHandler.read(input).get("port")).isEqualTo(5062);
        }
    }

    @Test
    void whatCannotBeWrittenStaysAsItWas() throws IOException {
        Path file = etc.resolve("io.drawbridge.edge.cfg");
        Files.writeString(file, "nextHop = a.example\n");
        assertThatThrownBy(() -> ConfigurationFile.change(file.toUri().toString(), Map.of("nextHop", "${user.home}")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(file).hasContent("nextHop = a.example\n");
        try (var files = Files.list(etc)) {
            assertThat(files).containsExactly(file);
        }
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
