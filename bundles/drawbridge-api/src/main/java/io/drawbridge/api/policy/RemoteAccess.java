// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.policy;

import io.drawbridge.api.model.Address;
import org.osgi.annotation.versioning.ProviderType;

/** Says which own users may sign in from outside. Thread-safe and quick enough for an event loop. */
@ProviderType
public interface RemoteAccess {
    /**
     * Asks both locks: {@code allowOutsideUsers} of the organisation and {@code enableOutsideAccess} of the user's
     * external access policy (lync-edge 2.3).
     *
     * @param user an own user; anybody else is refused
     */
    boolean permits(Address user);
}
