// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal;

import static io.drawbridge.core.internal.Configured.ALLOWED;
import static io.drawbridge.core.internal.Configured.contoso;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.crossing.Crossing;
import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.Direction;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.core.internal.policy.PolicyInForce;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code markForMonitoring} counts a domain's crossings. */
final class MonitoredCrossingsTest {
    @Test
    void onlyMarkedDomainsAreCountedByDomainDirectionAndOutcome() {
        PolicyInForce policy = new PolicyInForce();
        policy.replace(contoso()
                .set(ALLOWED + "marked.example", "markForMonitoring", "true")
                .set(ALLOWED + "plain.example")
                .snapshot());
        MonitoredCrossings monitored = new MonitoredCrossings(policy);
        monitored.finished(
                crossing(Direction.INBOUND, "a@marked.example", "bob@contoso.example", Crossing.Outcome.DELIVERED));
        monitored.finished(
                crossing(Direction.INBOUND, "b@marked.example", "bob@contoso.example", Crossing.Outcome.DELIVERED));
        monitored.finished(
                crossing(Direction.OUTBOUND, "bob@contoso.example", "a@marked.example", Crossing.Outcome.FAILED));
        monitored.finished(
                crossing(Direction.INBOUND, "a@plain.example", "bob@contoso.example", Crossing.Outcome.DELIVERED));
        assertThat(Numbers.of(monitored))
                .isEqualTo(Map.of(
                        "drawbridge_monitored_crossings marked.example inbound delivered", 2.0,
                        "drawbridge_monitored_crossings marked.example outbound failed", 1.0));
    }

    private static Crossing crossing(Direction direction, String sender, String recipient, Crossing.Outcome outcome) {
        return new Crossing(
                "1",
                Instant.EPOCH,
                Duration.ZERO,
                direction,
                "sip",
                "MESSAGE",
                Address.of(sender),
                Address.of(recipient),
                "peer",
                "home",
                "",
                outcome,
                Reason.ALLOWED,
                "200",
                List.of());
    }
}
