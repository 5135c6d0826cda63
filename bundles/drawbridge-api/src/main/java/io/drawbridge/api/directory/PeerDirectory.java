// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.directory;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Who is connected. */
@ProviderType
public interface PeerDirectory {
    /** Returns every peer known now, by name. Thread-safe. */
    List<PeerStatus> peers();
}
