// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.karaf.jaas.modules.BackingEngine;
import org.apache.karaf.jaas.modules.properties.PropertiesBackingEngineFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the container's engine, without its hashing, which needs the container. */
final class FirstAdministratorTest {
    private static final String ROLES = "admin,manager,viewer,systembundles,ssh";

    @TempDir
    private Path etc;

    private final StringBuilder output = new StringBuilder();
    private Path users;

    @BeforeEach
    void locate() {
        users = etc.resolve("users.properties");
    }

    @Test
    void theGeneratedPasswordIsShownOnce() throws IOException {
        make(Map.of());
        String password = output.toString().replaceFirst("(?s).*password (\\w+) \\(shown once\\)\n", "$1");
        assertThat(password).hasSize(20);
        assertThat(users).content().contains("admin = " + password + "," + ROLES);
    }

    @Test
    void aPasswordFromTheEnvironmentIsNotShown() throws IOException {
        make(Map.of("DRAWBRIDGE_ADMIN", "erin", "DRAWBRIDGE_ADMIN_PASSWORD", "abc"));
        assertThat(output).isEmpty();
        assertThat(users).content().contains("erin = abc," + ROLES);
    }

    @Test
    void thePasswordIsHashedAsConfiguredAlsoBeforeTheRealmKnows() {
        assertThat(FirstAdministrator.hashing(
                        Map.of("users", "file", "encryption.enabled", "false"),
                        Map.of("encryption.enabled", true, "encryption.algorithm", "bcrypt", "service.pid", "x")))
                .isEqualTo(Map.of("users", "file", "encryption.enabled", "true", "encryption.algorithm", "bcrypt"));
    }

    @Test
    void nobodyIsAddedWhereSomebodyIs() throws IOException {
        Files.writeString(users, "# comment\nerin = secret,admin\n");
        make(Map.of());
        assertThat(users).hasContent("# comment\nerin = secret,admin\n");
        assertThat(output).isEmpty();
    }

    @Test
    void aGroupAloneIsNobodyAndALastLineWithoutALineFeedIsNotSpoilt() throws IOException {
        Files.writeString(users, "# comment\n_g_\\:viewers = group,viewer");
        make(Map.of("DRAWBRIDGE_ADMIN_PASSWORD", "abc"));
        assertThat(users).content().contains("viewers = group,viewer\n").contains("\nadmin = abc," + ROLES);
    }

    @Test
    void aNameThatWouldBreakTheFileIsRefused() throws IOException {
        make(Map.of("DRAWBRIDGE_ADMIN", "a=b"));
        assertThat(users).doesNotExist();
        assertThat(output).contains("DRAWBRIDGE_ADMIN takes");
    }

    private void make(Map<String, String> environment) throws IOException {
        BackingEngine engine = new PropertiesBackingEngineFactory()
                .build(Map.of("users", users.toString(), "encryption.enabled", "false"));
        FirstAdministrator.make(engine, environment, output);
    }
}
