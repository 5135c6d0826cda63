// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbridge.api.audit.AuditEntry;
import io.drawbridge.api.audit.AuditTrail;
import io.drawbridge.api.directory.ProviderAccountStatus;
import io.drawbridge.api.directory.ProviderDirectory;
import io.drawbridge.api.directory.ProviderStatus;
import io.drawbridge.api.directory.ProviderStatus.State;
import io.drawbridge.api.directory.ProviderTrial;
import io.drawbridge.api.directory.ProviderTrials;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.provider.AccountStatus;
import io.drawbridge.api.provider.ProviderDescription;
import io.drawbridge.api.provider.Setting;
import java.time.Instant;
import java.util.ArrayList;
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
            ProviderStatus serving = new ProviderStatus(
                    "parrot",
                    "Parrot net",
                    state,
                    "1.2.0",
                    Set.of(DomainName.of("parrot.example")),
                    0,
                    1,
                    "a call threw (connect, account al)",
                    Optional.of(plugin));
            ProviderStatus waiting = new ProviderStatus(
                    "vendor.bundle", "vendor.bundle", State.WAITING, "1.3.0", Set.of(), 0, 0, "", Optional.of(plugin));
            return List.of(serving, waiting);
        }

        @Override
        public List<ProviderAccountStatus> accounts() {
            return List.of(new ProviderAccountStatus(
                    "parrot",
                    "al",
                    "io.drawbridge.provider.account~al",
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
                .contains(
                        "Account setting .password: ",
                        "etc/io.drawbridge.provider-parrot.cfg",
                        "Its password. It is one line of text. Required.",
                        "1.2.0");
    }

    @Test
    void aPluginThatWaitsIsShownWithTheCommandThatHasItServe() throws Exception {
        assertThat(shell.run(new ProvidersCommand()).replaceAll("\\s+", " "))
                .contains("vendor.bundle", "waiting", "drawbridge:providers swap parrot");
        assertThat(shell.run(new ProvidersCommand(), "explain", "vendor.bundle").replaceAll("\\s+", " "))
                .contains("Waits: it waits until the plug-in that is parrot now is removed");
    }

    /** One version, which is on trial until somebody decides. */
    private static final class Pair implements ProviderTrials {
        private ProviderTrial.State state = ProviderTrial.State.ON_TRIAL;

        @Override
        public List<ProviderTrial> trials() {
            Instant began = Instant.parse("2026-05-04T10:00:00Z");
            return List.of(new ProviderTrial(
                    "parrot", "1.3.0", state, 10, began, began.plusSeconds(3600), 250, 2, "ended by hand"));
        }

        @Override
        public Optional<String> promote(String provider) {
            return Optional.empty();
        }

        @Override
        public Optional<String> takeBack(String provider) {
            state = ProviderTrial.State.TAKEN_BACK;
            return Optional.of("1.3.0");
        }
    }

    @Test
    void aVersionOnTrialIsExplainedAndTakenBackByHandWhichIsAudited() throws Exception {
        List<String> audited = new ArrayList<>();
        shell.with(ProviderTrials.class, new Pair()).with(AuditTrail.class, new AuditTrail() {
            @Override
            public void record(String action, String subject, List<AuditEntry.Change> changes) {
                audited.add(action + " " + subject + " " + changes.get(0).after());
            }

            @Override
            public List<AuditEntry> last(int limit) {
                return List.of();
            }
        });
        assertThat(shell.run(new ProvidersCommand(), "explain", "parrot").replaceAll("\\s+", " "))
                .contains("Version 1.3.0: on trial for 10 % of the users", "2 errors in 250 messages");
        assertThat(shell.run(new ProvidersCommand(), "take-back", "parrot"))
                .isEqualTo("parrot: version 1.3.0 is taken back; the old one serves everybody.\n");
        assertThat(audited).containsExactly("provider version taken back parrot 1.3.0");
        assertThat(shell.run(new ProvidersCommand(), "explain", "parrot")).contains("ended by hand");
        assertThatThrownBy(() -> shell.run(new ProvidersCommand(), "promote", "parrot"))
                .isInstanceOf(CommandException.class)
                .hasMessage("no version of parrot waits, is on trial or taken back");
        assertThat(audited).hasSize(1);
    }

    @Test
    void aProviderThatIsNotThereIsSaidToBeSo() {
        for (String action : List.of("explain", "swap", "promote", "take-back")) {
            assertThatThrownBy(() -> shell.run(new ProvidersCommand(), action, "nosuch"))
                    .as(action)
                    .hasMessage("there is no provider nosuch; see drawbridge:providers");
        }
    }

    @Test
    void accountsShowHowTheyStand() throws Exception {
        assertThat(shell.run(new AccountsCommand())).contains("al", "bad credentials", "wrong password");
    }
}
