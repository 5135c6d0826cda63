// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.directory;

import io.drawbridge.api.model.PeerIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An own identity.
 *
 * @param name the instance's name in {@code io.drawbridge.net.identity~NAME}
 * @param certificate what the certificate says; empty if none is usable
 * @param renewFrom from when on it should be renewed: the last third of its life, at most its last 30 days; empty if
 *     none is usable
 * @param why why it is not usable; empty if it is
 * @param usedBy names of the listeners that present it
 */
public record IdentityStatus(
        String name, Optional<PeerIdentity> certificate, Optional<Instant> renewFrom, String why, List<String> usedBy) {
    /** Copies the list. */
    public IdentityStatus {
        usedBy = List.copyOf(usedBy);
    }
}
