// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.configuration;

import io.drawbridge.api.policy.WatchedPeer;
import io.drawbridge.core.internal.policy.Snapshot;
import io.drawbridge.core.internal.safeguards.Limits;
import java.util.Map;

/**
 * What the core works by.
 *
 * @param snapshot what policy decides by
 * @param limits what discovered partners are limited by
 * @param rulings the administrator's word on discovered partners, by certificate fingerprint
 */
public record InForce(Snapshot snapshot, Limits limits, Map<String, WatchedPeer.Ruling> rulings) {
    /** What holds before anything is configured. */
    public static final InForce NOTHING = new InForce(Snapshot.EMPTY, Limits.STANDARD, Map.of());

    /** Copies the rulings. */
    public InForce {
        rulings = Map.copyOf(rulings);
    }
}
