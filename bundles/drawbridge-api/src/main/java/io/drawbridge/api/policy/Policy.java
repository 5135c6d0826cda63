// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.policy;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Decides what may cross. A pure function over an immutable snapshot of the configuration: no I/O, no lock, no clock,
 * so it may be called on an event loop, a verdict can be explained, and old envelopes can be judged again.
 */
@ProviderType
public interface Policy {
    /**
     * Judges one request by the configuration now in force.
     *
     * @return never null; {@link Verdict.Outcome#LOOK_UP} if the decision needs the foreign domain's federation record
     *     and the envelope does not hold it yet: the caller resolves it and asks again
     */
    Verdict decide(Envelope envelope);

    /** Returns the settings of the edge now in force; a new object after each change. */
    EdgeSettings edge();
}
