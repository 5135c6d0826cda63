// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.connection;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.Side;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Under which names this appliance is reached. Thread-safe. */
@ProviderType
public interface Announcements {
    /**
     * Returns the host name and port of the listener for a side and protocol, as {@link Connection#announced()} does;
     * empty if none is configured.
     */
    Optional<HostPort> announced(Side side, String protocol);
}
