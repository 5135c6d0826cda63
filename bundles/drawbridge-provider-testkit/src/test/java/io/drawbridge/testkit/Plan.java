// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import io.drawbridge.api.provider.Account;
import io.drawbridge.api.provider.AccountContext;
import io.drawbridge.api.provider.AccountSettings;
import io.drawbridge.api.provider.ProviderDescription;
import io.drawbridge.api.provider.SettingRefused;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * How a {@link LineProvider} behaves.
 *
 * @param made runs when one is made
 * @param description gives its description
 * @param check looks at settings before the sound checks do
 * @param account makes an account
 * @param manifest the manifest of its bundle
 * @param packed files of its bundle
 */
record Plan(
        Runnable made,
        Supplier<ProviderDescription> description,
        Check check,
        BiFunction<AccountSettings, AccountContext, Account> account,
        List<String> manifest,
        List<String> packed) {
    private static final ProviderDescription SOUND = LineProvider.described().build();
    private static final String MODEL = "io.drawbridge.api.model;version=\"[1.0,2)\"";
    private static final String RANGE = ";version=\"[1.0,2)\"";
    private static final String SERVICE =
            "Provide-Capability: osgi.service;objectClass:List<String>=\"io.drawbridge.api.provider.Provider\"";

    /** A look at settings. */
    @FunctionalInterface
    interface Check {
        void check(AccountSettings settings) throws SettingRefused;
    }

    static Plan sound() {
        return new Plan(
                () -> {},
                () -> SOUND,
                settings -> {},
                LineAccount::new,
                manifest(RANGE, ",javax.net.ssl,com.example.tidy;resolution:=optional", SERVICE),
                List.of());
    }

    private static List<String> manifest(String range, String more, String service) {
        return List.of(
                "Manifest-Version: 1.0",
                "Bundle-SymbolicName: line",
                "Import-Package: " + MODEL + ",io.drawbridge.api.provider" + range + more,
                service);
    }

    static Plan account(BiFunction<AccountSettings, AccountContext, Account> account) {
        Plan sound = sound();
        return new Plan(sound.made, sound.description, sound.check, account, sound.manifest, sound.packed);
    }

    static Plan description(Supplier<ProviderDescription> description) {
        Plan sound = sound();
        return new Plan(sound.made, description, sound.check, sound.account, sound.manifest, sound.packed);
    }

    static Plan made(Runnable made) {
        Plan sound = sound();
        return new Plan(made, sound.description, sound.check, sound.account, sound.manifest, sound.packed);
    }

    static Plan settings(Check check) {
        Plan sound = sound();
        return new Plan(sound.made, sound.description, check, sound.account, sound.manifest, sound.packed);
    }

    /** The bundle imports something more. */
    static Plan imports(String more) {
        return bundle(manifest(RANGE, "," + more, SERVICE), List.of());
    }

    /** The bundle imports the contract in any version. */
    static Plan importsAnyVersion() {
        return bundle(manifest("", "", SERVICE), List.of());
    }

    static Plan registersNothing() {
        return bundle(manifest(RANGE, "", "Bundle-Name: line"), List.of());
    }

    static Plan packs(String file) {
        return bundle(manifest(RANGE, "", SERVICE), List.of(file));
    }

    private static Plan bundle(List<String> manifest, List<String> packed) {
        Plan sound = sound();
        return new Plan(sound.made, sound.description, sound.check, sound.account, manifest, packed);
    }
}
