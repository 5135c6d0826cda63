// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.provider.Account;
import io.drawbridge.api.provider.AccountContext;
import io.drawbridge.api.provider.AccountSettings;
import io.drawbridge.api.provider.AccountStatus;
import io.drawbridge.api.provider.EndOfLife;
import io.drawbridge.api.provider.NativeProvider;
import io.drawbridge.api.provider.Provider;
import io.drawbridge.api.provider.ProviderDescription;
import io.drawbridge.api.provider.Setting;
import java.net.URI;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Values that break a rule: named with PID, key and rule, and what was good goes on. */
final class RefusedSettingsTest {
    private static final String PROVIDER = "io.drawbridge.provider~parrot";
    private static final String ACCOUNT = "io.drawbridge.provider.account~al";

    private final Scene scene = new Scene();
    private final Vendor vendor = new Vendor();

    @AfterEach
    void close() {
        scene.close();
    }

    private static Map<String, Object> named(String nick) {
        return Map.of("provider", "parrot", "user", "alice@contoso.example", "nick", nick, ".password", "x");
    }

    @Test
    void aSettingThatOnlyThePluginRefusesIsNamedWithPidKeyValueAndRuleAndKeepsTheAccountClosed() {
        scene.enabled().configured(ACCOUNT, named("nobody")).plugged(vendor, "1.0");
        scene.await("the refusal", () -> scene.account("al").status().equals(Optional.of(AccountStatus.MISCONFIGURED)));
        scene.await("the problem", () -> !scene.host.problems().isEmpty());
        assertThat(scene.account("al").detail()).isEqualTo(ACCOUNT + ": nick=nobody: is not nobody");
        assertThat(scene.host.problems())
                .extracting(InvalidSetting::getMessage)
                .containsExactly(ACCOUNT + ": nick=nobody: is not nobody");
        assertThat(vendor.calls).isEmpty();
    }

    @Test
    void anAccountWithAMisspeltKeyIsShownWithPidKeyAndRuleAndNeverOpenedWithoutWhatIsRequired() {
        scene.enabled()
                .configured(
                        ACCOUNT,
                        Map.of(
                                "provider", "parrot",
                                "user", "alice@contoso.example",
                                "nick", "al",
                                ".pasword", "secret"))
                .plugged(vendor, "1.0");
        assertThat(scene.account("al").status()).contains(AccountStatus.MISCONFIGURED);
        assertThat(scene.account("al").user()).contains(Scene.ALICE);
        assertThat(scene.account("al").detail())
                .contains(ACCOUNT + ": .pasword=***: no such key", ACCOUNT + ": .password: is required")
                .doesNotContain("secret");
        assertThat(vendor.opened).isEmpty();

        scene.configured(ACCOUNT, named("al"));
        scene.await("the mended account", this::isOnline);
        assertThat(scene.directory.accounts()).hasSize(1);
    }

    @Test
    void credentialsThatTheNetworkRefusesBesideAMisspeltKeyAreShownAsMisconfigured() {
        vendor.onConnect = account -> account.context.status(AccountStatus.BAD_CREDENTIALS, "wrong password");
        vendor.description = Vendor.described()
                .accountSettings(
                        Setting.required("nick", Setting.Type.TEXT, "Its name."),
                        Setting.optional(".password", Setting.Type.SECRET, "", "Its password."))
                .build();
        scene.enabled()
                .configured(
                        ACCOUNT,
                        Map.of(
                                "provider", "parrot",
                                "user", "alice@contoso.example",
                                "nick", "al",
                                ".pasword", "secret"))
                .plugged(vendor, "1.0");
        scene.await("the refusal", () -> scene.account("al").status().equals(Optional.of(AccountStatus.MISCONFIGURED)));
        assertThat(scene.account("al").detail())
                .startsWith(ACCOUNT + ": .pasword=***: no such key")
                .endsWith("and the network refuses the credentials");
    }

    @Test
    void aDescriptionThatBreaksARuleOfTheContractIsRefusedWithTheRule() {
        Provider careless = new NativeProvider() {
            @Override
            public ProviderDescription description() {
                URI source = URI.create("javascript:alert(1)");
                return Vendor.described()
                        .endOfLife(new EndOfLife(LocalDate.of(2030, 1, 1), "It ends.", source))
                        .build();
            }

            @Override
            public Account open(AccountSettings settings, AccountContext context) {
                throw new AssertionError("it may not serve");
            }
        };
        scene.plugged(careless, "1.0");
        assertThat(scene.host.census().refused())
                .singleElement()
                .extracting(Plugins.Candidate::refusal)
                .isEqualTo("a call threw (description): the source of an end of life is an https address");
    }

    @Test
    void theLastSettingsThePluginTookStayInForceUntilTheNewOnesAreMended() {
        scene.enabled().configured(ACCOUNT, named("al")).online(vendor, "al");
        scene.configured(ACCOUNT, named("nobody"));
        scene.await("the refusal", () -> !scene.host.problems().isEmpty());
        scene.await("the account again", () -> vendor.opened.size() == 2 && isOnline());
        assertThat(vendor.last().settings.account()).containsEntry("nick", "al");
        assertThat(scene.outcome(scene.say("hello"))).isInstanceOf(DeliveryOutcome.Delivered.class);
        scene.configured(ACCOUNT, named("ally"));
        scene.await("the mended account", () -> vendor.opened.size() == 3 && isOnline());
        assertThat(scene.host.problems()).isEmpty();
        assertThat(vendor.last().settings.account()).containsEntry("nick", "ally");
    }

    private boolean isOnline() {
        return scene.account("al").status().equals(Optional.of(AccountStatus.ONLINE));
    }

    @Test
    void everythingThatIsWrongWithAProviderIsToldAtOnce() {
        scene.enabled().plugged(vendor, "1.0");
        scene.configured(
                PROVIDER,
                Map.of(
                        "enabled", "maybe",
                        "threads", "0",
                        "server", "no server",
                        "colour", "green"));
        assertThat(scene.host.problems())
                .extracting(InvalidSetting::key)
                .containsExactlyInAnyOrder("enabled", "threads", "server", "colour");
        assertThat(scene.provider("parrot").state().name()).isEqualTo("RUNNING");
    }

    @Test
    void everyDomainThatIsNoneIsNamedAndEveryRequiredKeyThatIsMissing() {
        scene.enabled().plugged(vendor, "1.0");
        scene.configured(PROVIDER, Map.of("enabled", "true", "domains", "a..b, ok.example, -c-"));
        scene.configured(ACCOUNT, Map.of("provider", "parrot"));
        assertThat(scene.host.problems())
                .extracting(InvalidSetting::key)
                .containsExactlyInAnyOrder("domains", "domains", "user", "nick", ".password");
    }
}
