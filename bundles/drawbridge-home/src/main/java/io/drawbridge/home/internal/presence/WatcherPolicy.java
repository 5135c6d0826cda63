// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.presence;

import io.drawbridge.home.internal.config.HomeConfig;
import io.drawbridge.home.internal.users.User;
import java.util.function.Supplier;

/**
 * Who may see whose presence: what is configured, then what the user agreed to. Whoever is left waits until the user
 * decides (RFC 3856 section 6.6.2).
 */
final class WatcherPolicy {
    private final Supplier<HomeConfig> config;
    private final Agreements agreements;

    WatcherPolicy(Supplier<HomeConfig> config, Agreements agreements) {
        this.config = config;
        this.agreements = agreements;
    }

    /**
     * Decides.
     *
     * @param before how it was until now; null at first
     */
    Handling handling(User user, Watcher watcher, Handling before) {
        if (watcher.address().equals(user.address())) {
            return Handling.ALLOW;
        }
        if (user.blocks(watcher.address())) {
            return Handling.BLOCK;
        }
        if (user.lists(watcher.address())
                || isTrusted(user, watcher)
                || agreements.hold(user.address(), watcher.address())) {
            return Handling.ALLOW;
        }
        if (before == Handling.ALLOW) {
            // Who was let in and is no longer has been put out; but who knows, while nobody can tell what was agreed
            // to?
            return agreements.areKnown() ? Handling.BLOCK : Handling.ALLOW;
        }
        return Handling.CONFIRM;
    }

    private boolean isTrusted(User user, Watcher watcher) {
        return switch (watcher.origin()) {
            case INSIDE -> config.get().insideSeesPresence() || user.allowAll();
            case VERIFIED -> user.allowAll();
            case UNVERIFIED -> false;
        };
    }
}
