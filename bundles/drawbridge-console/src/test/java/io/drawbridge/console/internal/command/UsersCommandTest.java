// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbridge.api.home.HomeUser;
import io.drawbridge.api.home.HomeUsers;
import io.drawbridge.api.home.Question;
import io.drawbridge.api.model.Address;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.service.cm.ConfigurationAdmin;

final class UsersCommandTest {
    private static final String ALICE = "io.drawbridge.home.user~alice@contoso.example";

    private final StoredConfiguration stored = new StoredConfiguration();
    private final List<Question> questions = new ArrayList<>();
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
    void aWatcherIsOnOneListOfAUserAndTheOthersStay() throws Exception {
        stored.byPid.put(ALICE, Map.of("address", "alice@contoso.example", "allow", new String[] {"litware.example"}));
        assertThat(shell.run(new UsersCommand(), "allow", "alice@contoso.example", "Eve@fabrikam.example"))
                .isEqualTo("eve@fabrikam.example may see alice@contoso.example.\n");
        assertThat(shell.run(new UsersCommand(), "block", "alice@contoso.example", "litware.example"))
                .isEqualTo("litware.example may not see alice@contoso.example.\n");
        assertThat(stored.byPid.get(ALICE))
                .containsEntry("allow", new String[] {"eve@fabrikam.example"})
                .containsEntry("block", new String[] {"litware.example"});
        assertThatThrownBy(() -> shell.run(new UsersCommand(), "allow", "alice@contoso.example"))
                .hasMessageContaining("WATCHER");
        assertThatThrownBy(() -> shell.run(new UsersCommand(), "block", "bob@contoso.example", "x.example"))
                .hasMessage("there is no user bob@contoso.example");
        assertThatThrownBy(() -> shell.run(new UsersCommand(), "block", "alice@contoso.example", "a,b@x.example"))
                .hasMessageContaining("comma");
    }

    @Test
    void whoWaitsForAWordOfAUserIsListed() throws Exception {
        stored.byPid.put(ALICE, Map.of("address", "alice@contoso.example"));
        assertThat(shell.run(new UsersCommand(), "questions")).isEqualTo("Nobody waits for a word of a user.\n");
        Address alice = Address.of("alice@contoso.example");
        questions.add(new Question(
                alice, Address.of("eve@fabrikam.example"), Question.Origin.VERIFIED, "Eve", Instant.EPOCH));
        assertThat(shell.run(new UsersCommand(), "questions")).contains("eve@fabrikam.example", "verified", "Eve");
        assertThat(shell.run(new UsersCommand(), "list")).containsPattern("(?s)QUESTIONS.* 1\\b");
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
                            listed(user.getValue(), "allow"),
                            listed(user.getValue(), "block"),
                            false,
                            List.of(),
                            questions,
                            user.getKey()))
                    .toList();
        }

        private static List<String> listed(Map<String, Object> user, String key) {
            return List.of((String[]) user.getOrDefault(key, new String[0]));
        }

        @Override
        public Map<String, String> credentials(Address address, char[] password) {
            return Map.of(".proof", password.length + " characters");
        }
    }
}
