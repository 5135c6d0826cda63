// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.presence;

import io.drawbridge.home.internal.config.HomeConfig;
import io.drawbridge.home.internal.users.User;
import java.util.function.Supplier;

/**
 * Who may see whose presence. Whoever may not gets a plausible offline document and no error, so that nobody learns of
 * having been refused (RFC 3856 section 6.6.2, polite blocking).
 */
final class WatcherPolicy {
    private final Supplier<HomeConfig> config;

    WatcherPolicy(Supplier<HomeConfig> config) {
        this.config = config;
    }

    boolean allows(User user, Watcher watcher) {
        return switch (watcher.origin()) {
            case INSIDE ->
                config.get().insideSeesPresence()
                        || watcher.address().equals(user.address())
                        || user.allowAll()
                        || user.lists(watcher.address());
            case VERIFIED -> user.allowAll() || user.lists(watcher.address());
            case UNVERIFIED -> user.lists(watcher.address());
        };
    }
}
