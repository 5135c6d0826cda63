// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import java.time.Duration;

/** How long a plug-in rests that broke its promises: ever longer while it goes on. */
final class Quarantine {
    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    private int times;
    private boolean rests;

    /** Starts a rest and returns how long it is. */
    Duration begin() {
        Duration rest = FIRST.multipliedBy(1L << Math.min(times, 6));
        times++;
        rests = true;
        return rest.compareTo(LONGEST) < 0 ? rest : LONGEST;
    }

    void end() {
        rests = false;
    }

    /** Another plug-in came: it has done nothing yet. */
    void forget() {
        times = 0;
        rests = false;
    }

    boolean rests() {
        return rests;
    }
}
