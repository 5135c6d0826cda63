// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import io.drawbridge.api.provider.AccountSettings;
import io.drawbridge.api.provider.Capability;
import io.drawbridge.api.provider.ProviderDescription;
import io.drawbridge.api.provider.Setting;
import io.drawbridge.api.provider.SettingRefused;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What can be wrong with a provider before it has an account. */
final class ProviderFaults {
    private static final AtomicInteger LONGER = new AtomicInteger(400);

    private ProviderFaults() {}

    /** Blocks for so long unless interrupted. */
    static void block(long millis) {
        try {
            new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    static ProviderDescription slowDescription() {
        block(1500);
        return LineProvider.described().build();
    }

    static ProviderDescription newDescription() {
        return LineProvider.described().longestMessage(LONGER.incrementAndGet()).build();
    }

    static ProviderDescription unexplainedSetting() {
        return LineProvider.described()
                .settings(Setting.optional("colour", Setting.Type.TEXT, "blue", " "))
                .build();
    }

    static ProviderDescription shippedPassword() {
        return LineProvider.described()
                .accountSettings(new Setting(
                        LineProvider.PASSWORD, Setting.Type.SECRET, Optional.of("changeit"), "The user's password."))
                .build();
    }

    static ProviderDescription declaresTooMuch() {
        return LineProvider.described().capable(Capability.CONTACTS).build();
    }

    static ProviderDescription declaresTooLittle() {
        ProviderDescription sound = LineProvider.described().build();
        return ProviderDescription.of(sound.id(), sound.name())
                .domains(LineProvider.DOMAIN)
                .capable(Capability.PRESENCE)
                .settings(sound.settings().toArray(Setting[]::new))
                .accountSettings(sound.accountSettings().toArray(Setting[]::new))
                .build();
    }

    static void startThread() {
        Thread thread = new Thread(() -> block(1500), "early-bird");
        thread.setDaemon(true);
        thread.start();
    }

    private static String seconds(AccountSettings settings) {
        return settings.provider().get(LineProvider.KEEP_ALIVE);
    }

    static void divideByNumber(AccountSettings settings) {
        if (1000 / Integer.parseInt(seconds(settings)) > 1000) {
            throw new IllegalStateException("a thousandth of a second is not that long");
        }
    }

    static void refuseUndeclaredKey(AccountSettings settings) throws SettingRefused {
        if (Integer.parseInt(seconds(settings)) < 1) {
            throw new SettingRefused("keepalive", "is positive");
        }
    }

    static void repeatRefusedValue(AccountSettings settings) throws SettingRefused {
        if (Integer.parseInt(seconds(settings)) > 3600) {
            throw new SettingRefused(LineProvider.KEEP_ALIVE, seconds(settings) + " is too much");
        }
    }
}
