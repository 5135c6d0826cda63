// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import io.drawbridge.api.link.Inbox;
import io.drawbridge.api.policy.Policy;
import io.drawbridge.providers.internal.account.LogIns;
import io.drawbridge.providers.internal.plugin.Time;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** What the host needs of others. */
public interface Surroundings {
    /** Returns the time and timers; what they run, runs one after another. */
    Time time();

    /** Returns the clock that is never set. */
    LongSupplier nanoTime();

    /** Returns what chance is made of. */
    RandomGenerator random();

    /** Returns where events go, while somebody takes them. */
    Optional<Inbox> inbox();

    /** Returns who knows the own domains, while it is there. */
    Optional<Policy> policy();

    /** Returns where a provider's budget of log-ins is kept. */
    LogIns.Store logIns(String provider);

    /** Returns where it is kept, if anywhere, which versions of a provider's plug-in serve, and which were taken back. */
    default Versions.Store versions(String provider) {
        return Versions.Store.NOWHERE;
    }
}
