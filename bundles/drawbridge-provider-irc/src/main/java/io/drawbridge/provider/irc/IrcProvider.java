// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc;

import io.drawbridge.api.provider.Account;
import io.drawbridge.api.provider.AccountContext;
import io.drawbridge.api.provider.AccountSettings;
import io.drawbridge.api.provider.Capability;
import io.drawbridge.api.provider.NativeProvider;
import io.drawbridge.api.provider.Provider;
import io.drawbridge.api.provider.ProviderDescription;
import io.drawbridge.api.provider.SettingRefused;
import io.drawbridge.provider.irc.wire.Connections;
import java.time.Duration;
import org.osgi.service.component.annotations.Component;

/** A network that speaks IRC. Which one, the administrator says. */
@Component(service = Provider.class)
public final class IrcProvider implements NativeProvider {
    private static final int LONGEST_MESSAGE = 8000;

    private static final ProviderDescription DESCRIPTION = ProviderDescription.of("irc", "Internet Relay Chat")
            .addressForm("the nick")
            .capable(Capability.PRESENCE, Capability.TYPING)
            .settings(IrcSettings.ofNetwork())
            .accountSettings(IrcSettings.ofAccount())
            .longestMessage(LONGEST_MESSAGE)
            .deliveryTimeout(Duration.ofSeconds(30))
            .build();

    private final Connections connections = new Connections();

    @Override
    public ProviderDescription description() {
        return DESCRIPTION;
    }

    @Override
    public Account open(AccountSettings settings, AccountContext context) throws SettingRefused {
        return new IrcAccount(IrcSettings.of(settings), connections, context);
    }
}
