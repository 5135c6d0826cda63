// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.policy;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The limits on discovered partners (lync-edge 6.3): message rate, distinct users addressed, suspicion after many
 * failures. Keeps a bounded state per peer certificate. Thread-safe and quick enough for an event loop.
 */
@ProviderType
public interface Safeguards {
    /**
     * Counts one inbound request that {@link Policy} allowed and says whether the limits let it through.
     *
     * @return {@code verdict} itself, or a refusal that adds {@link Rule#SAFEGUARD} to its rules
     */
    Verdict admit(Envelope envelope, Verdict verdict);

    /**
     * Tells how an admitted request was answered, which feeds the ratio of failed to successful answers.
     *
     * @param success whether the final answer was a success
     */
    void answered(Envelope envelope, boolean success);

    /** Returns the watch list, worst first. */
    List<WatchedPeer> watchList();

    /**
     * Sets the administrator's word on a peer, which outranks the limits.
     *
     * @param certificate the peer certificate's fingerprint, SHA-256 in hexadecimal
     * @return whether such a peer is known
     */
    boolean rule(String certificate, WatchedPeer.Ruling ruling);
}
