// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.identity;

import java.time.Instant;

/** Rings once at each mark on the way to a certificate's end. Not thread-safe. */
final class ExpiryAlarm {
    private final Renewal renewal;
    private long rung;

    ExpiryAlarm(Renewal renewal) {
        this.renewal = renewal;
    }

    /** Returns whether a mark was passed since the last call. */
    boolean rings(Instant now) {
        long passed =
                renewal.marks().stream().filter(mark -> !now.isBefore(mark)).count();
        boolean rings = passed > rung;
        rung = passed;
        return rings;
    }
}
