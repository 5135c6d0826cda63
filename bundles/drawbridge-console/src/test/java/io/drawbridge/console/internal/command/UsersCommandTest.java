// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.service.cm.ConfigurationAdmin;

final class UsersCommandTest {
    private static final String ALICE = "io.drawbridge.home.user~alice@contoso.example";

    private final StoredConfiguration stored = new StoredConfiguration();
    private final Typed shell = new Typed().with(ConfigurationAdmin.class, stored.admin());

    @Test
    void onlyTheDigestsOfUserRealmAndPasswordAreStored() throws Exception {
        // RFC 7616 section 3.4.2: A1 = unq(username) ":" unq(realm) ":" passwd. Values by sha256sum and md5sum.
        assertThat(shell.run(new UsersCommand(), "add", "Alice@contoso.example", "--password", "secret"))
                .startsWith("alice@contoso.example may register.\n")
                .doesNotContain("secret");
        assertThat(stored.byPid)
                .containsExactly(Map.entry(
                        ALICE,
                        Map.of(
                                "address",
                                "alice@contoso.example",
                                ".ha1Sha256",
                                "a6c4975982c8c40acf379e97854dfe8a285ecbc9ec17429731c2a8fd909c344f",
                                ".ha1Md5",
                                "8d88f39e5db96c0418db9d1c5bcc7ce9")));
    }

    @Test
    void aUserIsAddedOnceAndThenGetsPasswords() throws Exception {
        shell.run(new UsersCommand(), "add", "alice@contoso.example", "--password", "first", "--name", "Alice");
        Object before = stored.byPid.get(ALICE).get(".ha1Sha256");
        assertThatThrownBy(() -> shell.run(new UsersCommand(), "add", "alice@contoso.example", "--password", "second"))
                .hasMessageContaining("exists");
        shell.run(new UsersCommand(), "password", "alice@contoso.example", "--password", "second");
        assertThat(stored.byPid.get(ALICE)).containsEntry("displayName", "Alice");
        assertThat(stored.byPid.get(ALICE).get(".ha1Sha256")).isNotEqualTo(before);
    }

    @Test
    void aRemovedUserIsGone() throws Exception {
        shell.run(new UsersCommand(), "add", "alice@contoso.example", "--password", "first");
        shell.run(new UsersCommand(), "remove", "alice@contoso.example");
        assertThat(stored.byPid).isEmpty();
        assertThatThrownBy(() -> shell.run(new UsersCommand(), "remove", "alice@contoso.example"))
                .hasMessage("there is no user alice@contoso.example");
    }
}
