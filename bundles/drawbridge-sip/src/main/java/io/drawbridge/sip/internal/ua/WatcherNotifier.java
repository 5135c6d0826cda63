// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import io.drawbridge.api.model.Principal;
import io.drawbridge.lib.jainsip.RequestRefused;
import io.drawbridge.sip.internal.map.WatcherInfo;
import io.drawbridge.sip.internal.map.WatcherInfo.Watcher;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells users of the home who outside watches them or asks to: the package {@code presence.winfo} (RFC 3857). A user is
 * told of his own watchers only (section 4.6). Owned by the user agent's thread.
 */
final class WatcherNotifier implements EventPackage {
    private static final String PACKAGE = "presence.winfo";
    private final Environment environment;
    private final Map<Principal, Map<Principal, Watcher>> watchers = new HashMap<>();
    private final Map<Principal, Set<Account>> accounts = new HashMap<>();

    WatcherNotifier(Environment environment) {
        this.environment = environment;
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
        return new Account(user);
    }

    /** A watcher stands differently from now on. */
    void changed(Principal user, Watcher watcher) {
        Map<Principal, Watcher> known = watchers.computeIfAbsent(user, any -> new LinkedHashMap<>());
        if (watcher.status() == WatcherInfo.Status.TERMINATED) {
            known.remove(watcher.who());
        } else {
            known.put(watcher.who(), watcher);
        }
        if (known.isEmpty()) {
            watchers.remove(user);
        }
        List.copyOf(accounts.getOrDefault(user, Set.of())).forEach(account -> account.add(watcher));
    }

    /** What one subscription tells of the watchers of its user: all of them, then what changes (RFC 3858 section 4). */
    private final class Account implements Report {
        private final Principal user;
        private final Map<String, Watcher> news = new LinkedHashMap<>();
        private Subscription subscription;
        private long version;

        Account(Principal user) {
            this.user = user;
        }

        void add(Watcher watcher) {
            news.put(watcher.id(), watcher);
            subscription.changed();
        }

        @Override
        public String type() {
            return WatcherInfo.MEDIA_TYPE;
        }

        @Override
        public void accepted(Subscription by, String peer) {
            subscription = by;
            accounts.computeIfAbsent(user, any -> new HashSet<>(2)).add(this);
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
            return version == 0 || !news.isEmpty();
        }

        @Override
        public String write(boolean whole) {
            Map<Principal, Watcher> all = watchers.getOrDefault(user, Map.of());
            String document = WatcherInfo.write(
                    user,
                    version,
                    whole,
                    whole ? all.values() : news.values(),
                    environment.clock().instant());
            version++;
            news.clear();
            return document;
        }

        @Override
        public String farewell() {
            return write(true);
        }

        @Override
        public void ended(Subscription by) {
            accounts.computeIfPresent(user, (any, open) -> {
                open.remove(this);
                return open.isEmpty() ? null : open;
            });
        }
    }
}
