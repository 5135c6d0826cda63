// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.sip.SipFlow;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Finds the way to the home. Thread-safe. */
@FunctionalInterface
interface WayHome {
    /**
     * Reaches the home.
     *
     * @param wanted the server that a dialog's route set names, if any
     * @param affinity equal for messages that should share a connection
     * @param outcome gets the way, or null and the reason; on any thread
     */
    void reach(Optional<HostPort> wanted, int affinity, BiConsumer<SipFlow, Reason> outcome);

    /** Leaves the server at the other end of {@code flow} aside for a while, as long as there are others. */
    default void avoid(SipFlow flow, Duration howLong) {}
}
