// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.provider;

import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Principal;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * An {@link Account} whose network knows presence. Called while the account is online, under the terms of its other calls:
 * on the provider's threads, never two at once, without blocking, within a second. Nothing needs to be remembered across
 * connections: after each sign-in all that is watched and all that is shown comes again. What cannot be done is left out;
 * there is nobody to tell.
 */
@ConsumerType
public interface PresenceAbility {
    /**
     * Starts to look at somebody's presence; what is known comes by {@link AccountContext#presence} at once and after each
     * change. Again for the same pair means: tell the present state.
     */
    void watch(Principal watcher, Principal presentity);

    /** Looks no longer. Comes also for a pair that is not watched. */
    void unwatch(Principal watcher, Principal presentity);

    /**
     * Shows the presence of an own user to somebody on the network who may see it; after each change again. With
     * {@link PresenceDocument#offline} the watcher sees nothing any more.
     *
     * @param watcher who may see it
     * @param document the present state, not a change
     */
    void show(Principal watcher, PresenceDocument document);
}
