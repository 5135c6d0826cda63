// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.model.Condition;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** What became of the messages that one version of a plug-in was given. Thread-safe. */
final class Score {
    /** What a plug-in answers when the fault is its own; anything else is the network's word, or the sender's fault. */
    private static final Set<Condition> OWN_FAULT =
            EnumSet.of(Condition.INTERNAL_SERVER_ERROR, Condition.UNDEFINED_CONDITION);

    private final AtomicLong served = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    void count(DeliveryOutcome outcome) {
        if (!(outcome instanceof DeliveryOutcome.Failed failure)) {
            served.incrementAndGet();
            return;
        }
        switch (failure.reason()) {
            case ANSWERED_BY_PEER -> count(OWN_FAULT.contains(failure.condition()) ? failed : refused);
            case PROVIDER_FAILED, TIMED_OUT -> count(failed);
            default -> {
                // It never came to the plug-in: its account is not signed in, or too much waits.
            }
        }
    }

    private void count(AtomicLong kind) {
        // In this order, so that there is never more of a kind than of all.
        served.incrementAndGet();
        kind.incrementAndGet();
    }

    /** Returns how many came to it. */
    long served() {
        return served.get();
    }

    /** Returns how many failed by its own fault. */
    long failed() {
        return failed.get();
    }

    /** Returns how many the network refused, as it tells. */
    long refused() {
        return refused.get();
    }
}
