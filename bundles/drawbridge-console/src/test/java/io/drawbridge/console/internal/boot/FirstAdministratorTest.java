// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FirstAdministratorTest {
    @TempDir
    private Path etc;

    private final StringBuilder output = new StringBuilder();
    private Path users;

    @BeforeEach
    void locate() {
        users = etc.resolve("users.properties");
    }

    @Test
    void theGeneratedPasswordIsShownOnceAndKeptOnlyAsADigest() throws IOException {
        make(Map.of());
        String password = output.toString().replaceFirst("(?s).*password (\\w+) \\(shown once\\)\n", "$1");
        assertThat(password).hasSize(20);
        assertThat(users).content().contains("admin = {CRYPT}").doesNotContain(password);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(users)))
                .isEqualTo("rw-------");
    }

    @Test
    void aPasswordFromTheEnvironmentIsNotShown() throws IOException {
        make(Map.of("DRAWBRIDGE_ADMIN", "erin", "DRAWBRIDGE_ADMIN_PASSWORD", "abc"));
        assertThat(output).isEmpty();
        // SHA-256 of "abc": FIPS 180-2, appendix B.1
        assertThat(users)
                .content()
                .contains("erin = {CRYPT}ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad{CRYPT}");
    }

    @Test
    void nobodyIsAddedWhereSomebodyIs() throws IOException {
        Files.writeString(users, "# comment\nerin = secret,admin\n");
        make(Map.of());
        assertThat(users).hasContent("# comment\nerin = secret,admin\n");
        assertThat(output).isEmpty();
    }

    @Test
    void aGroupAloneIsNobody() throws IOException {
        Files.writeString(users, "_g_\\:viewers = group,viewer\n");
        make(Map.of());
        assertThat(users).content().contains("_g_\\:viewers = group,viewer\nadmin = ");
    }

    @Test
    void aNameThatWouldBreakTheFileIsRefused() throws IOException {
        make(Map.of("DRAWBRIDGE_ADMIN", "a=b"));
        assertThat(users).doesNotExist();
        assertThat(output).contains("DRAWBRIDGE_ADMIN takes");
    }

    private void make(Map<String, String> environment) throws IOException {
        FirstAdministrator.make(new AdministratorFile(users), environment, output);
    }
}
