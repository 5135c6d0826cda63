// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.provider;

import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Principal;
import org.osgi.annotation.versioning.ConsumerType;

/** An {@link Account} whose network knows presence. Called while the account is online; after a new sign-in all over again. */
@ConsumerType
public interface PresenceAbility {
    /**
     * Starts to look at somebody's presence; what is known comes by {@link AccountContext#presence} at once and after each
     * change. Again for the same pair means: tell the present state.
     */
    void watch(Principal watcher, Principal presentity);

    /** Looks no longer. */
    void unwatch(Principal watcher, Principal presentity);

    /**
     * Shows the presence of an own user to somebody on the network who may see it.
     *
     * @param document the present state, not a change
     */
    void show(Principal watcher, PresenceDocument document);
}
