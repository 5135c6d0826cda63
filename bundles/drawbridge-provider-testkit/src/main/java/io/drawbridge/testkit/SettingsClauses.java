// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import io.drawbridge.api.provider.NativeProvider;
import io.drawbridge.api.provider.ProviderDescription;
import io.drawbridge.api.provider.Setting;
import io.drawbridge.api.provider.SettingRefused;
import io.drawbridge.testkit.Journal.Callee;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a provider does with its settings. */
abstract class SettingsClauses extends StagedClauses {
    SettingsClauses(ProviderContract vendor) {
        super(vendor);
    }

    @Test
    @Clause(
            rule = "Settings of the declared type are taken, or refused by SettingRefused with a declared key",
            written = NativeProvider.class,
            remedy =
                    "check each value in open() and throw SettingRefused(key, rule); parse nothing that may throw else")
    void anyValueOfItsTypeIsTakenOrRefusedByItsKey() {
        eachRefusal((setting, value, refusal) -> Finding.unless(
                keys().contains(refusal.key()),
                "for %s=%s it refused the key '%s', which it does not declare",
                setting.key(),
                value,
                refusal.key()));
    }

    @Test
    @Clause(
            rule = "A refusal states the rule, without the value",
            written = SettingRefused.class,
            remedy =
                    "write what a valid value looks like; the administrator sees the value beside it unless it is a secret")
    void aRefusalStatesTheRuleAndNotTheValue() {
        eachRefusal((setting, value, refusal) -> {
            String rule = refusal.getMessage();
            Finding.unless(rule != null && !rule.isBlank(), "for %s=%s the rule is empty", setting.key(), value);
            Finding.unless(
                    value.length() < 4 || !rule.contains(value),
                    "for %s=%s the rule is '%s'",
                    setting.key(),
                    value,
                    rule);
        });
    }

    @Test
    @Clause(
            rule =
                    "open() makes an account ready and no more: no I/O, no thread, no word to the network or to Drawbridge",
            written = NativeProvider.class,
            remedy =
                    "begin in connect(): when that comes is decided by Drawbridge, so that no storm of log-ins ever happens")
    void openingStartsNothing() {
        Set<Thread> before = threads();
        stage().withoutLogIns().configured(Stage.ALICE);
        stage().await("open()", () -> !stage().plugged().opened().isEmpty());
        stage().linger(Duration.ofMillis(500));
        Finding.unless(
                stage().journal().calls(Callee.PLUGIN, "connect").isEmpty(),
                "connect() came without a log-in to spend");
        Finding.unless(
                stage().journal().toldAfter(0).findAny().isEmpty(),
                "it told Drawbridge something before connect(): %s",
                stage().journal()
                        .toldAfter(0)
                        .map(Journal.Call::method)
                        .distinct()
                        .toList());
        Set<Thread> after = new HashSet<>(threads());
        after.removeAll(before);
        Finding.unless(after.isEmpty(), "these threads run after open(): %s", names(after));
        stage().judge();
    }

    /** Takes a refused value. */
    @FunctionalInterface
    private interface Refused {
        void check(Setting setting, String value, SettingRefused refusal);
    }

    private List<Setting> settings() {
        ProviderDescription description = vendor().described();
        return Stream.concat(description.settings().stream(), description.accountSettings().stream())
                .toList();
    }

    private Set<String> keys() {
        return settings().stream().map(Setting::key).collect(Collectors.toSet());
    }

    private void eachRefusal(Refused check) {
        for (Setting setting : settings()) {
            for (String value : edges(setting.type())) {
                opened(setting, value, check);
            }
        }
    }

    /** Opens an account with the value, in a host of its own. */
    private void opened(Setting setting, String value, Refused check) {
        try (Stage alone = new Stage(vendor())) {
            alone.withoutLogIns().with(setting.key(), value).configured(Stage.ALICE);
            alone.await(
                    "open() with " + setting.key() + "=" + value,
                    () -> alone.journal().calls(Callee.PLUGIN, "open").stream().anyMatch(Journal.Call::hasEnded));
            Journal.Call open = alone.journal().calls(Callee.PLUGIN, "open").get(0);
            if (open.thrown() instanceof SettingRefused refusal) {
                check.check(setting, value, refusal);
            } else {
                Finding.unless(open.thrown() == null, "for %s=%s open() threw %s", setting.key(), value, open.thrown());
            }
            alone.judge();
        }
    }

    private static List<String> edges(Setting.Type type) {
        return switch (type) {
            case NUMBER -> List.of("-999999999", "-1", "0", "1", "999999999");
            case FLAG -> List.of("true", "false");
            case TEXT, SECRET -> List.of("x", "x".repeat(1024), "%s%n${x} #,;=\\\"'", "ümläut 漢字 😀", "@", "/");
            case SERVER -> List.of("server.invalid", "server.invalid:0", "server.invalid:99999", "[::1]:1", "...", "-");
        };
    }
}
