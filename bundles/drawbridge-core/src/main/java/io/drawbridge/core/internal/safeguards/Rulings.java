// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.safeguards;

import io.drawbridge.api.policy.WatchedPeer;

/** Where the administrator's rulings are kept, so that they outlive a restart. */
public interface Rulings {
    /**
     * Keeps a ruling; {@code NONE} forgets it. May block.
     *
     * @param certificate the peer certificate's fingerprint, SHA-256 in hexadecimal
     * @param comment for people
     * @throws java.io.UncheckedIOException if it cannot be kept
     */
    void keep(String certificate, WatchedPeer.Ruling ruling, String comment);
}
