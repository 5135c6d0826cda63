// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import io.drawbridge.api.model.Principal;
import io.drawbridge.lib.jainsip.RequestRefused;
import io.drawbridge.lib.jainsip.WatcherInfo;
import io.drawbridge.lib.jainsip.WatcherInfo.Watcher;
import io.drawbridge.lib.jainsip.WatcherLists;
import io.drawbridge.sip.internal.map.SipAddresses;
import java.util.List;

/**
 * Tells users of the home who outside watches them or asks to: the package {@code presence.winfo} (RFC 3857). A user is
 * told of his own watchers only (section 4.6). Owned by the user agent's thread.
 */
final class WatcherNotifier implements EventPackage {
    private static final String PACKAGE = "presence.winfo";
    private final WatcherLists lists;

    WatcherNotifier(Environment environment) {
        this.lists = new WatcherLists(environment.clock());
    }

    @Override
    public String name() {
        return PACKAGE;
    }

    @Override
    public List<String> types() {
        return List.of(WatcherInfo.MEDIA_TYPE);
    }

    @Override
    public String defaultType() {
        return WatcherInfo.MEDIA_TYPE;
    }

    @Override
    public Report report(Incoming subscribe, String type) throws RequestRefused {
        Principal user = subscribe.recipient().principal();
        if (!user.equals(subscribe.sender().principal())) {
            throw new RequestRefused(403, "Own Watchers Only");
        }
        return new WatcherReport(user);
    }

    /** A watcher stands differently from now on. */
    void changed(Principal user, Watcher watcher) {
        lists.changed(SipAddresses.uri(user), watcher);
    }

    /** What one subscription tells of the watchers of its user. */
    private final class WatcherReport implements Report {
        private final Principal user;
        private WatcherLists.Account account;

        WatcherReport(Principal user) {
            this.user = user;
        }

        @Override
        public String type() {
            return WatcherInfo.MEDIA_TYPE;
        }

        @Override
        public void accepted(Subscription by, String peer) {
            if (account == null) {
                account = lists.account(SipAddresses.uri(user), by::changed);
            }
            by.changed();
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public SubscriptionState state() {
            return SubscriptionState.ACTIVE;
        }

        @Override
        public boolean isNews() {
            return account.isNews();
        }

        @Override
        public String write(boolean whole) {
            return account.write(whole);
        }

        @Override
        public String farewell() {
            return account.write(true);
        }

        @Override
        public void ended(Subscription by) {
            account.close();
        }
    }
}
