// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.lib.jainsip;

import io.drawbridge.lib.jainsip.WatcherInfo.Watcher;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who watches whom, and what the subscribers of the package {@code presence.winfo} (RFC 3857) were told of it. Confined to
 * its owner's thread.
 */
public final class WatcherLists {
    private final InstantSource clock;
    private final Map<String, Map<String, Watcher>> watchers = new HashMap<>();
    private final Map<String, Set<Account>> accounts = new HashMap<>();

    /** Starts without a watcher. */
    public WatcherLists(InstantSource clock) {
        this.clock = clock;
    }

    /** A watcher of the user with this URI stands differently from now on. */
    public void changed(String resource, Watcher watcher) {
        Map<String, Watcher> known = watchers.computeIfAbsent(resource, any -> new LinkedHashMap<>());
        if (watcher.status() == WatcherInfo.Status.TERMINATED) {
            known.remove(watcher.id());
        } else {
            known.put(watcher.id(), watcher);
        }
        if (known.isEmpty()) {
            watchers.remove(resource);
        }
        List.copyOf(accounts.getOrDefault(resource, Set.of())).forEach(account -> account.add(watcher));
    }

    /** Returns who watches the user with this URI or asks to, those who came first before the others. */
    public List<Watcher> of(String resource) {
        return List.copyOf(watchers.getOrDefault(resource, Map.of()).values());
    }

    /**
     * Begins to tell one subscriber who watches a user.
     *
     * @param news runs whenever there is something that was not told yet
     */
    public Account account(String resource, Runnable news) {
        Account account = new Account(resource, news);
        accounts.computeIfAbsent(resource, any -> new HashSet<>(2)).add(account);
        return account;
    }

    /** What one subscriber is told: all watchers, then those that change (RFC 3858 section 4). */
    public final class Account {
        private final String resource;
        private final Runnable told;
        private final Map<String, Watcher> news = new LinkedHashMap<>();
        private long version;

        private Account(String resource, Runnable told) {
            this.resource = resource;
            this.told = told;
        }

        private void add(Watcher watcher) {
            news.put(watcher.id(), watcher);
            told.run();
        }

        /** Returns whether there is something that has not been told. */
        public boolean isNews() {
            return version == 0 || !news.isEmpty();
        }

        /**
         * Writes what is told next; it counts as told.
         *
         * @param whole whether these are all watchers, and not those that changed
         */
        public String write(boolean whole) {
            String document =
                    WatcherInfo.write(resource, version, whole, whole ? of(resource) : news.values(), clock.instant());
            version++;
            news.clear();
            return document;
        }

        /** The subscriber is told nothing more. */
        public void close() {
            accounts.computeIfPresent(resource, (any, open) -> {
                open.remove(this);
                return open.isEmpty() ? null : open;
            });
        }
    }
}
