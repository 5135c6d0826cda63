// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.policy;

import io.drawbridge.api.model.HostPort;
import java.util.List;

/**
 * What DNS says of a domain's willingness to federate: its {@code _sipfederationtls._tcp} SRV record.
 *
 * @param status whether it was asked and what came of it
 * @param targets hosts and ports in the order they should be tried; empty unless {@code FOUND}
 * @param detail for people: what was asked and answered
 */
public record FederationRecord(Status status, List<HostPort> targets, String detail) {
    /** Nobody has asked yet. */
    public static final FederationRecord NOT_ASKED = new FederationRecord(Status.NOT_ASKED, List.of(), "not asked");

    /** Copies the targets. */
    public FederationRecord {
        targets = List.copyOf(targets);
    }

    /** Returns whether {@code host} is one of the targets. */
    public boolean leadsTo(String host) {
        for (HostPort target : targets) {
            if (target.host().equals(host)) {
                return true;
            }
        }
        return false;
    }

    /** State of the look-up. */
    public enum Status {
        /** Not looked up. */
        NOT_ASKED,
        /** At least one target. */
        FOUND,
        /** The domain has no such record, or it says that the service is not offered. */
        NONE,
        /** The name servers gave no usable answer. */
        FAILED
    }
}
