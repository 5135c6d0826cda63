// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.policy;

import io.drawbridge.api.policy.EdgeSettings;
import io.drawbridge.api.policy.Envelope;
import io.drawbridge.api.policy.Policy;
import io.drawbridge.api.policy.Verdict;

/** The snapshot that decides now; replaced whole, so that each request is judged by one configuration. */
public final class PolicyInForce implements Policy {
    private volatile Snapshot snapshot = Snapshot.EMPTY;

    /** Lets another snapshot decide from now on. */
    public void replace(Snapshot next) {
        snapshot = next;
    }

    /** Returns the snapshot that decides now. */
    public Snapshot snapshot() {
        return snapshot;
    }

    @Override
    public Verdict decide(Envelope envelope) {
        return snapshot.decide(envelope);
    }

    @Override
    public EdgeSettings edge() {
        return snapshot.settings();
    }
}
