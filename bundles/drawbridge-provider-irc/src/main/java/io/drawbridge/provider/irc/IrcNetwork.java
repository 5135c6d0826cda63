// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc;

import io.drawbridge.api.provider.Account;
import io.drawbridge.api.provider.AccountContext;
import io.drawbridge.api.provider.AccountSettings;
import io.drawbridge.api.provider.Capability;
import io.drawbridge.api.provider.NativeProvider;
import io.drawbridge.api.provider.ProviderDescription;
import io.drawbridge.api.provider.SettingRefused;
import io.drawbridge.provider.irc.wire.Connections;
import java.time.Duration;

/** A network that speaks IRC. Where it is, the administrator says. */
abstract class IrcNetwork implements NativeProvider {
    private static final int LONGEST_MESSAGE = 8000;

    private final ProviderDescription description;
    private final Connections connections = new Connections();

    /**
     * Describes it.
     *
     * @param id its identifier as a provider
     * @param name for people
     * @throws IllegalArgumentException if the identifier is none
     */
    IrcNetwork(String id, String name) {
        description = ProviderDescription.of(id, name)
                .addressForm("the nick")
                .capable(Capability.PRESENCE, Capability.TYPING)
                .settings(IrcSettings.ofNetwork())
                .accountSettings(IrcSettings.ofAccount())
                .longestMessage(LONGEST_MESSAGE)
                .deliveryTimeout(Duration.ofSeconds(30))
                .build();
    }

    @Override
    public final ProviderDescription description() {
        return description;
    }

    @Override
    public final Account open(AccountSettings settings, AccountContext context) throws SettingRefused {
        return new IrcAccount(IrcSettings.of(settings), connections, context);
    }
}
