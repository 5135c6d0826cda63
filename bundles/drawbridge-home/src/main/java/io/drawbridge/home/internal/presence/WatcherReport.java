// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.presence;

import io.drawbridge.lib.jainsip.WatcherInfo;
import io.drawbridge.lib.jainsip.WatcherLists;
import java.util.Optional;

/** Tells a user who watches him or asks to (RFC 3857). Owned by the home's thread. */
final class WatcherReport implements Report {
    private final String resource;
    private final WatcherLists lists;
    private WatcherLists.Account account;

    WatcherReport(String resource, WatcherLists lists) {
        this.resource = resource;
        this.lists = lists;
    }

    @Override
    public void opened(Runnable changed) {
        account = lists.account(resource, changed);
    }

    @Override
    public String type() {
        return WatcherInfo.MEDIA_TYPE;
    }

    @Override
    public Handling handling(Handling before) {
        return Handling.ALLOW;
    }

    @Override
    public void stands(Handling handling) {
        // Nobody watches who watches the watchers.
    }

    @Override
    public String whole() {
        return account.write(true);
    }

    @Override
    public Optional<String> news() {
        return account.isNews() ? Optional.of(account.write(false)) : Optional.empty();
    }

    @Override
    public void ended(String reason) {
        account.close();
    }
}
