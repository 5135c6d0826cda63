// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.identity;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether a certificate is valid by the clock of this machine, in words for who can mend either of the two. */
final class Validity {
    private Validity() {}

    /**
     * Returns what is wrong, as the rest of a sentence; empty if the certificate is valid. The distance is told roughly,
     * so that the words stay the same while nothing changes.
     */
    static Optional<String> objection(X509Certificate certificate, Instant now) {
        Instant end = certificate.getNotAfter().toInstant();
        if (now.isAfter(end)) {
            return Optional.of("ended at " + end + ", " + roughly(Duration.between(end, now))
                    + " ago by the clock of this machine; put a renewed certificate there, or set the clock if it is"
                    + " wrong (timedatectl)");
        }
        Instant begin = certificate.getNotBefore().toInstant();
        if (now.isBefore(begin)) {
            return Optional.of("begins only at " + begin + ", in " + roughly(Duration.between(now, begin))
                    + " by the clock of this machine; set the clock if it is wrong (timedatectl), or wait");
        }
        return Optional.empty();
    }

    /** Returns a time in whole days, or in whole hours if it is shorter. */
    static String roughly(Duration time) {
        if (time.toDays() > 0) {
            return counted(time.toDays(), "day");
        }
        return time.toHours() > 0 ? counted(time.toHours(), "hour") : "less than an hour";
    }

    private static String counted(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }
}
