// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.connection;

import io.drawbridge.api.model.PeerIdentity;
import java.util.Optional;

/** A protocol's rule on the names in a peer's certificate. Pure and quick; called on event loops. */
@FunctionalInterface
public interface PeerCheck {
    /**
     * The check of a protocol that judges the peer itself once it has the connection, by {@link Connection#peer} and {@link
     * Connection#distrust}; a peer without certificate passes too.
     */
    PeerCheck LATER = (identity, host) -> Optional.empty();

    /**
     * Judges a peer whose chain is already verified.
     *
     * @param identity what its certificate says
     * @param host the host name that was configured or found by SRV
     * @return why it is not the right peer, as a sentence for people; empty if it is
     */
    Optional<String> refusal(PeerIdentity identity, String host);
}
