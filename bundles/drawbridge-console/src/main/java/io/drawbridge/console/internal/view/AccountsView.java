// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.view;

import io.drawbridge.api.directory.ProviderAccountStatus;
import io.drawbridge.api.model.Principal;
import java.util.List;

/**
 * The accounts with public providers.
 *
 * @param accounts the accounts shown
 * @param times how to show times
 */
public record AccountsView(List<ProviderAccountStatus> accounts, Times times) implements View {
    @Override
    public String text(int width) {
        if (accounts.isEmpty()) {
            return Prose.wrapped(
                    "No account of an enabled provider. They are configured in io.drawbridge.provider.account~NAME.",
                    width);
        }
        Table table = new Table()
                .kept("PROVIDER")
                .cut("ACCOUNT")
                .cut("USER")
                .kept("STATUS")
                .extra(times.title("SINCE"))
                .extra(times.title("NEXT TRY"))
                .extra("WAITING")
                .wrapped("DETAIL");
        for (ProviderAccountStatus account : accounts) {
            table.row(
                    account.provider(),
                    account.name(),
                    account.user().map(Principal::toString).orElse("all"),
                    account.status().map(PeersView::word).orElse("no plug-in"),
                    times.cell(account.since()),
                    account.nextTry().map(times::cell).orElse(""),
                    account.waiting(),
                    account.detail());
        }
        return table.text(width);
    }

    @Override
    public Object data() {
        return accounts;
    }
}
