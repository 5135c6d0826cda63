// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.link.Inbox;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.Trust;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.lib.jainsip.Timers;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What every part of the user agent stands on.
 *
 * @param executor runs one task after the other, on the thread of {@code timers}
 * @param timers run work later on that thread
 * @param clock the time
 * @param way finds the home
 * @param inbox where events go, as long as somebody takes them
 * @param settings the settings in force
 * @param msrp connections of MSRP
 * @param nextHop whether the home is another server, behind which the path to a client is not known
 */
record Environment(
        Executor executor,
        Timers timers,
        InstantSource clock,
        WayHome way,
        Supplier<Optional<Inbox>> inbox,
        Supplier<GatewayConfig> settings,
        MsrpNetwork msrp,
        BooleanSupplier nextHop) {
    /** The identifier of this link. */
    static final String LINK = "sip";

    /** Returns whether a request may go on by UDP behind the next server. */
    boolean isUnknownPath() {
        return nextHop.getAsBoolean();
    }

    /**
     * Brings an event in.
     *
     * @param peer the name of the home's server that sent it
     * @param outcome hears what became of it, on the user agent's thread
     */
    void accept(Event event, String peer, Consumer<DeliveryOutcome> outcome) {
        Optional<Inbox> taker = inbox.get();
        if (taker.isEmpty()) {
            outcome.accept(DeliveryOutcome.failed(Condition.RESOURCE_CONSTRAINT, Reason.NOT_CONFIGURED));
            return;
        }
        taker.get()
                .accept(event, new Inbox.Origin(LINK, peer, Trust.STRONG))
                .whenComplete((result, bug) -> executor.execute(() -> outcome.accept(
                        bug == null
                                ? result
                                : DeliveryOutcome.failed(Condition.INTERNAL_SERVER_ERROR, Reason.INTERNAL))));
    }
}
