// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.safeguards;

import static io.drawbridge.core.internal.Configured.contosoWith;
import static io.drawbridge.core.internal.Peers.dns;
import static io.drawbridge.core.internal.Peers.inbound;
import static io.drawbridge.core.internal.Peers.srv;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.policy.Envelope;
import io.drawbridge.core.internal.Configured;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The periodic report on discovered partners. */
final class WatchReportTest {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final List<String> lines = new ArrayList<>();
    private final DiscoverySafeguards safeguards =
            new DiscoverySafeguards(() -> now, (certificate, ruling, comment) -> {});
    private final WatchReport report = new WatchReport(() -> now, safeguards, lines::add);

    @Test
    void itComesOnceAPeriodAndNamesTheWorstTen() {
        meet(12);
        report.writeIfDue();
        assertThat(lines).as("the period is not over").isEmpty();
        now = now.plus(Duration.ofMinutes(60));
        report.writeIfDue();
        report.writeIfDue();
        assertThat(lines).hasSize(11);
        assertThat(lines.get(0))
                .isEqualTo(
                        "12 discovered partners; refused since start: 0 for their rate, 0 for their contacts, 0 blocked");
        assertThat(lines.get(1)).contains("STANDARD, 1 contacts").contains("fabrikam.example");
    }

    @Test
    void itsPeriodFollowsTheConfiguration() {
        meet(1);
        Configured edge = contosoWith("discoveredPartnerReportPeriodMinutes", "5");
        safeguards.replace(edge.inForce().limits(), edge.inForce().rulings());
        now = now.plus(Duration.ofMinutes(5));
        report.writeIfDue();
        assertThat(lines).hasSize(2);
    }

    @Test
    void withNobodyToReportItIsSilent() {
        now = now.plus(Duration.ofDays(1));
        report.writeIfDue();
        assertThat(lines).isEmpty();
    }

    private void meet(int peers) {
        Configured edge = contosoWith("enablePartnerDiscovery", "true");
        for (int i = 0; i < peers; i++) {
            String host = "sip" + i + ".fabrikam.example";
            Envelope request = inbound("a@fabrikam.example", "bob@contoso.example", dns(host))
                    .with(srv(host));
            assertThat(safeguards
                            .admit(request, edge.snapshot().decide(request))
                            .allowed())
                    .isTrue();
        }
    }
}
