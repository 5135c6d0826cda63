// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.example;

import io.drawbridge.api.provider.Account;
import io.drawbridge.api.provider.AccountContext;
import io.drawbridge.api.provider.AccountScope;
import io.drawbridge.api.provider.AccountSettings;
import io.drawbridge.api.provider.Capability;
import io.drawbridge.api.provider.NativeProvider;
import io.drawbridge.api.provider.Provider;
import io.drawbridge.api.provider.ProviderDescription;
import io.drawbridge.api.provider.Setting;
import io.drawbridge.api.provider.SettingRefused;
import org.osgi.service.component.annotations.Component;

/** A network on which everybody is there and says back what is said to them. */
@Component(service = Provider.class)
public final class EchoProvider implements NativeProvider {
    static final String DELAY = "delayMillis";

    private static final ProviderDescription DESCRIPTION = ProviderDescription.of("example", "Echo network")
            .domains("echo.example")
            .addressForm("any name")
            .capable(Capability.PRESENCE, Capability.TYPING)
            .accounts(AccountScope.SHARED)
            .settings(Setting.optional(
                    DELAY,
                    Setting.Type.NUMBER,
                    "0",
                    "How long the other one thinks before it answers, in milliseconds, 0 to 15000."))
            .build();

    @Override
    public ProviderDescription description() {
        return DESCRIPTION;
    }

    @Override
    public Account open(AccountSettings settings, AccountContext context) throws SettingRefused {
        return EchoAccount.of(settings, context);
    }
}
