// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.directory;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The peers that somebody opens connections to. Every service of this type has its part in the {@link PeerDirectory},
 * which adds the peers that came.
 */
@ConsumerType
public interface OutgoingPeers {
    /** Returns every peer known now, in any order. Thread-safe, never blocks. */
    List<PeerStatus> outgoing();
}
