// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.directory;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Where the edge listens. */
@ProviderType
public interface ListenerDirectory {
    /** Returns every configured listener, by name. Thread-safe. */
    List<ListenerStatus> listeners();
}
