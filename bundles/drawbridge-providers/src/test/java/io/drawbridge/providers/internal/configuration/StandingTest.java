// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.provider.AccountScope;
import io.drawbridge.api.provider.ProviderDescription;
import io.drawbridge.api.provider.Setting;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What follows from what is written about providers and accounts. */
final class StandingTest {
    private static final String PROVIDER = "io.drawbridge.provider~parrot";
    private static final String ACCOUNT = "io.drawbridge.provider.account~al";

    private Standing standing = Standing.NOTHING;

    private void write(String pid, Map<String, Object> values) {
        standing = standing.with(Map.of(pid, Optional.of(new HashMap<>(values))));
    }

    private void plug(ProviderDescription.Builder plugin) {
        standing = standing.knowing(new Declared(plugin.build(), Optional.empty()));
    }

    private static ProviderDescription.Builder parrot() {
        return ProviderDescription.of("parrot", "Parrot net")
                .domains("parrot.example")
                .settings(Setting.optional("delay", Setting.Type.NUMBER, "5", "How long."))
                .accountSettings(Setting.required(".password", Setting.Type.SECRET, "Its password."));
    }

    private ProviderSettings provider() {
        return standing.providers().get(0);
    }

    private List<String> problems() {
        return standing.problems().stream().map(InvalidSetting::getMessage).toList();
    }

    @Test
    void whatIsNotWrittenHasItsFallback() {
        plug(parrot());
        write(PROVIDER, Map.of("enabled", "true"));
        assertThat(provider().domains()).containsExactly(DomainName.of("parrot.example"));
        assertThat(provider().own()).isEqualTo(Map.of("delay", "5"));
        assertThat(provider().threads()).isEqualTo(2);
        assertThat(provider().canary()).isEqualTo(new ProviderSettings.Canary(0, 5, Duration.ofHours(1)));
        assertThat(problems()).isEmpty();
    }

    @Test
    void beforeItsPluginIsThereTheKeysOfAProviderAreKeptAsWrittenAndCheckedWhenItComes() {
        write(PROVIDER, Map.of("enabled", "true", "delay", "long"));
        assertThat(problems()).isEmpty();
        assertThat(provider().own()).containsEntry("delay", "long");
        plug(parrot());
        assertThat(problems()).containsExactly(PROVIDER + ": delay=long: is a whole number");
    }

    @Test
    void theLastGoodSettingsStayUntilTheNewOnesAreGoodOrGone() {
        plug(parrot());
        write(PROVIDER, Map.of("enabled", "true", "threads", "4"));
        write(PROVIDER, Map.of("enabled", "true", "threads", "99"));
        assertThat(provider().threads()).isEqualTo(4);
        assertThat(problems()).hasSize(1);
        standing = standing.with(Map.of(PROVIDER, Optional.empty()));
        assertThat(standing.providers()).isEmpty();
        assertThat(problems()).isEmpty();
    }

    @Test
    void anInstanceWhoseNameIsNoIdentifierIsRefused() {
        write("io.drawbridge.provider~Parrot Net", Map.of());
        assertThat(standing.providers()).isEmpty();
        assertThat(problems()).singleElement().asString().contains("service.pid=Parrot Net");
    }

    @Test
    void aPluginWithoutDomainsNeedsThemWritten() {
        plug(ProviderDescription.of("parrot", "Parrot net"));
        write(PROVIDER, Map.of("enabled", "true"));
        assertThat(problems()).containsExactly(PROVIDER + ": domains: is required, since the plug-in names none");
        write(PROVIDER, Map.of("enabled", "true", "domains", "a.example, b.example"));
        assertThat(provider().domains()).hasSize(2);
    }

    @Test
    void aSecretIsNeverShownInAProblem() {
        plug(parrot());
        write(ACCOUNT, Map.of("provider", "parrot", "user", "alice@contoso.example", ".password", "line\nfeed"));
        assertThat(problems()).containsExactly(ACCOUNT + ": .password=***: is one line of text");
    }

    @Test
    void oneUserHasOneAccountWithAProvider() {
        plug(parrot());
        Map<String, Object> account =
                Map.of("provider", "parrot", "user", "alice@contoso.example", ".password", "secret");
        write(ACCOUNT, account);
        write("io.drawbridge.provider.account~zoe", account);
        assertThat(standing.accounts("parrot")).extracting(AccountEntry::name).containsExactly("al");
        assertThat(problems())
                .singleElement()
                .asString()
                .contains("has another account with the same provider already");
    }

    @Test
    void anAccountForAllNeedsNoWordIfNothingOfItIsRequired() {
        plug(ProviderDescription.of("parrot", "Parrot net")
                .domains("parrot.example")
                .accounts(AccountScope.SHARED)
                .accountSettings(Setting.optional("nick", Setting.Type.TEXT, "polly", "Its name.")));
        write(PROVIDER, Map.of("enabled", "true"));
        assertThat(standing.accounts("parrot")).singleElement().satisfies(account -> assertThat(account.own())
                .isEqualTo(Map.of("nick", "polly")));
        write(ACCOUNT, Map.of("provider", "parrot", "nick", "jack"));
        assertThat(standing.accounts("parrot")).singleElement().satisfies(account -> assertThat(account.own())
                .isEqualTo(Map.of("nick", "jack")));
        write(ACCOUNT, Map.of("provider", "parrot", "user", "alice@contoso.example"));
        assertThat(problems()).singleElement().asString().contains("an account of this network serves all");
    }

    @Test
    void whatIsShownOfAnAccountHoldsNoSecret() {
        plug(parrot());
        write(ACCOUNT, Map.of("provider", "parrot", "user", "alice@contoso.example", ".password", "secret"));
        assertThat(standing.accounts("parrot").get(0)).hasToString("parrot/al");
    }
}
