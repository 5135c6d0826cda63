// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.directory;

import io.drawbridge.api.model.PeerIdentity;
import java.util.List;
import java.util.Optional;

/**
 * An own identity.
 *
 * @param name the instance's name in {@code io.drawbridge.net.identity~NAME}
 * @param certificate what the certificate says; empty if none is usable
 * @param why why it is not usable; empty if it is
 * @param usedBy names of the listeners that present it
 */
public record IdentityStatus(String name, Optional<PeerIdentity> certificate, String why, List<String> usedBy) {
    /** Copies the list. */
    public IdentityStatus {
        usedBy = List.copyOf(usedBy);
    }
}
