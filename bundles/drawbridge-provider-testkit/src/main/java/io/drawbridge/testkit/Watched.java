// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import io.drawbridge.api.provider.Account;
import io.drawbridge.api.provider.AccountContext;
import io.drawbridge.api.provider.AccountSettings;
import io.drawbridge.api.provider.ContactsAbility;
import io.drawbridge.api.provider.NativeProvider;
import io.drawbridge.api.provider.PresenceAbility;
import io.drawbridge.api.provider.ProviderDescription;
import io.drawbridge.api.provider.ReceiptsAbility;
import io.drawbridge.api.provider.SettingRefused;
import io.drawbridge.api.provider.TypingAbility;
import io.drawbridge.testkit.Journal.Callee;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A vendor's provider as the host sees it, with every call written down. */
final class Watched implements NativeProvider {
    /** The abilities that have an interface. */
    static final List<Class<?>> ABILITIES =
            List.of(PresenceAbility.class, ContactsAbility.class, TypingAbility.class, ReceiptsAbility.class);

    private final NativeProvider provider;
    private final Journal journal;
    private final NativeProvider written;
    private final List<Account> opened = new CopyOnWriteArrayList<>();

    Watched(NativeProvider provider, Journal journal) {
        this.provider = provider;
        this.journal = journal;
        written = (NativeProvider) journal.watched(Callee.PLUGIN, provider, NativeProvider.class);
    }

    @Override
    public ProviderDescription description() {
        return written.description();
    }

    @Override
    public Account open(AccountSettings settings, AccountContext context) throws SettingRefused {
        Account account =
                written.open(settings, (AccountContext) journal.watched(Callee.CONTEXT, context, AccountContext.class));
        if (account == null) {
            return null;
        }
        opened.add(account);
        Class<?>[] types = Stream.concat(
                        Stream.of(Account.class), ABILITIES.stream().filter(ability -> ability.isInstance(account)))
                .toArray(Class<?>[]::new);
        return (Account) journal.watched(Callee.PLUGIN, account, types);
    }

    /** Returns the vendor's own object. */
    NativeProvider provider() {
        return provider;
    }

    /** Returns the vendor's accounts so far. */
    List<Account> opened() {
        return opened;
    }
}
