// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbridge.api.home.HomeUser;
import io.drawbridge.api.home.HomeUsers;
import io.drawbridge.api.model.Address;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.service.cm.ConfigurationAdmin;

final class UsersCommandTest {
    private static final String ALICE = "io.drawbridge.home.user~alice@contoso.example";

    private final StoredConfiguration stored = new StoredConfiguration();
    private final Typed shell =
            new Typed().with(ConfigurationAdmin.class, stored.admin()).with(HomeUsers.class, new StoredUsers());

    @Test
    void whatTheHomeMakesOfThePasswordIsStoredAndThePasswordIsNot() throws Exception {
        assertThat(shell.run(new UsersCommand(), "add", "Alice@contoso.example", "--password", "secret"))
                .isEqualTo("alice@contoso.example may register.\nConfigured in " + ALICE + "\n");
        assertThat(stored.byPid)
                .containsExactly(
                        Map.entry(ALICE, Map.of("address", "alice@contoso.example", ".proof", "6 characters")));
    }

    @Test
    void aUserIsAddedOnceAndThenGetsPasswords() throws Exception {
        shell.run(new UsersCommand(), "add", "alice@contoso.example", "--password", "first", "--name", "Alice");
        assertThatThrownBy(() -> shell.run(new UsersCommand(), "add", "alice@contoso.example", "--password", "second"))
                .hasMessageContaining("exists");
        shell.run(new UsersCommand(), "password", "alice@contoso.example", "--password", "second");
        assertThat(stored.byPid.get(ALICE))
                .containsEntry("displayName", "Alice")
                .containsEntry(".proof", "6 characters");
    }

    @Test
    void aUserIsFoundWhateverTheConfigurationIsCalled() throws Exception {
        stored.byPid.put("io.drawbridge.home.user~first", Map.of("address", "alice@contoso.example"));
        shell.run(new UsersCommand(), "remove", "alice@contoso.example");
        assertThat(stored.byPid).isEmpty();
        assertThatThrownBy(() -> shell.run(new UsersCommand(), "remove", "alice@contoso.example"))
                .hasMessage("there is no user alice@contoso.example");
    }

    @Test
    void whereNobodyCanBeAskedThePasswordMustBeGiven() {
        assertThatThrownBy(() -> shell.run(new UsersCommand(), "add", "alice@contoso.example"))
                .hasMessage("without a terminal nobody can be asked; give --password");
        assertThat(stored.byPid).isEmpty();
    }

    /** A home that takes every stored user as he is. */
    private final class StoredUsers implements HomeUsers {
        @Override
        public List<HomeUser> users() {
            return stored.byPid.entrySet().stream()
                    .map(user -> new HomeUser(
                            Address.of(user.getValue().get("address").toString()),
                            "",
                            List.of(),
                            false,
                            List.of(),
                            user.getKey()))
                    .toList();
        }

        @Override
        public Map<String, String> credentials(Address address, char[] password) {
            return Map.of(".proof", password.length + " characters");
        }
    }
}
