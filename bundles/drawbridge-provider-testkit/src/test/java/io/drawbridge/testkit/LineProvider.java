// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import io.drawbridge.api.provider.Account;
import io.drawbridge.api.provider.AccountContext;
import io.drawbridge.api.provider.AccountSettings;
import io.drawbridge.api.provider.Capability;
import io.drawbridge.api.provider.NativeProvider;
import io.drawbridge.api.provider.ProviderDescription;
import io.drawbridge.api.provider.Setting;
import io.drawbridge.api.provider.SettingRefused;
import java.time.Duration;

/** The network of a {@link LineServer}, with the fault that a test has planted; sound if it has planted none. */
final class LineProvider implements NativeProvider {
    static final String FAULT = "drawbridge.testkit.fault";
    static final String DOMAIN = "line.example";
    static final String SERVER = "server";
    static final String KEEP_ALIVE = "keepAliveSeconds";
    static final String PASSWORD = ".password";

    /** Read from the Java machine, since the classes may be loaded a second time. */
    private final Fault fault = Fault.valueOf(System.getProperty(FAULT, Fault.NONE.name()));

    LineProvider() {
        fault.made();
    }

    static ProviderDescription.Builder described() {
        return ProviderDescription.of("line", "Line network")
                .domains(DOMAIN)
                .capable(Capability.PRESENCE, Capability.TYPING)
                .settings(
                        Setting.required(SERVER, Setting.Type.SERVER, "Where it is."),
                        Setting.optional(
                                KEEP_ALIVE, Setting.Type.NUMBER, "30", "Seconds between signs of life, 1 to 3600."))
                .accountSettings(Setting.required(PASSWORD, Setting.Type.SECRET, "The user's password."))
                .longestMessage(400)
                .deliveryTimeout(Duration.ofSeconds(3));
    }

    @Override
    public ProviderDescription description() {
        return fault.description();
    }

    @Override
    public Account open(AccountSettings settings, AccountContext context) throws SettingRefused {
        fault.check(settings);
        String server = settings.provider().get(SERVER);
        if (!server.matches(".+:[0-9]+") || Integer.parseInt(server.replaceAll(".*:", "")) > 65_535) {
            throw new SettingRefused(SERVER, "is a host and a port between 1 and 65535");
        }
        int seconds = Integer.parseInt(settings.provider().get(KEEP_ALIVE));
        if (seconds < 1 || seconds > 3600) {
            throw new SettingRefused(KEEP_ALIVE, "lies between 1 and 3600");
        }
        return fault.account(settings, context);
    }
}
