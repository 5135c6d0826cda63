// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbridge.api.directory.ProviderAccountStatus;
import io.drawbridge.api.directory.ProviderDirectory;
import io.drawbridge.api.directory.ProviderStatus;
import io.drawbridge.api.directory.ProviderStatus.State;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.provider.AccountStatus;
import io.drawbridge.api.provider.ProviderDescription;
import io.drawbridge.api.provider.Setting;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.Test;
import org.osgi.service.cm.ConfigurationAdmin;

final class ProvidersCommandTest {
    private static final String PID = "io.drawbridge.provider~parrot";

    private final StoredConfiguration stored = new StoredConfiguration();
    private final Typed shell =
            new Typed().with(ConfigurationAdmin.class, stored.admin()).with(ProviderDirectory.class, new Parrot());

    /** One provider, enabled as it is stored. */
    private final class Parrot implements ProviderDirectory {
        @Override
        public List<ProviderStatus> providers() {
            Object enabled = stored.byPid.getOrDefault(PID, Map.of()).get("enabled");
            State state =
                    enabled == null ? State.UNCONFIGURED : enabled.equals("true") ? State.RUNNING : State.DISABLED;
            ProviderDescription plugin = ProviderDescription.of("parrot", "Parrot net")
                    .accountSettings(Setting.required(".password", Setting.Type.SECRET, "Its password."))
                    .build();
            return List.of(new ProviderStatus(
                    "parrot",
                    "Parrot net",
                    state,
                    "1.2.0",
                    Set.of(DomainName.of("parrot.example")),
                    0,
                    1,
                    "a call threw (connect, account al)",
                    Optional.of(plugin)));
        }

        @Override
        public List<ProviderAccountStatus> accounts() {
            return List.of(new ProviderAccountStatus(
                    "parrot",
                    "al",
                    Optional.empty(),
                    Optional.of(AccountStatus.BAD_CREDENTIALS),
                    "wrong password",
                    Instant.EPOCH,
                    Optional.empty(),
                    0));
        }
    }

    @Test
    void enablingStoresTheConfigurationAndTellsThatItActs() throws Exception {
        assertThat(shell.run(new ProvidersCommand(), "enable", "parrot"))
                .isEqualTo("parrot is enabled.\nConfigured in " + PID + "\n");
        assertThat(stored.byPid.get(PID)).isEqualTo(Map.of("enabled", "true"));
        assertThat(shell.run(new ProvidersCommand(), "disable", "parrot")).startsWith("parrot is disabled.");
    }

    @Test
    void aPluginThatIsNotInstalledCannotBeEnabled() {
        assertThatThrownBy(() -> shell.run(new ProvidersCommand(), "enable", "pigeon"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("no plug-in pigeon is installed");
        assertThat(stored.byPid).isEmpty();
    }

    @Test
    void theListAndTheExplanationShowWhatIsWrongAndWhatIsNeeded() throws Exception {
        assertThat(shell.run(new ProvidersCommand())).contains("parrot", "unconfigured", "0/1", "a call threw");
        assertThat(shell.run(new ProvidersCommand(), "explain", "parrot"))
                .contains("Account setting .password: ", "Its password. Required.", "1.2.0");
    }

    @Test
    void accountsShowHowTheyStand() throws Exception {
        assertThat(shell.run(new AccountsCommand())).contains("al", "bad credentials", "wrong password");
    }
}
