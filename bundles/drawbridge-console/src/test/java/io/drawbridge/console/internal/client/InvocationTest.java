// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class InvocationTest {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "DRAWBRIDGE_ADMIN", "erika", "DRAWBRIDGE_ADMIN_PASSWORD", "s, e\\c", "DRAWBRIDGE_SHELL_PORT", "18101");

    @Test
    void theAdministratorLogsInWithThePasswordOfTheEnvironment() {
        Invocation invocation = Invocation.of(ENVIRONMENT, List.of("drawbridge:why", "a@x.example", "b@y.example"));

        assertThat(invocation.user()).isEqualTo("erika");
        assertThat(invocation.password()).contains("s, e\\c");
        assertThat(invocation.port()).isEqualTo(18101);
        assertThat(invocation.command()).isEqualTo("drawbridge:why a@x.example b@y.example");
        assertThat(invocation.toString()).doesNotContain("s, e");
    }

    @Test
    void anybodyElseIsAsked() {
        Invocation invocation = Invocation.of(ENVIRONMENT, List.of("-u", "erin", "drawbridge:status"));

        assertThat(invocation.user()).isEqualTo("erin");
        assertThat(invocation.password()).isEmpty();
        assertThat(invocation.command()).isEqualTo("drawbridge:status");
    }

    @Test
    void anArgumentStaysOneAndALineStaysAsItIs() {
        assertThat(command("drawbridge:domains", "allow", "x.example", "--comment", "Erika's \"$5\" partner"))
                .isEqualTo("drawbridge:domains allow x.example --comment \"Erika's \\\"\\$5\\\" partner\"");
        assertThat(command("drawbridge:trace", "--user", "")).isEqualTo("drawbridge:trace --user \"\"");
        assertThat(command("drawbridge:status; drawbridge:peers")).isEqualTo("drawbridge:status; drawbridge:peers");
    }

    private static String command(String... words) {
        return Invocation.of(Map.of(), List.of(words)).command();
    }

    @Test
    void withoutACommandThereIsAShellToTypeInto() {
        assertThat(Invocation.of(Map.of(), List.of())).satisfies(invocation -> {
            assertThat(invocation.user()).isEqualTo("admin");
            assertThat(invocation.command()).isEmpty();
            assertThat(invocation.columns()).isEmpty();
        });
    }

    @Test
    void onlyANumberIsAWidth() {
        assertThat(Invocation.of(Map.of("COLUMNS", "80"), List.of()).columns()).contains("80");
        assertThat(Invocation.of(Map.of("COLUMNS", "80; x"), List.of()).columns())
                .isEmpty();
    }
}
