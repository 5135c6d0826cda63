// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import io.drawbridge.api.link.DeliveryOutcome;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A stanza on its way, until its fate is known. */
final class Sending {
    private final OutgoingStanza stanza;
    private final Outbox outbox;
    private final long number;
    private final Instant deadline;
    private final CompletableFuture<DeliveryOutcome> outcome = new CompletableFuture<>();
    private boolean written;
    private boolean repeated;

    /**
     * Begins.
     *
     * @param number tells what comes before what in its outbox
     */
    Sending(OutgoingStanza stanza, Outbox outbox, long number, Instant deadline) {
        this.stanza = stanza;
        this.outbox = outbox;
        this.number = number;
        this.deadline = deadline;
    }

    OutgoingStanza stanza() {
        return stanza;
    }

    Outbox outbox() {
        return outbox;
    }

    long number() {
        return number;
    }

    CompletableFuture<DeliveryOutcome> outcome() {
        return outcome;
    }

    boolean isLate(Instant now) {
        return now.isAfter(deadline);
    }

    /** The socket took all of it. */
    void written() {
        written = true;
    }

    boolean isWritten() {
        return written;
    }

    void handedOver() {
        outcome.complete(new DeliveryOutcome.HandedOver());
    }

    void acknowledged() {
        outcome.complete(new DeliveryOutcome.Delivered());
    }

    void fail(Failure failure) {
        outcome.complete(failure.outcome(Optional.empty()));
    }

    /**
     * Its stream is gone. What the socket did not take cannot have arrived and is sent once more; what it took may have, so
     * its sender is told.
     */
    void lost(Failure failure) {
        if (written) {
            fail(failure);
        } else {
            notArrived(failure);
        }
    }

    /** Its stream is over, and it is certain that the peer did not get it: it is sent once more, but not twice. */
    void notArrived(Failure failure) {
        if (repeated) {
            fail(failure);
        } else {
            repeated = true;
            written = false;
            outbox.again(this);
        }
    }
}
