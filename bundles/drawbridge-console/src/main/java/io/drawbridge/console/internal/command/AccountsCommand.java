// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.command;

import io.drawbridge.api.directory.ProviderAccountStatus;
import io.drawbridge.api.directory.ProviderDirectory;
import io.drawbridge.console.internal.shell.EdgeCommand;
import io.drawbridge.console.internal.shell.Services;
import io.drawbridge.console.internal.view.AccountsView;
import io.drawbridge.console.internal.view.View;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;

/** Lists the accounts with public providers. */
@Service
@Command(
        scope = "drawbridge",
        name = "accounts",
        description = "Lists the accounts with public providers, and how they stand.",
        detailedDescription =
                """
                Accounts are configured in io.drawbridge.provider.account~NAME.
                Examples:
                  drawbridge:accounts
                  drawbridge:accounts --provider example
                  drawbridge:accounts --filter alice
                """)
public final class AccountsCommand extends EdgeCommand {
    @Option(name = "--provider", description = "Only accounts with this provider.")
    @Completion(ProviderWords.class)
    private String provider = "";

    @Option(name = "--filter", description = "Only accounts whose name or user contains this.")
    private String filter = "";

    @Override
    protected View run(Services services, List<String> operands) throws CommandException {
        List<ProviderAccountStatus> shown = services.need(ProviderDirectory.class, Parts.PROVIDERS).accounts().stream()
                .filter(account -> provider.isEmpty() || account.provider().equals(provider))
                .filter(this::isMeant)
                .toList();
        return new AccountsView(shown, times());
    }

    private boolean isMeant(ProviderAccountStatus account) {
        return account.name().contains(filter)
                || account.user()
                        .filter(user -> user.toString().contains(filter))
                        .isPresent();
    }
}
