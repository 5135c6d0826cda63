// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbridge.api.configuration.ConfigurationCheck;
import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.directory.AccessPolicyStatus;
import io.drawbridge.api.directory.DomainStatus;
import io.drawbridge.api.directory.DomainStatus.DomainList;
import io.drawbridge.api.directory.PolicyDirectory;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.console.internal.change.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.Test;
import org.osgi.service.cm.ConfigurationAdmin;

final class DomainsCommandTest {
    private static final String FABRIKAM = "io.drawbridge.federation.allowed~fabrikam.example";

    private final StoredConfiguration stored = new StoredConfiguration();
    private final Typed shell =
            new Typed().with(ConfigurationAdmin.class, stored.admin()).with(PolicyDirectory.class, new StoredDomains());

    @Test
    void allowingADomainMakesAnInstanceNamedAfterIt() throws Exception {
        assertThat(shell.run(new DomainsCommand(), "allow", "Fabrikam.Example", "--proxy", "sip.fabrikam.example"))
                .isEqualTo("fabrikam.example is allowed.\nConfigured in " + FABRIKAM + "\n");
        assertThat(stored.byPid)
                .containsExactly(
                        Map.entry(FABRIKAM, Map.of("domain", "fabrikam.example", "proxyFqdn", "sip.fabrikam.example")));
    }

    @Test
    void allowingItAgainChangesOnlyWhatIsGiven() throws Exception {
        stored.byPid.put(FABRIKAM, Map.of("domain", "fabrikam.example", "comment", "old", "pins", "ab"));
        shell.run(new DomainsCommand(), "allow", "fabrikam.example", "--comment=new");
        assertThat(stored.byPid.get(FABRIKAM))
                .isEqualTo(Map.of("domain", "fabrikam.example", "comment", "new", "pins", "ab"));
    }

    @Test
    void aRefusalNamesPidKeyValueRuleAndRemedyAndChangesNothing() {
        ConfigurationCheck never =
                changes -> List.of(new InvalidSetting(FABRIKAM, "domain", "fabrikam.example", "is blocked already"));
        shell.with(ConfigurationCheck.class, never);
        assertThatThrownBy(() -> shell.run(new DomainsCommand(), "allow", "fabrikam.example"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("PID:   " + FABRIKAM)
                .hasMessageContaining("Key:   domain")
                .hasMessageContaining("Value: fabrikam.example")
                .hasMessageContaining("Rule:  is blocked already")
                .hasMessageContaining("Remedy: ");
        assertThat(stored.byPid).isEmpty();
    }

    @Test
    void aProgramIsToldOfARefusalInJsonWithoutColours() {
        ConfigurationCheck never =
                changes -> List.of(new InvalidSetting(FABRIKAM, "domain", "fabrikam.example", "is blocked already"));
        shell.with(ConfigurationCheck.class, never);
        assertThatThrownBy(() -> shell.run(new DomainsCommand(), "allow", "fabrikam.example", "--json"))
                .isInstanceOfSatisfying(CommandException.class, refusal -> assertThat(refusal.getNiceHelp())
                        .isEqualTo("{\"error\":\"refused\",\"stored\":false,\"problems\":[{\"pid\":\"" + FABRIKAM
                                + "\",\"key\":\"domain\",\"value\":\"fabrikam.example\","
                                + "\"rule\":\"is blocked already\"}]}"));
        assertThatThrownBy(() -> shell.run(new DomainsCommand(), "remove", "--json"))
                .isInstanceOfSatisfying(CommandException.class, wrong -> assertThat(wrong.getNiceHelp())
                        .isEqualTo("{\"error\":\"it reads: drawbridge:domains remove DOMAIN\"}"));
    }

    @Test
    void removingADomainDeletesItsInstance() throws Exception {
        stored.byPid.put(FABRIKAM, Map.of("domain", "fabrikam.example"));
        assertThat(shell.run(new DomainsCommand(), "remove", "fabrikam.example"))
                .isEqualTo("fabrikam.example is on no list any more.\n");
        assertThat(stored.byPid).isEmpty();
    }

    @Test
    void removingADomainLeavesThoseThatShareItsInstance() throws Exception {
        stored.byPid.put(FABRIKAM, Map.of("domain", new String[] {"a.example", "fabrikam.example", "b.example"}));
        shell.run(new DomainsCommand(), "remove", "fabrikam.example");
        assertThat(stored.byPid.get(FABRIKAM)).isEqualTo(Map.of("domain", "a.example, b.example"));
    }

    @Test
    void withoutPolicyTheListSaysWhatIsNotRunning() {
        assertThatThrownBy(() -> new Typed().run(new DomainsCommand()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("Policy (drawbridge-core) is not running");
    }

    @Test
    void aWrongLineIsExplained() {
        assertThatThrownBy(() -> shell.run(new DomainsCommand(), "allow"))
                .hasMessage("it reads: drawbridge:domains allow DOMAIN");
        assertThatThrownBy(() -> shell.run(new DomainsCommand(), "allow", "not a domain"))
                .hasMessageContaining("is not a label of a domain name");
        assertThatThrownBy(() -> shell.run(new DomainsCommand(), "allow", "a.example", "--proxi", "x"))
                .hasMessageContaining("unknown option --proxi");
        assertThatThrownBy(() -> shell.run(new DomainsCommand(), "allow", "a.example", "--proxy"))
                .hasMessage("the option --proxy needs a value");
        assertThatThrownBy(() -> shell.run(new DomainsCommand(), "permit", "a.example"))
                .hasMessageContaining("no action 'permit'");
        assertThat(stored.byPid).isEmpty();
    }

    @Test
    void aTrailingJsonOptionIsAsGoodAsALeadingOne() throws Exception {
        stored.byPid.put(FABRIKAM, Map.of("domain", "fabrikam.example"));
        assertThat(shell.run(new DomainsCommand(), "list", "--json"))
                .startsWith("[{\"domain\":\"fabrikam.example\",\"list\":\"ALLOWED\"");
    }

    /** Policy that takes every stored configuration as it is. */
    private final class StoredDomains implements PolicyDirectory {
        @Override
        public List<DomainStatus> domains() {
            List<DomainStatus> domains = new ArrayList<>();
            stored.byPid.forEach((pid, properties) -> Words.of(properties.get("domain"))
                    .forEach(domain ->
                            domains.add(new DomainStatus(DomainName.of(domain), DomainList.ALLOWED, "", "", pid))));
            return domains;
        }

        @Override
        public List<AccessPolicyStatus> accessPolicies() {
            return List.of();
        }
    }
}
