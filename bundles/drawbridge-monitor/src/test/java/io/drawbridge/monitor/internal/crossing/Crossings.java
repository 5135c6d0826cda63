// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.crossing;

import io.drawbridge.api.crossing.Crossing;
import io.drawbridge.api.crossing.Crossing.Outcome;
import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.Direction;
import io.drawbridge.api.policy.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Crossings for tests. */
public final class Crossings {
    private Crossings() {}

    /** A message that was delivered in 20 ms. */
    public static Crossing delivered(String id, String sender, String recipient) {
        return crossing(id, sender, recipient, Outcome.DELIVERED, Reason.ALLOWED, "200");
    }

    /** A message that was refused. */
    public static Crossing refused(String id, String sender, String recipient, Reason reason) {
        return crossing(id, sender, recipient, Outcome.REFUSED, reason, "403");
    }

    /** An acknowledgement, which is never answered. */
    public static Crossing unanswered(String id) {
        return crossing(id, "alice@contoso.example", "bob@fabrikam.example", Outcome.DELIVERED, Reason.ALLOWED, "");
    }

    private static Crossing crossing(
            String id, String sender, String recipient, Outcome outcome, Reason reason, String answer) {
        return new Crossing(
                id,
                Instant.parse("2026-03-01T10:00:00Z"),
                Duration.ofMillis(20),
                Direction.INBOUND,
                "sip",
                "MESSAGE",
                Address.of(sender),
                Address.of(recipient),
                "sip.fabrikam.example",
                "home.contoso.example",
                "embedded home",
                outcome,
                reason,
                answer,
                List.of());
    }
}
