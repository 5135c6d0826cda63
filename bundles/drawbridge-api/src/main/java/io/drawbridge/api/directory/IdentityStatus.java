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
 * @param clientPurpose whether it may prove a client (RFC 5280 section 4.2.1.12): its certificate has the purpose
 *     {@code clientAuth}, or names no purposes at all
 */
public record IdentityStatus(
        String name,
        Optional<PeerIdentity> certificate,
        Optional<Instant> renewFrom,
        String why,
        List<String> usedBy,
        boolean clientPurpose) {
    /** Copies the list. */
    public IdentityStatus {
        usedBy = List.copyOf(usedBy);
    }

    /** Describes one that may prove a client. */
    public IdentityStatus(
            String name,
            Optional<PeerIdentity> certificate,
            Optional<Instant> renewFrom,
            String why,
            List<String> usedBy) {
        this(name, certificate, renewFrom, why, usedBy, true);
    }
}
